"""Trains our assistant as on a new machine: in a copy of the project, with nothing kept before.

`python -m bot.comparison.own_training FOLDER`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from bot.comparison.rasa_peer import MODEL
from bot.settings import PROJECT

COPIED: Final = ("config.yml", "domain.yml", "requirements.lock", "data", "bot", "actions")
_LEFT_OUT: Final = shutil.ignore_patterns("node_modules", "__pycache__", "widget", "comparison")


def main(arguments: list[str]) -> int:
    """Copy, train there, and keep the model in the folder."""
    folder = Path(arguments[0]).resolve()
    copy = folder / "project"
    shutil.rmtree(copy, ignore_errors=True)
    copy_project(copy)
    # In the copy its own modules come first, so that its caches are used, which are empty.
    done = subprocess.run(
        [sys.executable, "-m", "bot.training"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        check=False,
    )
    if done.returncode == 0:
        (copy / "models" / "current.tar.gz").replace(folder / f"{MODEL}.tar.gz")
    shutil.rmtree(copy)
    return done.returncode


def copy_project(folder: Path) -> None:
    """Copy what a training reads, and nothing that was made of it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        path = PROJECT / name
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=_LEFT_OUT)
        else:
            shutil.copy2(path, folder / name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
