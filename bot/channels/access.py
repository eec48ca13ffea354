"""Which websites may call the conversation API, and the headers that browsers hold us to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from bot.channels.errors import ChatError

if TYPE_CHECKING:
    from sanic import Request
    from sanic.response import HTTPResponse

    from bot.settings import Settings

COOKIE: Final = "cyber4sme_session"

_DAY: Final = 24 * 3600
# The pages hold no inline script or style and load nothing from elsewhere.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)
_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_FOR_WEBSITES: Final = {
    "Access-Control-Allow-Headers": "authorization, content-type",
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
    "Access-Control-Expose-Headers": "Retry-After, X-Request-ID",
    "Access-Control-Max-Age": "600",
}


def foreign_origin(request: Request, settings: Settings) -> str | None:
    """The website that is allowed to call us from elsewhere; None for our own site or no browser.

    Raises:
        ChatError: `forbidden` for a website that is not on the list.
    """
    origin = request.headers.get("origin")
    if not origin:
        return None
    if origin in settings.allowed_origins:
        return str(origin)
    parts = urlsplit(origin)
    schemes = ("https",) if settings.secure_cookie else ("http", "https")
    if parts.netloc and parts.netloc == request.host and parts.scheme in schemes:
        return None
    named = ascii(origin[:100])
    raise ChatError("forbidden", f"the origin {named} is not in CYBER4SME_ALLOWED_ORIGINS")


def asks_first(request: Request) -> bool:
    """Whether a browser asks, before a website's call, what is allowed."""
    return request.method == "OPTIONS" and "access-control-request-method" in request.headers


def allow_origin(answer: HTTPResponse, origin: str | None) -> None:
    """Let the browser of an allowed website read the answer; never with a cookie."""
    also = answer.headers.get("Vary")
    answer.headers["Vary"] = f"Origin, {also}" if also else "Origin"
    if origin is not None:
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers.update(_FOR_WEBSITES)


def secure(answer: HTTPResponse, settings: Settings) -> None:
    """Add the security headers that every answer carries."""
    ancestors = " ".join(("'self'", *settings.allowed_origins))
    answer.headers["Content-Security-Policy"] = _POLICY.format(ancestors=ancestors)
    answer.headers.update(_ALWAYS)
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if settings.secure_cookie:
        answer.headers["Strict-Transport-Security"] = f"max-age={365 * _DAY}"


def token_of(request: Request) -> str | None:
    """The token in the Authorization header, else in our cookie."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return str(token.strip())
    return request.cookies.get(COOKIE)


def set_cookie(answer: HTTPResponse, token: str, settings: Settings) -> None:
    """Bind the token to this browser: no script can read it, no other site can send it."""
    answer.cookies[COOKIE] = token
    cookie = answer.cookies[COOKIE]
    cookie["httponly"] = True
    cookie["samesite"] = "Strict"
    cookie["path"] = "/chat"
    cookie["max-age"] = settings.session_hours * 3600
    cookie["secure"] = settings.secure_cookie


def drop_cookie(answer: HTTPResponse) -> None:
    """Make the browser forget the token."""
    answer.cookies[COOKIE] = ""
    answer.cookies[COOKIE]["path"] = "/chat"
    answer.cookies[COOKIE]["max-age"] = 0
