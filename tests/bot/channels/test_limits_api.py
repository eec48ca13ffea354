"""The limits over HTTP: what is refused, with how long to wait, and what goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.trial.client import Client, Visit
from tests.bot.channels.shape import assert_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.trial.client import Answer
    from tests.served import Served

pytestmark = pytest.mark.model


@pytest.fixture
def limited(serve: Callable[..., Served]) -> Iterator[Callable[..., Client]]:
    """A client of an application with limits of its own, behind a proxy on this machine."""
    opened: list[tuple[Served, Client]] = []

    def start(**limits: Any) -> Client:
        served = serve(trusted_proxies=("127.0.0.1",), **limits)
        opened.append((served, Client(served.url)))
        return opened[-1][1]

    yield start
    for served, client in opened:
        client.close()
        served.stop()


def _open(client: Client, address: str, language: str = "nl") -> Answer:
    headers = {"X-Forwarded-For": address}
    return client.call("POST", "/chat/sessions", {"language": language}, headers=headers)


def _assert_wait(answer: Answer, longest: int, language: str = "nl") -> None:
    assert_error(answer, "too_many", language)
    assert 0 < int(answer.headers["retry-after"]) <= longest


def test_messages_a_minute(limited: Callable[..., Client]) -> None:
    client = limited(messages_per_minute=2)
    visit, other = Visit(client, "fr"), Visit(client, "nl")
    said = visit.say("Quel est le budget ?")
    visit.call("PUT", f"/chat/messages/{said[0]['id']}/rating", {"rating": "up"})

    for method, path, body in (
        ("POST", "/chat/messages", {"text": "bonjour"}),
        ("PUT", "/chat/language", {"language": "nl"}),
        ("PUT", f"/chat/messages/{said[0]['id']}/rating", {"rating": "down"}),
    ):
        _assert_wait(visit.call(method, path, body), 60, "fr")

    assert len(visit.history()) == 2 + len(said)
    assert other.say("hallo")[0]["topic"] == "greet"


def test_visits_an_hour(limited: Callable[..., Client]) -> None:
    client = limited(sessions_per_hour=2)
    statuses = [_open(client, "192.0.2.1").status for _ in range(2)]

    assert statuses == [201, 201]
    _assert_wait(_open(client, "192.0.2.1", "fr"), 3600, "fr")
    assert _open(client, "192.0.2.2").status == 201


def test_open_visits(limited: Callable[..., Client]) -> None:
    client = limited(open_sessions_per_address=1)
    token = _open(client, "2001:db8::1").json["token"]

    _assert_wait(_open(client, "2001:db8::ffff"), 3600)  # the same household
    assert client.call("DELETE", "/chat/sessions", token=token).status == 204
    assert _open(client, "2001:db8::ffff").status == 201


def test_an_address_that_no_trusted_proxy_wrote_does_not_count(
    serve: Callable[..., Served],
) -> None:
    served = serve(sessions_per_hour=1)
    client = Client(served.url)

    statuses = [_open(client, f"192.0.2.{number}").status for number in range(3)]

    client.close()
    served.stop()
    assert statuses == [201, 429, 429]
