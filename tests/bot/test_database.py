"""bot/database.py on both kinds of database, each really running."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from bot.database import DatabaseError, engine_for, upgrade, writing
from bot.settings import PROJECT
from bot.tables import chat_session, metadata, rating
from tests.services import database, empty_database  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Engine

NOW = datetime(2026, 11, 22, 13, 5, 7, 123456, tzinfo=timezone.utc)
TABLES = {"outbox", "chat_session", "rating"}


@pytest.fixture
def engine(database: str) -> Engine:  # noqa: F811 - the fixture
    return engine_for(database)


def a_session(**changes: object) -> dict[str, object]:
    return {
        "token_hash": "a" * 64,
        "conversation_id": "c1",
        "language": "nl",
        "page": None,
        "cookie": True,
        "address_hash": "b" * 64,
        "created_at": NOW,
        "expires_at": NOW + timedelta(hours=24),
        "last_seen_at": NOW,
        **changes,
    }


def test_upgrade_makes_every_table(empty_database: str) -> None:  # noqa: F811
    engine = engine_for(empty_database)

    upgrade(engine)

    assert set(inspect(engine).get_table_names()) == {*TABLES, "alembic_version"}


def test_upgrade_leaves_no_difference_with_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_upgrade_again_changes_nothing(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(chat_session), a_session())

    upgrade(engine)

    with engine.connect() as connection:
        assert connection.execute(select(chat_session.c.conversation_id)).scalars().all() == ["c1"]


@pytest.mark.services
def test_upgrade_of_four_processes_at_once(empty_database: str) -> None:  # noqa: F811
    program = (
        "import sys; from bot.database import engine_for, upgrade; "
        "sys.stdin.readline(); upgrade(engine_for(sys.argv[1]))"
    )
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", program, empty_database],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]

    ended = [process.communicate("go\n", timeout=60) for process in starting]

    assert [
        (process.returncode, error) for process, (_, error) in zip(starting, ended, strict=True)
    ] == [(0, "")] * 4
    assert set(inspect(engine_for(empty_database)).get_table_names()) >= TABLES


def test_upgrade_refuses_the_database_of_a_newer_version(empty_database: str) -> None:  # noqa: F811
    engine = engine_for(empty_database)
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseError, match=r"another version of this program: .*'9999'"):
        upgrade(engine)


def test_upgrade_refuses_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("This is not a database, but it is long enough to be taken for one.\n" * 20)

    with pytest.raises(DatabaseError, match=r"file is not a database\. Start it, or correct"):
        upgrade(engine_for(f"sqlite:///{path}"))

    assert path.read_text().startswith("This is not a database")


def test_upgrade_names_a_server_that_is_not_there_without_its_password() -> None:
    engine = engine_for("postgresql://me:secret@127.0.0.1:1/nothing")

    with pytest.raises(DatabaseError, match="Connection refused") as caught:
        upgrade(engine)

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "is not a database address"),
        ("nonsense", "is not a database address"),
        ("mysql://localhost/x", "names 'mysql'. Use sqlite or postgresql"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
    ],
)
def test_engine_for_refuses_what_it_cannot_use(address: str, words: str) -> None:
    with pytest.raises(DatabaseError, match=words):
        engine_for(address)


def test_engine_for_takes_the_old_scheme_of_postgresql() -> None:
    assert engine_for("postgres://me@host/name").dialect.name == "postgresql"


def test_sqlite_is_prepared(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "x.db"
    engine = engine_for(f"sqlite:///{path}")

    upgrade(engine)

    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "busy_timeout", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "busy_timeout": 15_000, "foreign_keys": 1}
    assert path.stat().st_mode & 0o777 == 0o600


def test_writing_on_sqlite_locks_from_the_start_and_reading_goes_on(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'x.db'}")
    upgrade(engine)
    other = sqlite3.connect(tmp_path / "x.db", timeout=0, isolation_level=None)

    with writing(engine):
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT count(*) FROM outbox").fetchone() == (0,)

    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_writing_rolls_back_on_an_exception(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine) as connection:  # noqa: PT012 - in it
        connection.execute(insert(chat_session), a_session())
        _ = 1 / 0

    with engine.connect() as connection:
        assert connection.execute(select(chat_session)).all() == []


def test_a_moment_comes_back_in_utc(engine: Engine) -> None:
    in_brussels = NOW.astimezone(timezone(timedelta(hours=1)))

    with writing(engine) as connection:
        connection.execute(insert(chat_session), a_session(created_at=in_brussels))
        read = connection.execute(select(chat_session.c.created_at)).scalar_one()

    assert read == NOW
    assert read.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="has no time zone"), writing(engine) as connection:
        connection.execute(insert(chat_session), a_session(created_at=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_moments_are_ordered_and_compared(engine: Engine) -> None:
    moments = [NOW + timedelta(microseconds=step) for step in (2, 0, 1)]
    with writing(engine) as connection:
        for number, moment in enumerate(moments):
            row = {"conversation_id": "c", "message_id": str(number), "rating": "up"}
            connection.execute(insert(rating), {**row, "created_at": moment})

    with engine.connect() as connection:
        later = select(rating.c.created_at).where(rating.c.created_at > NOW)
        read = connection.execute(later.order_by(rating.c.created_at)).scalars().all()

    assert read == [moments[2], moments[0]]


def test_errors_do_not_show_what_visitors_typed(engine: Engine) -> None:
    with pytest.raises(IntegrityError) as caught, writing(engine) as connection:
        connection.execute(insert(chat_session), a_session(page="jan@bakkerij.be", cookie=None))

    assert "jan@bakkerij.be" not in str(caught.value).partition("DETAIL")[0]


def test_one_conversation_has_one_session(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(chat_session), a_session())

    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(chat_session), a_session(token_hash="f" * 64))


def test_one_message_is_rated_once_in_a_conversation(engine: Engine) -> None:
    row = {"message_id": "m", "rating": "up", "comment": None, "created_at": NOW}
    with writing(engine) as connection:
        connection.execute(insert(rating), {"conversation_id": "a", **row})
        connection.execute(insert(rating), {"conversation_id": "b", **row})

    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(rating), {"conversation_id": "a", **row})


def test_a_rating_is_up_or_down(engine: Engine) -> None:
    row = {"conversation_id": "a", "message_id": "m", "comment": None, "created_at": NOW}
    with writing(engine) as connection:
        connection.execute(insert(rating), {**row, "rating": "up"})

    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(rating), {**row, "message_id": "n", "rating": "meh"})
