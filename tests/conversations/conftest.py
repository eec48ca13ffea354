"""One agent, with its real actions and a temporary store, for every story."""

from __future__ import annotations

import pkgutil
import warnings
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

import actions
from bot import phrases, text_generator
from bot.channels.turns import Turns
from bot.database import engine_for, upgrade
from bot.logs import configure_logs
from bot.server import load_agent
from bot.settings import PREFIX, Settings
from bot.training import ensure_model
from tests.conversations.expected import Words
from tests.conversations.outbox import Outbox
from tests.conversations.player import Stage
from tests.conversations.stories import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# A loaded machine may be slow; how long a turn may take is not what these tests are about.
_TURN_SECONDS = 30.0
# Questions go to nobody: there is no mail server, and this is no mailbox.
_ENVIRONMENT = {"MAILBOX": "helpdesk@example.test", "MAILS_PER_SESSION": "2"}


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The agent, the words it must say, and the outbox it writes to."""
    with pytest.MonkeyPatch.context() as environment:
        # The actions read their settings from the environment, as on a server.
        folder = tmp_path_factory.mktemp("conversations")
        environment.setenv(f"{PREFIX}DATA_DIRECTORY", str(folder))
        for name, value in _ENVIRONMENT.items():
            environment.setenv(PREFIX + name, value)
        _forget_settings()
        yield from _stage(Settings.from_environment(), [DAY])
    _forget_settings()


def _stage(settings: Settings, clock: list[date]) -> Iterator[Stage]:
    configure_logs(settings.log_format)
    engine = engine_for(settings.database)
    upgrade(engine)
    model = ensure_model(settings.model_directory, progress=False)
    # What the actions put into words themselves lives on the same day.
    text_generator.shared_texts()._today = lambda: clock[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa warns about its own older versions
        agent = load_agent(settings, model, lambda: clock[0])
    turns = Turns(agent, _TURN_SECONDS)
    yield Stage(agent, turns, Words.load(settings), Outbox(engine), clock)
    turns.close()
    engine.dispose()


def _forget_settings() -> None:
    """Actions keep what they made of the environment once; another test may have another."""
    names = [f"actions.{one.name}" for one in pkgutil.iter_modules(actions.__path__)]
    for module in (text_generator, phrases, *map(import_module, names)):
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear"):
                value.cache_clear()
