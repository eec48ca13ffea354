"""The one database: how to connect to it, and bringing it up to date at start-up."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import URL, Connection, Engine

MIGRATIONS: Final = Path(__file__).with_name("migrations")

_BUSY_MILLISECONDS: Final = 15_000  # how long a writer waits for another one, on SQLite
_CONNECT_SECONDS: Final = 10
# Any number that nothing else uses for an advisory lock of the same PostgreSQL database.
_UPGRADE_LOCK: Final = 0x43345355
_WRITES: Final = "sqlite_writes"
_DURABLE: Final = "sqlite_durable"


class DatabaseError(RuntimeError):
    """A database that cannot be used; says which one, why, and what to do."""


def engine_for(address: str) -> Engine:
    """Return an engine for an SQLite file or a PostgreSQL database; connects to nothing yet.

    Its errors do not show the values of a statement: they are visitors' words, and errors are
    logged.

    Raises:
        DatabaseError: the address is no database address, or of a kind that is not supported.
    """
    url = _checked(address)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            future=True,
            hide_parameters=True,
            # Kept open: whenever the last connection closes, SQLite empties its log into the file,
            # and that costs several times a transaction. The pool lends to one thread at a time.
            poolclass=QueuePool,
            connect_args={"check_same_thread": False},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        future=True,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"connect_timeout": _CONNECT_SECONDS},
    )


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that is going to write; commits at the end, rolls back on an exception.

    On SQLite it takes the write lock at its start: a transaction that reads first and writes
    later would fail when another one wrote in between. What it wrote is on the disk.
    """
    with engine.connect() as connection:
        connection.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


def begin_writing(known: dict[Any, Any], execute: Callable[[str], Any], *, durable: bool) -> None:
    """Begin a transaction of SQLite that is going to write; `known` is the connection's own."""
    kept = "FULL" if durable else "NORMAL"
    if known.get(_DURABLE) != kept:
        execute(f"PRAGMA synchronous = {kept}")
        known[_DURABLE] = kept
    execute("BEGIN IMMEDIATE")


def upgrade(engine: Engine) -> None:
    """Bring the tables up to date; safe when several processes start at the same moment.

    Raises:
        DatabaseError: it cannot be reached, or was made by a newer version of this program.
    """
    try:
        if engine.dialect.name == "sqlite":
            _upgrade_sqlite(engine)
        else:
            _upgrade_postgresql(engine)
    except (DBAPIError, sqlite3.Error, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        message = (
            f"The database {engine.url!r} cannot be used: {str(cause).strip()}. "
            "Start it, or correct CYBER4SME_DATABASE_URL or CYBER4SME_DATA_DIRECTORY."
        )
        raise DatabaseError(message) from error


def _checked(address: str) -> URL:
    try:  # some hosts still hand out the scheme that SQLAlchemy dropped
        url = make_url(address.replace("postgres://", "postgresql://", 1))
        backend = url.get_backend_name()
    except ArgumentError as error:
        message = (
            "CYBER4SME_DATABASE_URL is not a database address. Use sqlite:////path/to/file.db "
            "or postgresql://user:password@host/name."
        )
        raise DatabaseError(message) from error
    if backend not in ("sqlite", "postgresql"):
        message = f"CYBER4SME_DATABASE_URL names {backend!r}. Use sqlite or postgresql."
        raise DatabaseError(message)
    if backend == "sqlite" and url.database in (None, "", ":memory:"):
        message = (
            "CYBER4SME_DATABASE_URL names an SQLite database in memory, which the threads of "
            "this program cannot share. Name a file: sqlite:////path/to/file.db."
        )
        raise DatabaseError(message)
    return url


def _prepare_sqlite(connection: Any, record: Any) -> None:
    del record
    # The driver would begin transactions by itself, too late; _begin_sqlite does it instead.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES):
        begin_writing(connection.info, connection.exec_driver_sql, durable=True)
    else:
        connection.exec_driver_sql("BEGIN DEFERRED")


def _upgrade_sqlite(engine: Engine) -> None:
    path = Path(engine.url.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Addresses and questions of visitors are in it: for this user's eyes only.
    # Only a file that is not there is opened: closing one would drop this process's locks on it.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with path.with_name(path.name + ".lock").open("w") as lock:
        # SQLite's own waiting does not cover the change to write-ahead logging.
        fcntl.flock(lock, fcntl.LOCK_EX)
        raw = engine.raw_connection()
        try:
            raw.execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()
        with writing(engine) as connection:
            _migrate(connection)


def _upgrade_postgresql(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        _migrate(connection)


def _migrate(connection: Connection) -> None:
    # Imported here: a third of a second that a process without this step does without.
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        message = (
            f"The database {connection.engine.url!r} was made by another version of this program: "
            f"{error}. Start that version, or point CYBER4SME_DATABASE_URL to another database."
        )
        raise DatabaseError(message) from error
