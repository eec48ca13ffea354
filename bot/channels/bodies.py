"""The bodies of requests, checked key by key: what is not as docs/api.md says is `malformed`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from bot.channels.cleaning import TextRefusedError, clean_text
from bot.channels.errors import ChatError
from bot.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Collection

Body = dict[str, Any]

RATINGS: Final = ("up", "down")
_CLIENT_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_WEB: Final = ("http://", "https://")
_MAXIMUM_PAGE: Final = 500
_MAXIMUM_CHOICE: Final = 64


@dataclass(frozen=True)
class Incoming:
    """What a visitor sent: either a text or the id of a choice."""

    text: str | None
    choice: str | None
    client_id: str | None


@dataclass(frozen=True)
class Opening:
    """How a visit begins: `language` None lets the server choose."""

    language: str | None
    page: str | None
    cookie: bool


def read_body(content: bytes, keys: Collection[str]) -> Body:
    """The JSON object of a request: flat, each key once, and these keys only.

    Raises:
        ChatError: `malformed`.
    """
    try:
        body = json.loads(
            content.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        raise ChatError("malformed", "the body is not JSON in UTF-8 with each key once") from error
    if not isinstance(body, dict):
        raise ChatError("malformed", "the body is not a JSON object")
    if not set(body) <= set(keys):
        raise ChatError("malformed", f"the body has a key that is none of {sorted(keys)}")
    if any(isinstance(value, list | dict) for value in body.values()):
        raise ChatError("malformed", "the body is not flat")
    return body


def opening_in(content: bytes) -> Opening:
    """How a visit is asked for; an empty body asks for nothing special.

    Raises:
        ChatError: `malformed`.
    """
    body = read_body(content or b"{}", {"language", "page", "cookie"})
    return Opening(_language_in(body), _page_in(body), _flag_in(body, "cookie"))


def incoming_in(body: Body) -> Incoming:
    """A visitor's message: either a text or a choice, and the client's own id for it.

    Raises:
        ChatError: `malformed` or `too_long`.
    """
    text, choice, client_id = body.get("text"), body.get("choice"), body.get("client_id")
    if (text is None) == (choice is None):
        raise ChatError("malformed", "the body holds not exactly one of text and choice")
    if client_id is not None and not (
        isinstance(client_id, str) and _CLIENT_ID.fullmatch(client_id)
    ):
        raise ChatError("malformed", "client_id is not 8 to 64 letters, digits, - or _")
    if choice is None:
        return Incoming(_text_in(text, "text"), None, client_id)
    if not isinstance(choice, str) or not 0 < len(choice) <= _MAXIMUM_CHOICE:
        raise ChatError("malformed", "choice is not the id of a choice")
    return Incoming(None, choice, client_id)


def language_in(content: bytes) -> str:
    """The language to go on in.

    Raises:
        ChatError: `malformed`.
    """
    language = _language_in(read_body(content, {"language"}))
    if language is None:
        raise ChatError("malformed", "language is missing")
    return language


def rating_in(content: bytes) -> tuple[str | None, str | None]:
    """A thumb up, down or taken back (None), and the comment with it.

    Raises:
        ChatError: `malformed` or `too_long`.
    """
    body = read_body(content, {"rating", "comment"})
    if "rating" not in body:
        raise ChatError("malformed", "rating is missing")
    value, comment = body["rating"], body.get("comment")
    if value is not None and value not in RATINGS:
        raise ChatError("malformed", "rating is not up, down or null")
    if comment is None or comment == "":
        return value, None
    return value, _text_in(comment, "comment")


def _language_in(body: Body) -> str | None:
    language = body.get("language")
    if language is not None and language not in LANGUAGES:
        raise ChatError("malformed", f"language is not one of {list(LANGUAGES)}")
    return language


def _page_in(body: Body) -> str | None:
    """The page the widget stands on, without its query: that may hold personal data."""
    page = body.get("page")
    if page is None:
        return None
    if not isinstance(page, str) or len(page) > _MAXIMUM_PAGE:
        raise ChatError(
            "malformed", f"page is not an address of at most {_MAXIMUM_PAGE} characters"
        )
    try:
        parts = urlsplit(page)
        host = parts.hostname
    except ValueError as error:
        raise ChatError("malformed", "page is not an address") from error
    if not page.startswith(_WEB) or not host or not page.isprintable():
        raise ChatError("malformed", "page is not an http address")
    # Names and passwords before the host are dropped with the query and the fragment.
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _flag_in(body: Body, name: str) -> bool:
    """A yes or no, no when it is absent."""
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise ChatError("malformed", f"{name} is not true or false")
    return bool(value)


def _text_in(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise ChatError("malformed", f"{name} is not a text")
    try:
        return clean_text(value)
    except TextRefusedError as error:
        raise ChatError(error.code, str(error)) from error


def _object(pairs: list[tuple[str, Any]]) -> Body:
    body = dict(pairs)
    if len(body) < len(pairs):
        raise ValueError("a key stands there twice")
    return body


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
