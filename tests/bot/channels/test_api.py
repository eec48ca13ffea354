"""The conversation API over HTTP, on the trained model with the real actions."""

from __future__ import annotations

import re
import socket
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from bot.trial.client import Answer, Client, RefusedError, Visit
from tests.bot.channels.shape import assert_error, assert_headers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.served import Served

pytestmark = pytest.mark.model


@pytest.fixture
def visit(api: Client) -> Visit:
    return Visit(api, "nl")


def _topics(messages: list[dict[str, Any]]) -> list[str]:
    return [message["topic"] for message in messages]


@pytest.mark.parametrize(
    ("wanted", "accepted", "spoken"),
    [
        ("nl", "fr", "nl"),
        ("fr", "nl", "fr"),
        (None, "fr-BE,fr;q=0.9,nl;q=0.8", "fr"),
        (None, "nl;q=0.5, fr;q=0.7", "fr"),
        (None, "en-GB,en", "nl"),
        (None, "fr;q=x, ;;q=,", "nl"),
        (None, "", "nl"),
    ],
)
def test_a_conversation_begins_in_the_language_asked_for(
    api: Client, wanted: str | None, accepted: str, spoken: str
) -> None:
    body = {"language": wanted}

    answer = api.call("POST", "/chat/sessions", body, headers={"Accept-Language": accepted})

    assert (answer.status, answer.json["language"]) == (201, spoken)
    assert {message["language"] for message in answer.json["messages"]} == {spoken}
    assert _topics(answer.json["messages"]) == ["welcome"]
    assert_headers(answer)


@pytest.mark.parametrize(
    ("language", "question"),
    [("nl", "Tot wanneer kon ik indienen?"), ("fr", "Jusqu'à quand pouvait-on déposer ?")],
)
def test_a_question_is_answered_with_its_source(api: Client, language: str, question: str) -> None:
    (answer, *_) = Visit(api, language).say(question)

    assert (answer["topic"], answer["language"]) == ("faq/deadline", language)
    assert "31" in answer["text"]
    assert answer["source"] == answer["sources"][0]
    assert set(answer["source"]) == {"title", "date"}


def test_a_choice_means_what_its_label_says(visit: Visit) -> None:
    offered = visit.last[-1]["choices"]

    said = visit.choose(0)

    history = visit.history()
    assert (history[0]["chosen"], history[0]["choices"]) == (offered[0]["id"], offered)
    assert (history[1]["sender"], history[1]["text"]) == ("visitor", offered[0]["label"])
    assert [message["id"] for message in history[2:]] == [message["id"] for message in said]


def test_the_history_is_what_was_said(visit: Visit) -> None:
    said = [visit.last, visit.say("hallo", "client-id-1"), visit.say("dank u", "client-id-2")]

    history = visit.history()

    assert [message["client_id"] for message in history if message["sender"] == "visitor"] == [
        "client-id-1",
        "client-id-2",
    ]
    assistant = [message for message in history if message["sender"] == "assistant"]
    assert assistant == [message | {"rating": None} for turn in said for message in turn]
    assert sorted(history, key=lambda message: str(message["time"])) == history


def test_a_message_sent_twice_is_answered_once(visit: Visit) -> None:
    first = visit.call("POST", "/chat/messages", {"text": "budget?", "client_id": "twice-0001"})
    visit.say("hallo")
    before = visit.history()

    again = visit.call("POST", "/chat/messages", {"text": "budget?", "client_id": "twice-0001"})

    assert again.json == first.json
    assert visit.history() == before


def test_a_client_id_is_a_matter_of_one_conversation(api: Client) -> None:
    one, other = Visit(api, "nl"), Visit(api, "nl")

    said = [visit.say("budget?", "the-same-1") for visit in (one, other)]

    assert said[0][0]["id"] != said[1][0]["id"]


@pytest.mark.parametrize("text", ["/restart", "/faq/deadline", '/inform{"theme": "1"}', "/\n/stop"])
def test_text_that_looks_like_a_command_is_text(api: Client, text: str) -> None:
    visit = Visit(api, "nl")

    visit.say(text)

    assert visit.history()[1]["text"] == text


