"""What the API refuses, and how: tokens, paths, methods, bodies, and what is no HTTP."""

from __future__ import annotations

import re
import socket
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.bot.channels.shape import assert_error

if TYPE_CHECKING:
    from bot.trial.client import Client, Visit
    from tests.served import Served

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/chat/messages"),
        ("POST", "/chat/messages"),
        ("PUT", "/chat/messages/x/rating"),
        ("PUT", "/chat/language"),
        ("DELETE", "/chat/sessions"),
    ],
)
@pytest.mark.parametrize("token", [None, "", "x", "é" * 20, "Bearer", "a" * 5000])
def test_nothing_opens_without_the_token(
    api: Client, method: str, path: str, token: str | None
) -> None:
    encoded = None if token is None else token.encode().decode("latin-1")

    answer = api.call(method, path, {} if method != "GET" else None, encoded)

    assert_error(answer, "unauthorized")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/conversations/x/tracker"),
        ("GET", "/status"),
        ("GET", "/version"),
        ("GET", "/domain"),
        ("POST", "/model/parse"),
        ("POST", "/webhooks/rest/webhook"),
        ("GET", "/webhooks/rest"),
        ("GET", "/socket.io/"),
        ("GET", "/../pyproject.toml"),
        ("GET", "/%2e%2e/pyproject.toml"),
        ("GET", "/widget.js/"),
        ("GET", "/chat"),
        ("GET", "/chat/messages/x"),
        ("GET", "//health"),
    ],
)
def test_nothing_else_is_served(api: Client, method: str, path: str) -> None:
    assert_error(api.call(method, path, None if method == "GET" else {}), "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/chat/sessions", {"POST", "DELETE"}),
        ("PATCH", "/chat/messages", {"GET", "POST"}),
        ("POST", "/health", {"GET"}),
        ("DELETE", "/", {"GET", "HEAD"}),
    ],
)
def test_another_method_is_told_what_is_allowed(
    api: Client, method: str, path: str, allowed: set[str]
) -> None:
    answer = api.call(method, path)

    assert_error(answer, "method_not_allowed")
    assert {one.strip() for one in answer.headers["allow"].split(",")} == allowed


def test_an_error_is_in_the_language_of_the_browser(api: Client) -> None:
    answer = api.call("GET", "/nothing", headers={"Accept-Language": "fr-BE"})

    assert_error(answer, "not_found", "fr")


@pytest.mark.parametrize("body", [b"{" * 16_385, b'{"text": "' + b"x" * 20_000 + b'"}'])
def test_a_body_over_the_limit_is_not_read(visit: Visit, body: bytes) -> None:
    assert_error(visit.call("POST", "/chat/messages", body), "too_long")


def test_a_chunked_body_over_the_limit_is_not_read(app: Served) -> None:
    chunk = b"1000\r\n" + b"x" * 4096 + b"\r\n"
    head = b"POST /chat/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"

    assert _raw(app, head + chunk * 5 + b"0\r\n\r\n") == 413


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"GET /health HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"POST /chat/sessions HTTP/1.1\r\nContent-Length: many\r\n\r\n", 400),
        (b"POST /chat/sessions HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 400),
        (b"POST /chat/sessions HTTP/1.1\r\nExpect: tea\r\nContent-Length: 2\r\n\r\n{}", 400),
        (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n", 413),
        (b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /health HTTP/1.1\r\nHost: x\r\nOrigin: \xff\xfe\r\n\r\n", 403),
    ],
)
def test_what_is_no_http_is_refused_in_the_same_shape(
    app: Served, sent: bytes, status: int
) -> None:
    assert _raw(app, sent) == status


def _raw(app: Served, sent: bytes) -> int:
    """Send bytes as they are; the status of an error in the one shape."""
    parts = urlsplit(app.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as line:
        line.sendall(sent)
        received = b""
        while b'"}}' not in received:
            read = line.recv(65_536)
            assert read, received
            received += read
    head, _, body = received.partition(b"\r\n\r\n")
    status = int(head.split()[1])
    assert re.match(rb'\{"error":\{"code":"\w+","message":"[^"]+"\}\}$', body)
    assert b"x-request-id" in head.lower()
    assert b"Traceback" not in received
    return status


def test_the_cookie_carries_the_token_for_our_own_site(api: Client) -> None:
    opened = api.call("POST", "/chat/sessions", {"language": "nl", "cookie": True})
    cookie = SimpleCookie(opened.headers["set-cookie"])["cyber4sme_session"]

    assert opened.json["token"] is None
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/chat")
    assert cookie["max-age"] == str(24 * 3600)
    headers = {"Cookie": f"cyber4sme_session={cookie.value}"}
    said = api.call("POST", "/chat/messages", {"text": "hallo"}, headers=headers)
    assert said.status == 200
    deleted = api.call("DELETE", "/chat/sessions", headers=headers)
    assert deleted.status == 204
    assert SimpleCookie(deleted.headers["set-cookie"])["cyber4sme_session"].value == ""
    assert_error(api.call("GET", "/chat/messages", headers=headers), "unauthorized")


def test_a_bearer_token_counts_before_a_cookie(api: Client, visit: Visit) -> None:
    headers = {"Cookie": f"cyber4sme_session={visit.token}"}

    answer = api.call("GET", "/chat/messages", token="wrong", headers=headers)

    assert_error(answer, "unauthorized")
