"""Work in another process leaves its files, and its faults are told here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bot.engine.beside import beside

if TYPE_CHECKING:
    from pathlib import Path


def test_files_of_the_work_are_there_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "found"

    with beside(lambda: path.write_text(str(os.getpid()), "utf-8")):
        pass

    assert path.read_text("utf-8") != str(os.getpid())


def test_fault_of_the_work_is_raised() -> None:
    def work() -> None:
        raise ValueError("no words for this language")

    with pytest.raises(ValueError, match="no words for this language"), beside(work):
        pass


def test_death_of_the_work_is_told() -> None:
    with pytest.raises(ChildProcessError, match="without a word"), beside(lambda: os._exit(9)):
        pass


def test_own_fault_comes_first_and_ends_the_work() -> None:
    def work() -> None:
        raise ValueError("theirs")

    with pytest.raises(KeyError, match="ours"), beside(work):
        raise KeyError("ours")