@pytest.mark.parametrize("text", ["/\n/session_start", "//session_start", "/ \t /session_start"])
def test_a_command_is_never_obeyed(visit: Visit, text: str) -> None:
    visit.say("Wat is het budget?")

    visit.say(text)

    assert len(visit.history()) >= 5  # nothing before it is gone


def test_cleaned_text_is_what_is_kept(visit: Visit) -> None:
    visit.say("  hal\u200blo \u202e<b>daar</b>\r\n ")

    assert visit.history()[1]["text"] == "hallo <b>daar</b>"


def test_the_language_switches_and_the_errors_with_it(visit: Visit, api: Client) -> None:
    visit.say("Wat is het budget?")

    said = visit.switch_language("fr")

    assert {message["language"] for message in said} == {"fr"}
    assert "faq/budget" in _topics(said)
    assert_error(visit.call("POST", "/chat/messages", {}), "malformed", "fr")
    refused = api.call("POST", "/chat/sessions", {"language": "fr", "page": "x"})
    assert_error(refused, "malformed", "nl")


def test_the_language_of_a_conversation_follows_what_is_written(visit: Visit) -> None:
    visit.say("Quel était le budget de l'appel à projets ?")

    assert_error(visit.call("PUT", "/chat/language", {"language": "de"}), "malformed", "fr")


def test_a_rating_stands_in_the_history(visit: Visit) -> None:
    message = visit.say("Wat is het budget?")[0]["id"]

    def rate(rating: str | None) -> tuple[int, list[Any]]:
        answer = visit.call("PUT", f"/chat/messages/{message}/rating", {"rating": rating})
        return answer.status, [one["rating"] for one in visit.history() if one["id"] == message]

    assert [rate("up"), rate("down"), rate(None)] == [(204, ["up"]), (204, ["down"]), (204, [None])]


def test_only_an_answer_of_this_conversation_can_be_rated(visit: Visit, api: Client) -> None:
    other = Visit(api, "nl").last[0]["id"]
    visit.say("hallo")
    own = visit.history()[1]["id"]

    for message in (other, own, "none", "%2e%2e", "a" * 65):
        answer = visit.call("PUT", f"/chat/messages/{message}/rating", {"rating": "up"})
        assert_error(answer, "not_found")


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


def test_a_crash_is_an_error_and_leaves_no_trace(
    visit: Visit, app: Served, crashing: Callable[[str], None]
) -> None:
    before = visit.history()
    crashing("action_explain")

    with pytest.raises(RefusedError) as refused:
        visit.say("Wat is een vte?")

    assert_error(refused.value.answer, "internal")
    assert visit.history() == before
    assert _topics(visit.say("Wat is het budget?"))[0] == "faq/budget"


@pytest.fixture
def crashing(app: Served) -> Iterator[Callable[[str], None]]:
    """Have one of the real actions crash, until the end of the test."""
    actions = app.app.ctx.agent.action_endpoint.executor.actions
    real = dict(actions)

    def crash(dispatcher: Any, tracker: Any, domain: Any) -> None:
        raise KeyError("a slot that is not there")

    yield lambda name: actions.update({name: crash})
    actions.update(real)


def test_the_widget_is_served_to_any_site_and_kept_until_it_changes(api: Client) -> None:
    page = api.call("GET", "/")

    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert_headers(page)
    assert page.headers["cross-origin-resource-policy"] == "cross-origin"
    again = api.call("GET", "/", headers={"If-None-Match": page.headers["etag"]})
    assert (again.status, again.content) == (304, b"")
    assert api.call("HEAD", "/").headers["content-length"] == str(len(page.content))


def test_the_page_has_no_inline_script_or_style(api: Client) -> None:
    page = api.call("GET", "/").content.decode()

    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", page) == []


def test_health_and_ready(api: Client) -> None:
    health, ready = api.call("GET", "/health"), api.call("GET", "/ready")

    assert (health.status, ready.status) == (200, 200)
    assert_headers(health)
    assert_headers(ready)


def test_every_answer_has_an_id_of_its_own(api: Client) -> None:
    answers: list[Answer] = [api.call("GET", "/health") for _ in range(5)]

    assert len({answer.headers["x-request-id"] for answer in answers}) == 5
