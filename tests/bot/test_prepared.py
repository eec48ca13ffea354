"""bot/prepared.py on both kinds of database, each really running."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import DBAPIError

from bot.database import engine_for, upgrade, writing
from bot.prepared import Prepared, cursor_of
from bot.tables import chat_session
from tests.services import database  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Engine

BRUSSELS = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 22, 14, 5, 7, 123456, tzinfo=BRUSSELS)
ADD = insert(chat_session).values(
    token_hash=bindparam("hash"),
    conversation_id=bindparam("conversation"),
    language="nl",
    page=None,
    cookie=False,
    address_hash="",
    created_at=bindparam("moment"),
    expires_at=bindparam("moment"),
    last_seen_at=bindparam("moment"),
)
FIND = select(chat_session.c.conversation_id, chat_session.c.page, chat_session.c.expires_at).where(
    chat_session.c.token_hash == bindparam("hash")
)
VISIT = {"hash": "secret", "conversation": "c1", "moment": NOW}


@pytest.fixture
def engine(database: str) -> Engine:  # noqa: F811 - the fixture
    return engine_for(database)


def found(engine: Engine, token_hash: str) -> list[tuple[object, ...]]:
    with cursor_of(engine) as cursor:
        return Prepared(FIND, engine.dialect).rows(cursor, hash=token_hash)


def test_what_was_written_is_found_with_its_moment_in_utc(engine: Engine) -> None:
    with cursor_of(engine, writing=True) as cursor:
        Prepared(ADD, engine.dialect).run(cursor, **VISIT)

    ((conversation, page, moment),) = found(engine, "secret")

    assert (conversation, page, moment) == ("c1", None, NOW)
    assert isinstance(moment, datetime)
    assert moment.tzinfo is timezone.utc
    assert found(engine, "another") == []


def test_both_ways_to_the_database_read_what_the_other_wrote(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(ADD, VISIT)
    assert [row[2] for row in found(engine, "secret")] == [NOW]

    with cursor_of(engine, writing=True) as cursor:
        Prepared(ADD, engine.dialect).run(cursor, **{**VISIT, "hash": "b", "conversation": "c2"})
    with engine.connect() as connection:
        assert connection.execute(FIND, {"hash": "b"}).one() == ("c2", None, NOW)


def test_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with (
        pytest.raises(ValueError, match="has no time zone"),
        cursor_of(engine, writing=True) as cursor,
    ):
        Prepared(ADD, engine.dialect).run(cursor, **{**VISIT, "moment": datetime(2026, 1, 1)})  # noqa: DTZ001 - what is refused


def test_transaction_that_fails_leaves_nothing_and_shows_no_values(engine: Engine) -> None:
    add = Prepared(ADD, engine.dialect)

    with pytest.raises(DBAPIError) as failed, cursor_of(engine, writing=True) as cursor:  # noqa: PT012 - in it
        add.run(cursor, **VISIT)
        add.run(cursor, **VISIT)

    assert "[parameters" not in str(failed.value)
    assert found(engine, "secret") == []


def test_transaction_that_is_left_by_an_exception_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(KeyError), cursor_of(engine, writing=True) as cursor:  # noqa: PT012 - in it
        Prepared(ADD, engine.dialect).run(cursor, **VISIT)
        raise KeyError

    assert found(engine, "secret") == []


def test_database_that_cannot_be_reached_is_told_as_ever() -> None:
    away = engine_for("postgresql://nobody@127.0.0.1:1/nothing")

    with pytest.raises(DBAPIError, match="127.0.0.1"), cursor_of(away):
        pass


def test_only_what_must_be_durable_on_sqlite_waits_for_the_disk(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'x.db'}")
    upgrade(engine)
    found = []

    for _ in range(2):
        with cursor_of(engine, writing=True) as cursor:
            found.append(cursor.execute("PRAGMA synchronous").fetchone()[0])
        with writing(engine) as connection:
            found.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())

    full, normal = 2, 1  # SQLite's numbers
    assert found == [normal, full, normal, full]
