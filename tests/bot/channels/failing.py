"""A database to which no event can be added."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text

from bot.database import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Engine

_SQLITE = (
    (
        "CREATE TRIGGER fails AFTER INSERT ON events "
        "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    ),
)
_POSTGRESQL = (
    (
        "CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'database or disk is full'; END $$"
    ),
    "CREATE TRIGGER fails AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION fail()",
)


@contextmanager
def failing_inserts(engine: Engine) -> Iterator[None]:
    """Let every insert of an event fail after it was made, as a disk does that is full."""
    sqlite = engine.dialect.name == "sqlite"
    with writing(engine) as connection:
        for statement in _SQLITE if sqlite else _POSTGRESQL:
            connection.execute(text(statement))
    try:
        yield
    finally:
        with writing(engine) as connection:
            connection.execute(text("DROP TRIGGER fails" + ("" if sqlite else " ON events")))
