"""Deleting so that nothing is left on the disk: what a visitor deletes is gone."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from bot.database import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine

# Somebody reading at this moment makes the emptying wait for the next time, not the server.
_PATIENCE_MILLISECONDS: Final = 200


@contextmanager
def erasing(engine: Engine) -> Iterator[Connection]:
    """One transaction that deletes; when it has, the old contents are overwritten.

    SQLite would keep them in its file and in the journal beside it. A PostgreSQL server reuses
    the place by itself.
    """
    with writing(engine) as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        yield connection
    if engine.dialect.name == "sqlite":
        _empty_journal(engine)


def _empty_journal(engine: Engine) -> None:
    raw = engine.raw_connection()
    try:
        (usual,) = raw.execute("PRAGMA busy_timeout").fetchone()
        raw.execute(f"PRAGMA busy_timeout = {_PATIENCE_MILLISECONDS}")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute(f"PRAGMA busy_timeout = {usual}")
    finally:
        raw.close()
