"""How long the first training takes, and one after a changed line: in a copy of the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.comparison.own_training import copy_project

if TYPE_CHECKING:
    from bot.bench.figures import Figures

_CHANGED: Final = Path("data", "nlu", "nl")
_EXAMPLES: Final = "  examples: |\n"
_LINE: Final = "    - goeiemorgen op deze regel die er gisteren nog niet stond\n"


def training() -> Figures:
    """Train from nothing, add an example, and train again."""
    folder = Path(tempfile.mkdtemp(prefix="cyber4sme-training-"))
    try:
        copy_project(folder)
        first = _seconds(folder)
        _add_an_example(folder / _CHANGED)
        return {"first_training_seconds": first, "retraining_seconds": _seconds(folder)}
    finally:
        shutil.rmtree(folder)


def _add_an_example(folder: Path) -> None:
    path = min(folder.glob("*.yml"))
    path.write_text(path.read_text("utf-8").replace(_EXAMPLES, _EXAMPLES + _LINE, 1), "utf-8")


def _seconds(folder: Path) -> float:
    started = time.monotonic()
    # In the copy its own modules come first, so that its caches are used.
    subprocess.run(
        [sys.executable, "-m", "bot.training"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return round(time.monotonic() - started, 1)
