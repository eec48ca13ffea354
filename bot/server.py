"""The one server: Rasa's agent, the conversation API, the pages and the mail, in one process."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any, Final

from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from rasa.core.lock_store import InMemoryLockStore
from sanic import Sanic

from bot.action_endpoints import InProcessActions, RemoteActions
from bot.channels.chat import ChatInput
from bot.channels.event_rows import EVENTS
from bot.channels.pages import pages
from bot.channels.protocol import Protocol
from bot.channels.store import ConversationStore
from bot.mail.worker import Worker
from bot.retention import purge_daily
from bot.texts.generator import TextGenerator

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from bot.mail.route import Route
    from bot.settings import Settings

# Larger bodies are refused before they are read: a message has 1,000 characters at most.
_MAXIMUM_BODY: Final = 16 * 1024
_REQUEST_SECONDS: Final = 15  # for all of a request to come in
_IDLE_SECONDS: Final = 75  # that a browser may keep its line open
_UNTIL_IT_RUNS: Final = 0.05  # seconds
_STOP_SECONDS: Final = 8.0  # for the turns that run when the server is stopped


def load_agent(
    settings: Settings,
    model: Path,
    today: Callable[[], date] | None = None,
    texts: TextGenerator | None = None,
) -> Agent:
    """Rasa's agent over the given model file, with our store, actions and texts."""
    agent = Agent(
        generator=texts or TextGenerator(settings=settings, today=today),
        lock_store=InMemoryLockStore(),
        action_endpoint=(
            RemoteActions(settings.action_server_url)
            if settings.action_server_url
            else InProcessActions()
        ),
    )
    # Given to the constructor it would be wrapped in a store that forgets when this one fails.
    agent.tracker_store = ConversationStore(settings=settings)
    agent.load_model(str(model))
    return agent


def create_app(settings: Settings, agent: Agent, route: Route | None = None) -> Sanic:
    """The web application; it listens when it is run. With a route, it sends mails as well."""
    app = Sanic("cyber4sme", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = _MAXIMUM_BODY
    app.config.REQUEST_TIMEOUT = _REQUEST_SECONDS
    app.config.KEEP_ALIVE_TIMEOUT = _IDLE_SECONDS
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = _STOP_SECONDS
    app.config.ACCESS_LOG = False
    app.ctx.agent = agent
    register([ChatInput(settings, agent.tracker_store.engine)], app, route="/")
    app.blueprint(pages())
    _work_beside(app, settings, agent, route)
    return app


def _work_beside(app: Sanic, settings: Settings, agent: Agent, route: Route | None) -> None:
    """Run the mail worker and the daily purge for as long as the server runs."""
    engine = agent.tracker_store.engine
    stopping: list[Callable[[], Any]] = []
    tasks: list[asyncio.Task[None]] = []

    @app.after_server_start
    async def start(app: Sanic, loop: Any) -> None:  # noqa: ARG001 - Sanic's signature
        purging = asyncio.create_task(purge_daily(engine, EVENTS, settings.retention_days))
        stopping.append(purging.cancel)
        tasks.append(purging)
        if route and route.server:
            stop = asyncio.Event()
            stopping.append(stop.set)
            tasks.append(asyncio.create_task(Worker(engine, route).run(stop)))

    @app.before_server_stop
    async def finish(app: Sanic, loop: Any) -> None:  # noqa: ARG001
        for end in stopping:
            end()
        await asyncio.gather(*tasks, return_exceptions=True)


def run(app: Sanic, listening: socket.socket, on_ready: Callable[[], Any]) -> None:
    """Serve until Ctrl-C or SIGTERM; `on_ready` is called when the first request can come."""

    @app.after_server_start
    async def ready(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, _stop, app, loop)
        on_ready()

    app.run(
        sock=listening,
        protocol=Protocol,
        workers=1,
        register_sys_signals=False,
        access_log=False,
        debug=False,
        motd=False,
    )


def _stop(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
    """Stop now, or in a moment when the server is only beginning to run.

    Between its start and its running, Sanic would let the loop go on: the stop would be lost.
    """
    loop.call_later(_UNTIL_IT_RUNS, app.stop)
