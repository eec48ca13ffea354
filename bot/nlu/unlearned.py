"""Which examples the sentence encoder has never seen: only they can vouch for the classifier.

An encoder that was trained on an example puts it where it belongs, far better than it will put a
visitor's message; probabilities and thresholds judged on such examples would be much too sure.
"""

from pathlib import Path
from typing import Sequence

import numpy as np

from bot.encoder.artifact import ARTIFACT, origin_of
from bot.encoder.freshness import LEARNED, mark


def unlearned(
    texts: Sequence[str], labels: Sequence[str], directory: Path = ARTIFACT
) -> np.ndarray:
    """Mark each example (True) that the encoder of this folder was not trained on."""
    known = directory / LEARNED
    if not origin_of(directory).settings.get("epochs") or not known.exists():
        return np.ones(len(texts), dtype=bool)  # the encoder as its makers published it
    marks = set(known.read_text("utf-8").split())
    pairs = zip(texts, labels, strict=True)
    return np.array([mark(label, text) not in marks for text, label in pairs], dtype=bool)
