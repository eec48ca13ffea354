"""Step 2 of the flow: the conversation API (docs/api.md), a Rasa input channel of our own."""

from __future__ import annotations

import json as json_module
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Final

import structlog
import yaml
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Request, response

from bot.channels import bodies
from bot.channels.access import drop_cookie, set_cookie, token_of
from bot.channels.dialogue import CHANNEL
from bot.channels.doorkeeper import Doorkeeper
from bot.channels.errors import ChatError
from bot.channels.event_rows import EVENTS
from bot.channels.limits import Limits
from bot.channels.proxies import client_network, networks
from bot.channels.readiness import Readiness
from bot.channels.sessions import Session, Sessions
from bot.channels.store import use_the_store_alone
from bot.channels.turns import Reply, Turns
from bot.database import engine_for, upgrade
from bot.settings import PROJECT, Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage
    from sanic.response import HTTPResponse
    from sqlalchemy.engine import Engine

_log: Final = structlog.get_logger("cyber4sme.chat")

OPENAPI: Final = PROJECT / "bot" / "channels" / "openapi.yml"
_HOUR: Final = 3600


class ChatInput(InputChannel):
    """Serves /chat, /health and /ready."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in the conversation."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> ChatInput:  # noqa: ARG003 - Rasa's signature
        """Made by `rasa run` from credentials.yml; its settings come from the environment."""
        return cls(Settings.from_environment())

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        self._settings = settings
        self._proxies = networks(settings.trusted_proxies)
        if engine is None:
            engine = engine_for(settings.database)
            upgrade(engine)
        self._sessions = Sessions(engine, settings.session_hours)
        self._limits = Limits(settings)
        self._readiness = Readiness(engine)
        self._agent: Agent | None = None
        self._turns: Turns | None = None
        self.door = Doorkeeper(settings)

    def url_prefix(self) -> str:
        """The routes stand at the root: /chat/..., not /webhooks/chat/..."""
        return "/"

    def blueprint(
        self,
        on_new_message: Callable[[UserMessage], Awaitable[Any]],  # noqa: ARG002 - turns run on the agent itself
    ) -> Blueprint:
        """The routes; everything else of Rasa stays unreachable."""
        routes = Blueprint("chat", strict_slashes=True)
        for handler, path, method in (
            (self._open, "/chat/sessions", "POST"),
            (self._delete, "/chat/sessions", "DELETE"),
            (self._answer, "/chat/messages", "POST"),
            (self._history, "/chat/messages", "GET"),
            (self._rate, "/chat/messages/<message_id:str>/rating", "PUT"),
            (self._switch, "/chat/language", "PUT"),
            (_openapi, "/chat/openapi.json", "GET"),
            (_health, "/health", "GET"),
            (self._ready, "/ready", "GET"),
        ):
            routes.add_route(_as_function(handler), path, methods=[method])

        @routes.before_server_start
        async def guard(app: Any, loop: Any) -> None:  # noqa: ARG001 - Sanic's signature
            self.door.guard(app)

        @routes.after_server_start
        async def start(app: Any, loop: Any) -> None:  # noqa: ARG001
            self.start(app.ctx.agent)

        @routes.after_server_stop  # the turns that run are answered first
        async def stop(app: Any, loop: Any) -> None:  # noqa: ARG001
            if self._turns:
                self._turns.close()

        return routes

    def start(self, agent: Agent) -> None:
        """Answer from here on, with this agent."""
        use_the_store_alone(agent)
        self.door.use_texts_of(agent)
        self._agent = agent
        self._turns = Turns(agent, self._settings.turn_seconds)

    async def _open(self, request: Request) -> HTTPResponse:
        opening = bodies.opening_in(request.body)
        language = request.ctx.language = opening.language or request.ctx.language
        network = self._network(request)
        self._limits.session(network)
        if self._sessions.open_from(network) >= self._settings.open_sessions_per_address:
            raise ChatError("too_many", "too many open visits from one address", _HOUR)
        if opening.cookie and request.ctx.origin is not None:
            raise ChatError("malformed", "a cookie is only for our own site")
        turns = self._running
        token, session = self._sessions.issue(
            language=language, page=opening.page, cookie=opening.cookie, network=network
        )
        try:
            reply = await turns.open(session.conversation_id, language, opening.page)
        except BaseException:
            self._sessions.end(session.conversation_id, EVENTS)
            raise
        answer = _json(
            reply,
            status=201,
            token=None if opening.cookie else token,
            expires_at=_moment(session),
        )
        if opening.cookie:
            set_cookie(answer, token, self._settings)
        return answer

    async def _answer(self, request: Request) -> HTTPResponse:
        session = self._counted(request)
        keys = {"text", "choice", "client_id"}
        incoming = bodies.incoming_in(bodies.read_body(request.body, keys))
        reply = await self._running.answer(
            session.conversation_id, incoming, lambda: self._session(request)
        )
        self._sessions.seen(session, reply.language)
        if self._settings.log_message_text:
            said = [(one["topic"], one["text"]) for one in reply.messages]
            _log.info("turn", visitor=incoming.text or incoming.choice, assistant=said)
        return _json(reply)

    async def _switch(self, request: Request) -> HTTPResponse:
        session = self._counted(request)
        language = bodies.language_in(request.body)
        reply = await self._running.switch_language(
            session.conversation_id, language, lambda: self._session(request)
        )
        self._sessions.seen(session, reply.language)
        return _json(reply)

    async def _history(self, request: Request) -> HTTPResponse:
        session = self._session(request)
        reply = await self._running.messages(session.conversation_id)
        ratings = self._sessions.ratings(session.conversation_id)
        for message in reply.messages:
            message["rating"] = ratings.get(message["id"])
        return _json(reply, expires_at=_moment(session))

    async def _rate(self, request: Request, message_id: str) -> HTTPResponse:
        session = self._counted(request)
        value, comment = bodies.rating_in(request.body)
        reply = await self._running.messages(session.conversation_id)
        if not any(
            one["id"] == message_id and one["sender"] == "assistant" for one in reply.messages
        ):
            raise ChatError("not_found", "the message is no answer of this conversation")
        self._sessions.rate(session.conversation_id, message_id, value, comment)
        return response.empty()

    async def _delete(self, request: Request) -> HTTPResponse:
        conversation_id = self._session(request).conversation_id
        await self._running.end(
            conversation_id, lambda: self._sessions.end(conversation_id, EVENTS)
        )
        answer = response.empty()
        drop_cookie(answer)
        return answer

    async def _ready(self, request: Request) -> HTTPResponse:  # noqa: ARG002 - Sanic's signature
        checks = await self._readiness.checks(self._agent)
        ready = all(checks.values())
        body = {"status": "ready" if ready else "not ready", "checks": checks}
        return response.json(body, 200 if ready else 503)

    @property
    def _running(self) -> Turns:
        if self._turns is None:
            raise ChatError("unavailable", "the model is not loaded yet")
        return self._turns

    def _session(self, request: Request) -> Session:
        token = token_of(request)
        session = self._sessions.find(token) if token else None
        if session is None:
            raise ChatError("unauthorized", "no token, or one that is unknown, ended or expired")
        request.ctx.language = session.language
        return session

    def _counted(self, request: Request) -> Session:
        session = self._session(request)
        self._limits.message(session.conversation_id, self._network(request))
        return session

    def _network(self, request: Request) -> str:
        forwarded = request.headers.getall("x-forwarded-for", [])
        return client_network(request.ip, forwarded, self._proxies)


async def _openapi(request: Request) -> HTTPResponse:  # noqa: ARG001 - Sanic's signature
    return response.text(_description(), content_type="application/json")


async def _health(request: Request) -> HTTPResponse:  # noqa: ARG001
    return response.json({"status": "alive"})


@lru_cache(maxsize=1)
def _description() -> str:
    return json_module.dumps(yaml.safe_load(OPENAPI.read_text("utf-8")))


def _as_function(method: Callable[..., Awaitable[HTTPResponse]]) -> Callable[..., Any]:
    """Sanic marks its handlers with attributes, which a bound method cannot take."""

    @wraps(method)
    async def handler(*args: Any, **kwargs: Any) -> HTTPResponse:
        return await method(*args, **kwargs)

    return handler


def _json(reply: Reply, status: int = 200, **others: Any) -> HTTPResponse:
    return response.json(others | {"language": reply.language, "messages": reply.messages}, status)


def _moment(session: Session) -> str:
    return session.expires_at.isoformat(timespec="seconds")
