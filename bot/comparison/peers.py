"""Who is compared, and how each is set up, trained and asked."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.comparison.stock_project import EPOCHS
from bot.settings import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

HERE: Final = PROJECT / "bot" / "comparison"
OURS: Final = "ours"
_RASA: Final = "bot.comparison.rasa_peer"


@dataclass(frozen=True)
class Peer:
    """One engine; `{folder}` and the like in its commands are filled in by `measuring.py`."""

    key: str
    name: str
    declines: str  # or asks back: how, in words for the reader
    train: tuple[str, ...]
    answer: tuple[str, ...]
    set_up: tuple[str, ...] = ()


def peers(epochs: int = EPOCHS) -> tuple[Peer, ...]:
    """Ours first, then the others; `epochs` are those of stock Rasa's networks."""
    stock = str(PROJECT / ".venv-stock-rasa" / "bin" / "python")
    served = ("env", "OPENBLAS_NUM_THREADS=1", sys.executable)  # as bot/__main__.py starts it
    node = _node()
    script = str(HERE / "nlp_js" / "peer.js")
    return (
        Peer(
            OURS,
            "this assistant",
            "asks back or declines by thresholds chosen on its examples",
            (sys.executable, "-m", "bot.comparison.own_training", "{folder}"),
            (*served, "-m", _RASA, "answer-ours", "{folder}", "{messages}", "{answers}"),
        ),
        Peer(
            "stock_rasa",
            f"Rasa 3.6 as `rasa init` sets it up, {epochs} epochs",
            "declines by FallbackClassifier (0.3, or two within 0.1) and by the label out_of_scope",
            (stock, "-m", _RASA, "train", str(epochs), "{examples}", "{folder}"),
            (stock, "-m", _RASA, "answer", "{folder}", "{messages}", "{answers}"),
            (str(HERE / "stock_rasa" / "environment.sh"),),
        ),
        Peer(
            "nlp_js",
            "NLP.js 4.27 (told the language)",
            "declines by its threshold of 0.5, and the label out_of_scope",
            (node, script, "train", "{examples}", "{folder}"),
            (node, script, "answer", "{folder}", "{messages}", "{answers}"),
            (str(HERE / "nlp_js" / "environment.sh"),),
        ),
        Peer(
            "characters",
            "character n-grams, logistic regression",
            "declines by the label out_of_scope only",
            (sys.executable, "-m", "bot.comparison.characters", "train", "{examples}", "{folder}"),
            (
                sys.executable,
                "-m",
                "bot.comparison.characters",
                "answer",
                "{folder}",
                "{messages}",
                "{answers}",
            ),
        ),
    )


def surroundings() -> dict[str, str]:
    """The environment the peers run in: nothing is reported to anybody, TensorFlow is quiet."""
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(PROJECT),
    }
    return {**os.environ, **quiet}


def _node() -> str:
    """The machine's Node.js, or the one that building the widget has fetched."""
    fetched = PROJECT / ".venv-node" / "bin" / "node"
    return str(fetched) if fetched.exists() else shutil.which("node") or "node"


def checksum_files(peer: Peer) -> list[Path]:
    """The files that decide, besides the examples, what the peer learns."""
    patterns = {
        OURS: [],
        "stock_rasa": ["stock_rasa/requirements.lock", "stock_project.py"],
        "nlp_js": ["nlp_js/package-lock.json", "nlp_js/peer.js"],
        "characters": ["characters.py"],
    }
    return [path for pattern in patterns[peer.key] for path in sorted(HERE.glob(pattern))]
