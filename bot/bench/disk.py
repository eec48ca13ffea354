"""What the runtime's packages take on the disk, whatever else is installed beside them."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

from bot.settings import PROJECT

LOCK: Final = PROJECT / "requirements.lock"


def environment_megabytes(lock: Path = LOCK) -> int:
    """The size of every package of the lock file, with what Python compiled of it."""
    places: set[Path] = set()
    for name in re.findall(r"^([\w.-]+)==", lock.read_text("utf-8"), re.MULTILINE):
        try:
            files = distribution(name).files or []
        except PackageNotFoundError:  # of another platform
            continue
        places |= {_place(Path(file.locate())) for file in files if ".." not in file.parts}
    return round(sum(map(_bytes, places)) / 1e6)


def _place(path: Path) -> Path:
    """The folder or file right below site-packages."""
    while path.parent.name != "site-packages":
        path = path.parent
    return path


def _bytes(path: Path) -> int:
    if path.is_dir():
        return sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
    return path.stat().st_size if path.exists() else 0
