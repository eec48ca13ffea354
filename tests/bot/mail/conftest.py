"""What the tests of the mail share: a database of each kind, with a route to a test server."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.database import engine_for
from tests.bot.mail.smtp_server import SmtpTestServer
from tests.services import database, empty_database, postgresql  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Engine


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:  # noqa: F811 - the fixture
    """A database with the tables in it: SQLite and PostgreSQL in their turn."""
    engine = engine_for(database)
    yield engine
    engine.dispose()


@pytest.fixture
def smtp() -> Iterator[SmtpTestServer]:
    """An SMTP server on this machine that accepts everything until it is told otherwise."""
    with SmtpTestServer() as server:
        yield server


@pytest.fixture(autouse=True)
def _pythons_own_event_loop() -> Iterator[None]:
    """Importing the web server sets another one for the whole process; the worker has Python's."""
    before = asyncio.get_event_loop_policy()
    asyncio.set_event_loop_policy(asyncio.DefaultEventLoopPolicy())
    yield
    asyncio.set_event_loop_policy(before)
