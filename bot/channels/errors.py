"""The one shape of every error: {"error": {"code", "message"}}, in the visitor's language."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, json
from sqlalchemy.exc import SQLAlchemyError

# code -> HTTP status; each code has its sentence `utter_error_<code>` in data/texts/errors.yml.
STATUS: Final = MappingProxyType(
    {
        "malformed": 400,
        "unauthorized": 401,
        "forbidden": 403,
        "not_found": 404,
        "method_not_allowed": 405,
        "too_long": 413,
        "too_many": 429,
        "internal": 500,
        "unavailable": 503,
    }
)
_SERVER_ERROR: Final = 500


class ChatError(Exception):
    """An error with a code of STATUS; its text is the cause, for the log, never for the visitor.

    The cause never holds what a visitor typed.
    """

    def __init__(self, code: str, cause: str, retry_after: int | None = None) -> None:
        self.code = code
        self.retry_after = retry_after
        super().__init__(cause)


def code_of(error: Exception) -> str:
    """The error code of any exception: of ours, of the web server's, or of a crash."""
    if isinstance(error, ChatError):
        return error.code
    if isinstance(error, SQLAlchemyError | OSError):
        return "unavailable"  # the database, the disk or the network: trying again may help
    if not isinstance(error, SanicException):
        return "internal"
    by_class = "malformed" if error.status_code < _SERVER_ERROR else "internal"
    return next((code for code, status in STATUS.items() if status == error.status_code), by_class)


def error_response(error: Exception, sentence: str, code: str | None = None) -> HTTPResponse:
    """The error as JSON, with the headers that tell what would do (Allow, Retry-After)."""
    code = code or code_of(error)
    headers = {}
    allowed = getattr(error, "headers", None) or {}
    if "Allow" in allowed:
        headers["Allow"] = allowed["Allow"]
    retry_after = getattr(error, "retry_after", None)
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return json({"error": {"code": code, "message": sentence}}, STATUS[code], headers)
