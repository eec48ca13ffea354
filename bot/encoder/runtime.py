"""Step 3 of understanding, the engine: a message's vector from the committed encoder.

Runs the ONNX file on one core without torch. Vectors are the same on every machine of one
processor family, alone or in a batch, because messages go through the network one at a time.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from bot.encoder.artifact import (
    ARTIFACT,
    MODEL,
    REMEDY,
    TOKENIZER,
    ArtifactError,
    verified,
)
from bot.encoder.one_core import session_of
from bot.encoder.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DIMENSIONS = 384
MOST_PIECES = 128  # some 90 words; what comes after is not read
MOST_CHARACTERS = 4_000  # more than 128 pieces ever hold: spares cutting up a pasted book


class MessageEncoder:
    """Turns messages into vectors; safe to use from several threads at once."""

    def __init__(self, directory: Path = ARTIFACT) -> None:
        """Check the files against their checksums and load them (some 0.2 s).

        Raises:
            ArtifactError: a file is missing, damaged, or not readable by this onnxruntime.
        """
        digests = verified(directory)
        self.fingerprint = digests[MODEL][:16] + digests[TOKENIZER][:16]
        try:
            self._session = session_of(directory / MODEL)
            self._known = Pieces(directory / TOKENIZER)
        except Exception as error:  # onnxruntime raises bare Exceptions of its own
            import onnxruntime

            raise ArtifactError(
                f"{directory} is intact, but onnxruntime {onnxruntime.__version__} or this program "
                f"cannot read it ({error}): install requirements.lock. {REMEDY}"
            ) from error

    def encode(self, text: str) -> np.ndarray:
        """The text's vector: shape (384,), float32, length 1; an empty text has one too."""
        return self.vector(self.pieces(text))

    def vector(self, pieces: Sequence[int]) -> np.ndarray:
        """The vector of a text that is cut into pieces; leaves the interpreter to other threads."""
        numbers = np.array([pieces], dtype=np.int64)
        vector: np.ndarray = self._session.run(None, {"pieces": numbers})[0][0]
        return vector

    def encode_batch(self, texts: Sequence[str], workers: int = 2) -> np.ndarray:
        """One row a text, shape (len(texts), 384): exactly what `encode` gives for each."""
        if not texts:
            return np.empty((0, DIMENSIONS), dtype=np.float32)
        with ThreadPoolExecutor(workers) as pool:
            return np.stack(list(pool.map(self.encode, texts)))

    def reads(self, text: str) -> bool:
        """Whether all of the text's pieces are among those that were kept."""
        return self._known.unknown not in self.pieces(text)

    def pieces(self, text: str) -> list[int]:
        """The numbers of the pieces that the network reads."""
        # Half an emoji (a lone surrogate) can reach us in JSON and has no UTF-8 form.
        readable = text.strip()[:MOST_CHARACTERS].encode("utf-8", "replace").decode()
        return self._known.numbers(readable, MOST_PIECES)


@lru_cache(maxsize=1)
def committed_encoder() -> MessageEncoder:
    """The encoder of the repository, loaded at the first call and then kept."""
    return MessageEncoder(ARTIFACT)
