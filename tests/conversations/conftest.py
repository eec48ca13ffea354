"""Where stories are played: the shared agent with its real actions, and the outbox of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from actions import send_handoff
from bot.channels.turns import Turns
from bot.database import engine_for, upgrade
from bot.texts import generator
from tests.conversations.expected import Words
from tests.conversations.outbox import Outbox
from tests.conversations.player import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasa.core.agent import Agent

    from bot.settings import Settings
    from tests.conftest import Clock


@pytest.fixture(scope="session")
def words() -> Words:
    """What the assistant must say."""
    return Words.load()


@pytest.fixture(scope="session")
def outbox(settings: Settings) -> Iterator[Outbox]:
    """The mails of this test run: there is no mail server, so all of them stay."""
    engine = engine_for(settings.database)
    upgrade(engine)
    # The hand-off keeps what it once read from the environment; another test may have had another.
    send_handoff._store.cache_clear()
    yield Outbox(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def turns(agent: Agent, settings: Settings) -> Iterator[Turns]:
    """The turns of the conversation API on the shared agent."""
    running = Turns(agent, settings.turn_seconds)
    yield running
    running.close()


@pytest.fixture
def stage(  # noqa: PLR0913, PLR0917 - all that a story needs
    agent: Agent,
    turns: Turns,
    words: Words,
    outbox: Outbox,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> Stage:
    """One calendar for the agent and for what the actions put into words themselves."""
    monkeypatch.setattr(generator.shared_texts(), "_today", clock)
    return Stage(agent, turns, words, outbox, clock)
