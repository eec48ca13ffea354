"""What the tests of the API share: databases, visits, turns, and actions to replace."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import pytest

from bot.action_endpoints import RemoteActions
from bot.channels.turns import Turns
from bot.database import engine_for
from bot.trial.client import Client, Visit
from tests.services import database, empty_database, postgresql  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from rasa.core.agent import Agent
    from sqlalchemy.engine import Engine


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:  # noqa: F811 - the fixture above
    """An engine of the database."""
    made = engine_for(database)
    yield made
    made.dispose()


@pytest.fixture
def visit(api: Client) -> Visit:
    """A conversation in Dutch."""
    return Visit(api, "nl")


@pytest.fixture
async def turns(agent: Agent) -> AsyncIterator[Turns]:
    made = Turns(agent, seconds=30.0)
    yield made
    made.close()


@pytest.fixture
async def conversation(turns: Turns) -> str:
    identifier = secrets.token_hex(16)
    await turns.open(identifier, "nl", None)
    return identifier


@pytest.fixture
def acting(agent: Agent) -> Iterator[Callable[[str, Any], None]]:
    """Have a function act in the place of one of the real actions, until the end of the test."""
    actions = agent.action_endpoint.executor.actions
    real = dict(actions)
    yield lambda name, function: actions.update({name: function})
    actions.update(real)


@pytest.fixture
def remotely(agent: Agent) -> Iterator[Callable[[str], None]]:
    """Have the actions run by a server elsewhere, until the end of the test."""
    real = agent.processor.action_endpoint

    def use(address: str) -> None:
        agent.processor.action_endpoint = RemoteActions(address)

    yield use
    agent.processor.action_endpoint = real
