"""The servers that the tests talk to: a PostgreSQL cluster of their own, and databases in it.

With DATABASE_URL set to a server where databases may be made, that one is used instead.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from bot.database import engine_for, upgrade
from bot.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import URL

_BINARIES: Final = Path("/usr/lib/postgresql")
# Nobody's data is at stake: what a crash of the machine would lose may be lost. So SQLite files
# lie in memory, where there is such a place, and PostgreSQL does not wait for the disk.
_MEMORY: Final = Path("/dev/shm")
_OPTIONS: Final = (
    *("-c", "listen_addresses=", "-c", "shared_buffers=16MB", "-c", "max_connections=40"),
    *("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
)
_INITDB_OPTIONS: Final = ("-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
# Ends the server and removes its folder as soon as the tests end, in whatever way they end: with
# them ends the standard input.
_GUARD: Final = """
    folder="$0"
    "$@" > "$folder/log" 2>&1 &
    cat > /dev/null
    kill -QUIT $!
    wait
    rm -rf "$folder"
"""
_START_SECONDS: Final = 60
# The databases with tables that nobody uses at the moment.
_spare: Final[list[str]] = []


@lru_cache(maxsize=1)
def postgresql_server() -> str:
    """Return the address of a PostgreSQL server; the first call starts one if none is given.

    It lives until the tests end. A machine without PostgreSQL fails: these tests are never
    skipped in silence.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given:
        return given.replace("postgres://", "postgresql://", 1)
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="c4s-pg-"))
    account = _unprivileged_account()
    if account:
        shutil.chown(folder, account.pw_uid, account.pw_gid)
    initdb = [str(binaries / "initdb"), *_INITDB_OPTIONS, "-D", str(folder / "data")]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd="/", **_as(account))
    server = [str(binaries / "postgres"), *_OPTIONS, "-D", str(folder / "data"), "-k", str(folder)]
    guard = subprocess.Popen(
        ["/bin/sh", "-c", _GUARD, str(folder), *server],
        stdin=subprocess.PIPE,
        cwd="/",
        start_new_session=True,
        **_as(account),
    )
    atexit.register(guard.communicate)
    address = f"postgresql://tests@/postgres?host={folder}"
    _wait_for(address, guard, folder / "log")
    return address


@contextmanager
def postgresql_database(*, empty: bool = False) -> Iterator[str]:
    """Lend the address of a database, with the tables in it and no rows, or really empty.

    One with tables is lent again later: whoever changes the tables themselves asks for an empty
    one.
    """
    if empty:
        name = _create()
        try:
            yield _address(name)
        finally:
            _drop(name)
        return
    name = _spare.pop() if _spare else _create_with_tables()
    try:
        yield _address(name)
    finally:
        _clear(name)
        _spare.append(name)


@contextmanager
def sqlite_database(*, empty: bool = False) -> Iterator[str]:
    """Lend the address of a new SQLite file, with the tables in it or not even made."""
    with tempfile.TemporaryDirectory(
        prefix="c4s-", dir=_MEMORY if _MEMORY.exists() else None
    ) as at:
        address = f"sqlite:///{at}/new/assistant.db"
        if not empty:
            engine = engine_for(address)
            upgrade(engine)
            engine.dispose()
        yield address


@pytest.fixture(scope="session")
def postgresql() -> str:
    """The PostgreSQL server of this test run."""
    return postgresql_server()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a new database with the tables in it: each kind in its turn."""
    lend = sqlite_database if request.param == "sqlite" else postgresql_database
    with lend() as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def empty_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a new database without anything in it: each kind in its turn."""
    lend = sqlite_database if request.param == "sqlite" else postgresql_database
    with lend(empty=True) as address:
        yield address


def _binaries() -> Path:
    versions = sorted(_BINARIES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not versions:
        message = (
            f"There is no PostgreSQL in {_BINARIES}, and DATABASE_URL is not set. "
            "Install it (apt-get install postgresql) or set DATABASE_URL to a server."
        )
        raise RuntimeError(message)
    return versions[-1].parent


def _unprivileged_account() -> pwd.struct_passwd | None:
    """Return whom to run the server as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    names = {account.pw_name: account for account in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _wait_for(address: str, guard: subprocess.Popen[str], log: Path) -> None:
    deadline = monotonic() + _START_SECONDS
    engine = create_engine(address, future=True, poolclass=NullPool)
    while True:
        try:
            engine.connect().close()
        except OperationalError as error:
            if guard.poll() is not None or monotonic() > deadline:
                written = log.read_text() if log.exists() else "It wrote no log."
                message = f"PostgreSQL did not start: {error.orig}. {written}"
                raise RuntimeError(message) from error
            sleep(0.05)
        else:
            return


def _address(name: str) -> str:
    url: URL = make_url(postgresql_server()).set(database=name)
    return str(url.render_as_string(hide_password=False))


def _create() -> str:
    name = f"c4s_{uuid4().hex}"
    _command(f'CREATE DATABASE "{name}" TEMPLATE template0')
    return name


def _create_with_tables() -> str:
    name = _create()
    atexit.register(_drop, name)
    engine = engine_for(_address(name))
    upgrade(engine)
    engine.dispose()
    return name


def _clear(name: str) -> None:
    # A worker that was killed may have left its connection behind, with what it had locked.
    _command(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    tables = ", ".join(metadata.tables)
    _command(f"TRUNCATE {tables}", _address(name))


def _drop(name: str) -> None:
    # By force: a worker that was killed may have left its connection behind.
    _command(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _command(sql: str, address: str | None = None) -> None:
    engine = create_engine(
        address or postgresql_server(),
        future=True,
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
    )
    with engine.connect() as connection:
        connection.execute(text(sql))
