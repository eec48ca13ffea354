"""What tests of several folders share: the agent, the application in this process, the server.

`agent` and `app` are loaded once; `server` is a process of its own, for what only that can show.
"""

from __future__ import annotations

import os
import warnings
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from bot.settings import PREFIX, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rasa.core.agent import Agent

    from bot.trial.client import Client
    from bot.trial.server import TrialServer
    from tests.served import Served

# A day after the 2022 calls were closed.
DAY: Final = date(2023, 6, 1)
# What an agent and an application can take in one test run, on a machine that does more.
_GENEROUS: Final[dict[str, Any]] = {
    "turn_seconds": 30.0,
    "messages_per_minute": 1_000_000,
    "sessions_per_hour": 1_000_000,
    "open_sessions_per_address": 1_000_000,
}


class Clock:
    """The calendar of the agent: a day that a test may set; every test begins on DAY."""

    def __init__(self) -> None:
        self.today = DAY

    def __call__(self) -> date:
        """The day it is."""
        return self.today


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Generous settings with a data folder of this test run, which the actions see as well."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(f"{PREFIX}DATA_DIRECTORY", str(folder))
        environment.setenv(f"{PREFIX}TODAY", DAY.isoformat())
        models = Settings.from_environment().model_directory
        yield Settings(data_directory=folder, model_directory=models, **_GENEROUS)


@pytest.fixture(scope="session")
def _calendar() -> Clock:
    return Clock()


@pytest.fixture
def clock(_calendar: Clock) -> Iterator[Clock]:
    """The calendar that the agent looks at."""
    yield _calendar
    _calendar.today = DAY


@pytest.fixture(scope="session")
def agent(settings: Settings, _calendar: Clock) -> Agent:
    """The trained model with the real actions in this process; it lives in the day of `clock`."""
    from bot.logs import configure_logs
    from bot.server import load_agent
    from bot.training import ensure_model

    configure_logs(settings.log_format)
    model = ensure_model(settings.model_directory, progress=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa warns about its own older versions
        return load_agent(settings, model, _calendar)


@pytest.fixture(scope="session")
def serve(agent: Agent, settings: Settings) -> Iterator[Callable[..., Served]]:
    """Serve the agent over HTTP with settings that differ from the generous ones."""
    from tests.served import Served

    running: list[Served] = []

    def start(**different: Any) -> Served:
        running.append(Served(replace(settings, **different), agent))
        return running[-1]

    yield start
    for one in running:
        one.stop()


@pytest.fixture(scope="session")
def app(serve: Callable[..., Served]) -> Served:
    """The application over the agent, on a port of this process."""
    return serve()


@pytest.fixture
def api(app: Served) -> Iterator[Client]:
    """A client of `app`."""
    from bot.trial.client import Client

    client = Client(app.url)
    yield client
    client.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrialServer]:
    """The real server, as `make run` starts it; what it printed is in the failure to start."""
    from bot.trial.server import TrialServer

    with TrialServer(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser; a test that needs one is never skipped in silence."""
    given = os.environ.get("CHROMIUM", "")
    if not Path(given).is_file():
        pytest.fail(
            f"CHROMIUM is {given!r}, not a browser: run the tests by make, which finds one, "
            "or set it to the path of Chromium."
        )
    return Path(given)
