"""What a second upgrade() of a running process must not break."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.database import engine_for, upgrade, writing

if TYPE_CHECKING:
    from pathlib import Path

_COUNT = (
    "import sqlite3, sys;"
    "print(sqlite3.connect(sys.argv[1]).execute('SELECT COUNT(*) FROM rows').fetchone()[0])"
)


def _count_in_another_process(path: Path) -> int:
    command = [sys.executable, "-c", _COUNT, str(path)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.services
def test_upgrade_again_lets_no_reader_take_the_log_away(tmp_path: Path) -> None:
    """Closing any descriptor of the file drops this process's locks on it; SQLite lives by them."""
    path = tmp_path / "assistant.db"
    engine = engine_for(f"sqlite:///{path}")
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE rows (one INTEGER)"))
    upgrade(engine_for(f"sqlite:///{path}"))
    before = _count_in_another_process(path)  # the last one out empties the log and removes it

    with writing(engine) as connection:
        connection.execute(text("INSERT INTO rows VALUES (1)"))

    assert (before, _count_in_another_process(path)) == (0, 1)
