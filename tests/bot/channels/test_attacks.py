"""Nobody reads or writes another's conversation, whatever they know and wherever they come from."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from bot.channels.event_rows import EVENTS
from bot.database import engine_for, writing
from bot.tables import chat_session, rating
from bot.trial.client import Client, Visit
from tests.bot.channels.shape import assert_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Engine

    from bot.settings import Settings
    from tests.served import Served

pytestmark = pytest.mark.model

_SECRET = "mijn geheim is perenijs"
_ALLOWED = "https://economie.fgov.be"
_FOREIGN = "https://elders.example"


@pytest.fixture
def visit(api: Client) -> Visit:
    return Visit(api, "nl")


@pytest.fixture
def store(settings: Settings) -> Iterator[Engine]:
    """The database behind the application."""
    engine = engine_for(settings.database)
    yield engine
    engine.dispose()


@pytest.fixture
def embedding(serve: Callable[..., Served]) -> Iterator[Client]:
    """A client of an application that another website may use."""
    served = serve(allowed_origins=(_ALLOWED,), secure_cookie=True)
    client = Client(served.url)
    yield client
    client.close()
    served.stop()


def _conversation(store: Engine, token_of: Visit) -> str:
    from bot.channels.sessions import Sessions

    session = Sessions(store, 1).find(token_of.token)
    assert session is not None
    return session.conversation_id


def test_a_conversation_id_opens_nothing(visit: Visit, api: Client, store: Engine) -> None:
    conversation = _conversation(store, visit)

    for token in (conversation, f"{conversation}.{visit.token}", visit.token.swapcase()):
        assert_error(api.call("GET", "/chat/messages", token=token), "unauthorized")


@pytest.mark.parametrize(
    "body",
    [
        {"text": "hallo", "sender": "other"},
        {"text": "hallo", "conversation_id": "other"},
        {"text": "hallo", "metadata": "other"},
        {"text": "hallo", "token": "other"},
    ],
)
def test_nobody_names_a_conversation(visit: Visit, body: dict[str, str]) -> None:
    assert_error(visit.call("POST", "/chat/messages", body), "malformed")
    assert len(visit.history()) == 1


def test_a_choice_of_another_conversation_is_no_choice(visit: Visit, api: Client) -> None:
    other = Visit(api, "nl")
    stolen = other.last[-1]["choices"][0]["id"]

    assert_error(visit.call("POST", "/chat/messages", {"choice": stolen}), "malformed")
    assert len(visit.history()) == len(other.history()) == 1


def test_a_client_id_of_another_conversation_gives_nothing_away(visit: Visit, api: Client) -> None:
    Visit(api, "nl").say(_SECRET, "known-to-both")

    said = visit.say("Wat is het budget?", "known-to-both")

    assert {message["topic"] for message in said} == {"faq/budget"}


def test_deleted_is_deleted(visit: Visit, api: Client, store: Engine, settings: Settings) -> None:
    secret = "niemand weet dat ik van vlierbessen houd"
    said = visit.say(secret)
    rating_of = f"/chat/messages/{said[0]['id']}/rating"
    visit.call("PUT", rating_of, {"rating": "up", "comment": secret})
    kept = Visit(api, "nl")
    kept.say("hallo")
    conversation = _conversation(store, visit)
    assert secret in _bytes_of(settings)

    assert visit.call("DELETE", "/chat/sessions").status == 204

    for method, path in (("GET", "/chat/messages"), ("DELETE", "/chat/sessions")):
        assert_error(visit.call(method, path), "unauthorized")
    assert_error(visit.call("POST", "/chat/messages", {"text": "hallo"}), "unauthorized")
    assert _rows_of(store, conversation) == []
    assert secret not in _bytes_of(settings)
    assert len(kept.history()) == 3


def _rows_of(store: Engine, conversation: str) -> list[Any]:
    with store.connect() as connection:
        return [
            row
            for table, column in (
                (EVENTS, EVENTS.c.sender_id),
                (chat_session, chat_session.c.conversation_id),
                (rating, rating.c.conversation_id),
            )
            for row in connection.execute(select(table).where(column == conversation))
        ]


def _bytes_of(settings: Settings) -> str:
    """All that is on the disk of the conversations, deleted or not."""
    files = Path(settings.data_directory).glob("cyber4sme.db*")
    return "".join(file.read_bytes().decode("latin-1") for file in files)


def test_an_expired_token_opens_nothing(visit: Visit, store: Engine) -> None:
    visit.say("hallo")
    here = chat_session.c.conversation_id == _conversation(store, visit)
    past = datetime.now(timezone.utc) - timedelta(seconds=1)

    with writing(store) as connection:
        connection.execute(update(chat_session).where(here).values(expires_at=past))

    assert_error(visit.call("GET", "/chat/messages"), "unauthorized")
    assert_error(visit.call("POST", "/chat/messages", {"text": "hallo"}), "unauthorized")


@pytest.mark.parametrize(
    "origin",
    [
        _FOREIGN,
        "null",
        "file://",
        f"{_ALLOWED}.elders.example",
        f"{_ALLOWED}:8443",
        "http://economie.fgov.be",
        "http://127.0.0.1",
        "http://127.0.0.1.elders.example",
        "garbage",
    ],
)
def test_a_foreign_website_is_refused(embedding: Client, origin: str) -> None:
    for method, path, body in (
        ("POST", "/chat/sessions", {"language": "nl"}),
        ("GET", "/chat/messages", None),
        ("GET", "/health", None),
        ("OPTIONS", "/chat/sessions", None),
        ("GET", "/nothing", None),
    ):
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        answer = embedding.call(method, path, body, headers=headers)
        assert_error(answer, "forbidden")
        assert "access-control-allow-origin" not in answer.headers


def test_an_allowed_website_may_call_and_read(embedding: Client) -> None:
    headers = {"Origin": _ALLOWED}
    asked = embedding.call(
        "OPTIONS", "/chat/sessions", headers=headers | {"Access-Control-Request-Method": "POST"}
    )
    opened = embedding.call("POST", "/chat/sessions", {"language": "nl"}, headers=headers)

    assert (asked.status, asked.content) == (204, b"")
    assert asked.headers["access-control-allow-headers"] == "authorization, content-type"
    assert opened.status == 201
    for answer in (asked, opened):
        assert answer.headers["access-control-allow-origin"] == _ALLOWED
        assert answer.headers["vary"] == "Origin"
        assert "access-control-allow-credentials" not in answer.headers
    assert "Retry-After" in opened.headers["access-control-expose-headers"]


def test_an_allowed_website_gets_no_cookie(embedding: Client) -> None:
    body = {"language": "nl", "cookie": True}

    answer = embedding.call("POST", "/chat/sessions", body, headers={"Origin": _ALLOWED})

    assert_error(answer, "malformed")
    assert "set-cookie" not in answer.headers


def test_only_allowed_websites_may_frame_the_pages(embedding: Client, api: Client) -> None:
    policies = [
        client.call("GET", "/").headers["content-security-policy"] for client in (embedding, api)
    ]

    assert policies[0].endswith(f"frame-ancestors 'self' {_ALLOWED}")
    assert policies[1].endswith("frame-ancestors 'self'")


def test_our_own_site_is_no_foreign_one(api: Client) -> None:
    answer = api.call("POST", "/chat/sessions", {}, headers={"Origin": api.url})

    assert answer.status == 201
    assert "access-control-allow-origin" not in answer.headers


def test_behind_https_the_cookie_and_our_own_site_are_for_https_only(embedding: Client) -> None:
    body = {"language": "nl", "cookie": True}
    secure = {"Origin": embedding.url.replace("http:", "https:")}

    opened = embedding.call("POST", "/chat/sessions", body, headers=secure)

    assert opened.status == 201
    assert "; Secure" in opened.headers["set-cookie"]
    assert opened.headers["strict-transport-security"] == "max-age=31536000"
    plain = embedding.call("POST", "/chat/sessions", body, headers={"Origin": embedding.url})
    assert_error(plain, "forbidden")
