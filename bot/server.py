"""The one server: Rasa's agent, the conversation API and the pages, in one process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import SQLTrackerStore
from sanic import Request, Sanic
from sanic.response import HTTPResponse

from bot.action_endpoints import InProcessActions, RemoteActions
from bot.channels.chat import ChatInput
from bot.channels.pages import pages
from bot.text_generator import TextGenerator

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from bot.settings import Settings

# Larger bodies are refused before they are read: a message has 1,000 characters at most.
_MAXIMUM_BODY = 16 * 1024


def load_agent(
    settings: Settings, model: Path, today: Callable[[], date] | None = None
) -> Agent:
    """Rasa's agent over the given model file, with our store, actions and texts."""
    settings.data_directory.mkdir(parents=True, exist_ok=True)
    agent = Agent(
        generator=TextGenerator(settings=settings, today=today),
        tracker_store=SQLTrackerStore(host=settings.database),
        lock_store=InMemoryLockStore(),
        action_endpoint=(
            RemoteActions(settings.action_server_url)
            if settings.action_server_url
            else InProcessActions()
        ),
    )
    agent.load_model(str(model))
    return agent


def create_app(settings: Settings, agent: Agent) -> Sanic:
    """The web application; it listens when it is run."""
    app = Sanic("cyber4sme", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = _MAXIMUM_BODY
    app.config.ACCESS_LOG = False
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.agent = agent
    chat = ChatInput(settings)
    register([chat], app, route="/")
    app.blueprint(pages(chat.door))
    # What no route takes (404, 405, a body over the limit) is refused in the same shape.
    @app.exception(Exception)
    async def refuse(request: Request, error: Exception) -> HTTPResponse:
        return await chat.door.refuse(request, error)

    @app.on_response
    async def harden(request: Request, answer: HTTPResponse) -> None:  # noqa: ARG001 - Sanic's signature
        chat.door.harden(answer)

    return app


def run(settings: Settings, app: Sanic, on_ready: Callable[[], Any]) -> None:
    """Serve until Ctrl-C or SIGTERM; `on_ready` is called when the first request can come."""

    @app.listener("after_server_start")
    async def ready(app: Sanic, loop: Any) -> None:  # noqa: ARG001 - Sanic's signature
        on_ready()

    app.run(
        host=settings.host, port=settings.port, workers=1, access_log=False, debug=False, motd=False
    )
