"""Reads the files of data/lexicon/, each once for all languages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.data_files import read

if TYPE_CHECKING:
    from pathlib import Path

    from bot.data_files import Section


@lru_cache(maxsize=64)
def word_list(folder: Path, name: str) -> Section:
    """Return a file of word lists by its name; a flaw is a DataError that names the place."""
    return read(folder / f"{name}.yml")
