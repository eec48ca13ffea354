from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import bodies
from bot.channels.bodies import Incoming, Opening
from bot.channels.errors import ChatError

if TYPE_CHECKING:
    from collections.abc import Callable

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
_KEYS = ("language", "page", "cookie", "text", "choice", "client_id", "rating", "comment")
_READERS: tuple[Callable[[bytes], Any], ...] = (
    bodies.opening_in,
    bodies.language_in,
    bodies.rating_in,
    lambda content: bodies.incoming_in(bodies.read_body(content, _KEYS)),
)


def _refusal(read: Callable[[bytes], Any], content: bytes) -> str:
    with pytest.raises(ChatError) as refused:
        read(content)
    return refused.value.code


def _incoming(body: dict[str, Any]) -> Incoming:
    return bodies.incoming_in(body)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"{} {}",
        b'{"text": NaN}',
        b'{"text": "a", "text": "b"}',
        b'{"text": "a", "sender": "b"}',
        b'{"text": ["a"]}',
        b'{"text": {"a": 1}}',
        b'{"text": "\xff"}',
        '{"text": "é"}'.encode("utf-16"),
        b"[" * 16_000,
        b'{"text":' * 4_000,
        b'{"text": ' + b"9" * 10_000 + b"}",
    ],
)
def test_read_body_refuses(content: bytes) -> None:
    read = lambda one: _incoming(bodies.read_body(one, {"text"}))  # noqa: E731

    assert _refusal(read, content) == "malformed"


def test_read_body_takes_each_key_once() -> None:
    assert bodies.read_body(b'{"text": "\\u00e9"}', {"text", "choice"}) == {"text": "é"}


@pytest.mark.parametrize(
    ("body", "opening"),
    [
        ({}, Opening(None, None, cookie=False)),
        ({"language": "fr", "cookie": True}, Opening("fr", None, cookie=True)),
        ({"language": None, "page": None, "cookie": None}, Opening(None, None, cookie=False)),
        (
            {"page": "https://jan:geheim@economie.fgov.be:8443/nl/a%20b?naam=jan#mij"},
            Opening(None, "https://economie.fgov.be:8443/nl/a%20b", cookie=False),
        ),
    ],
)
def test_opening_in(body: dict[str, Any], opening: Opening) -> None:
    assert bodies.opening_in(json.dumps(body).encode()) == opening


def test_opening_in_an_empty_body() -> None:
    assert bodies.opening_in(b"") == Opening(None, None, cookie=False)


@pytest.mark.parametrize(
    "body",
    [
        {"language": "de"},
        {"language": "NL"},
        {"language": 1},
        {"language": ""},
        {"cookie": "yes"},
        {"cookie": 1},
        {"page": 7},
        {"page": "economie.fgov.be"},
        {"page": "javascript:alert(1)"},
        {"page": "https://"},
        {"page": "https://[::1"},
        {"page": "https://a.be/\n"},
        {"page": "https://a.be/" + "x" * 500},
        {"token": "mine"},
    ],
)
def test_opening_in_refuses(body: dict[str, Any]) -> None:
    assert _refusal(bodies.opening_in, json.dumps(body).encode()) == "malformed"


@pytest.mark.parametrize(
    ("body", "incoming"),
    [
        ({"text": " ja "}, Incoming("ja", None, None)),
        ({"choice": "abc.0"}, Incoming(None, "abc.0", None)),
        ({"text": "ja", "choice": None, "client_id": None}, Incoming("ja", None, None)),
        ({"text": "ja", "client_id": "0f8b-_Az"}, Incoming("ja", None, "0f8b-_Az")),
    ],
)
def test_incoming_in(body: dict[str, Any], incoming: Incoming) -> None:
    assert bodies.incoming_in(body) == incoming


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "malformed"),
        ({"text": None}, "malformed"),
        ({"text": "ja", "choice": "abc.0"}, "malformed"),
        ({"text": 5}, "malformed"),
        ({"text": "\u200b"}, "malformed"),
        ({"text": "x" * 1001}, "too_long"),
        ({"choice": ""}, "malformed"),
        ({"choice": 0}, "malformed"),
        ({"choice": "x" * 65}, "malformed"),
        ({"text": "ja", "client_id": ""}, "malformed"),
        ({"text": "ja", "client_id": "short"}, "malformed"),
        ({"text": "ja", "client_id": "x" * 65}, "malformed"),
        ({"text": "ja", "client_id": "jan@x.be"}, "malformed"),
        ({"text": "ja", "client_id": 12345678}, "malformed"),
    ],
)
def test_incoming_in_refuses(body: dict[str, Any], code: str) -> None:
    with pytest.raises(ChatError) as refused:
        bodies.incoming_in(body)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("body", "rating"),
    [
        ({"rating": "up"}, ("up", None)),
        ({"rating": "down", "comment": " klopt niet "}, ("down", "klopt niet")),
        ({"rating": None, "comment": ""}, (None, None)),
    ],
)
def test_rating_in(body: dict[str, Any], rating: tuple[str | None, str | None]) -> None:
    assert bodies.rating_in(json.dumps(body).encode()) == rating


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "malformed"),
        ({"comment": "mooi"}, "malformed"),
        ({"rating": "best"}, "malformed"),
        ({"rating": True}, "malformed"),
        ({"rating": "up", "comment": 0}, "malformed"),
        ({"rating": "up", "comment": "x" * 1001}, "too_long"),
    ],
)
def test_rating_in_refuses(body: dict[str, Any], code: str) -> None:
    assert _refusal(bodies.rating_in, json.dumps(body).encode()) == code


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_language_in(language: str) -> None:
    assert bodies.language_in(json.dumps({"language": language}).encode()) == language


@pytest.mark.parametrize("body", [{}, {"language": None}, {"language": "en"}])
def test_language_in_refuses(body: dict[str, Any]) -> None:
    assert _refusal(bodies.language_in, json.dumps(body).encode()) == "malformed"


@given(st.binary(max_size=200) | st.dictionaries(st.sampled_from(_KEYS), _JSON).map(json.dumps))
def test_any_body_is_read_or_refused(content: bytes | str) -> None:
    for read in _READERS:
        try:
            read(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
        except ChatError as refused:
            assert refused.code in ("malformed", "too_long")
