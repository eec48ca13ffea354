"""A database of each kind, with the tables in it, for the tests of what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.database import engine_for
from tests.services import database, empty_database, postgresql  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Engine


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:  # noqa: F811 - the fixture above
    """An engine of the database."""
    made = engine_for(database)
    yield made
    made.dispose()
