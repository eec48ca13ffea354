"""What happens around every request: who may come in, errors in one shape, headers, the log."""

from __future__ import annotations

import asyncio
import secrets
import time
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import structlog
from sanic import Request, Sanic, response

from bot.channels.access import allow_origin, asks_first, foreign_origin, secure
from bot.channels.cleaning import MAXIMUM_CHARACTERS
from bot.channels.errors import STATUS, code_of, error_response
from bot.languages import DEFAULT, LANGUAGES
from bot.texts.generator import TextGenerator

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from sanic.response import HTTPResponse

    from bot.settings import Settings

_log: Final = structlog.get_logger("cyber4sme.http")

# The web server's stand-in for a request that it could not read at all.
_UNREADABLE: Final = "NONE"
_OURS: Final = 500  # from here on it is our fault
_SHOWN_PATH: Final = 200
_SHOWN_LANGUAGES: Final = 200


class Doorkeeper:
    """Guards a whole application: what no route takes is refused in the same shape."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._texts: TextGenerator | None = None

    def guard(self, app: Sanic) -> None:
        """Put the checks before, and the headers and the log after each request; once an app."""
        if hasattr(app.ctx, "doorkeeper"):
            return
        app.ctx.doorkeeper = self
        app.register_middleware(self._receive, "request")
        app.register_middleware(self._send, "response")

        @app.exception(Exception)
        async def refuse(request: Request, error: Exception) -> HTTPResponse:
            return self.refuse(request, error)

    def use_texts_of(self, agent: Agent) -> None:
        """Take the sentences from the agent's texts, which are read already."""
        if isinstance(agent.nlg, TextGenerator):
            self._texts = agent.nlg

    def refuse(self, request: Request, error: Exception) -> HTTPResponse:
        """Any error as the one shape, in the visitor's language; its cause goes to the log."""
        code = code_of(error)
        if code == "internal" and request.method == _UNREADABLE:
            code = "malformed"
        log = _log.error if STATUS[code] >= _OURS else _log.info
        log("refused", code=code, cause=str(error), exc_info=error if code == "internal" else None)
        language = getattr(request.ctx, "language", DEFAULT)
        sentence = self._sentences.render(
            f"utter_error_{code}", language, {"maximum_characters": MAXIMUM_CHARACTERS}
        ).text
        return error_response(error, sentence, code)

    @property
    def _sentences(self) -> TextGenerator:
        if self._texts is None:
            self._texts = TextGenerator(settings=self._settings)
        return self._texts

    def _receive(self, request: Request) -> HTTPResponse | None:
        if hasattr(request.ctx, "id"):
            return None  # the web server comes by once more when no route was found
        request.ctx.started = time.perf_counter()
        request.ctx.id = secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.ctx.id)
        request.ctx.language = preferred_language(request.headers.get("accept-language", ""))
        request.ctx.origin = foreign_origin(request, self._settings)
        # The headers that every answer gets are the answer to a browser that asks first.
        return response.empty() if asks_first(request) else None

    def _send(self, request: Request, answer: HTTPResponse) -> None:
        allow_origin(answer, getattr(request.ctx, "origin", None))
        secure(answer, self._settings)
        answer.headers["X-Request-ID"] = request.ctx.id
        if request.app.is_stopping:
            request.stream.keep_alive = False  # or a busy line would keep the server from stopping
        line = {
            "method": request.method,
            "path": request.path[:_SHOWN_PATH],
            "status": answer.status,
            "milliseconds": round((time.perf_counter() - request.ctx.started) * 1000, 1),
        }
        # Written as soon as the answer is on its way: nobody waits for the log.
        asyncio.get_running_loop().call_soon(partial(_log.info, "answered", **line))


def preferred_language(accepted: Any) -> str:
    """The language of an Accept-Language header that we speak and that is liked best."""
    ranked = []
    for place, part in enumerate(str(accepted)[:_SHOWN_LANGUAGES].lower().split(",")):
        name, _, quality = part.partition(";q=")
        code = name.strip()[:2]
        liked = _quality(quality)
        if code in LANGUAGES and liked > 0:
            ranked.append((-liked, place, code))
    return min(ranked)[2] if ranked else DEFAULT


def _quality(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
