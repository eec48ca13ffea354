"""A client of the conversation API, as a visitor's browser is one: one line, kept open."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

Message = dict[str, Any]

_SECONDS: Final = 60.0


@dataclass(frozen=True)
class Answer:
    """What came back: header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.content)


class Client:
    """Calls one server; not for several threads at once."""

    def __init__(self, url: str) -> None:
        self.url = url
        parts = urlsplit(url)
        self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=_SECONDS)

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request; a body that is no bytes is sent as JSON."""
        sent = dict(headers or {})
        content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        if content is not None:
            sent.setdefault("Content-Type", "application/json")
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        try:
            self._connection.request(method, path, content, sent)
            answer = self._connection.getresponse()
            received = answer.read()
        except BaseException:
            self._connection.close()  # the next call begins on a new line
            raise
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, names, received)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class RefusedError(RuntimeError):
    """The server answered with an error; `answer` holds it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(f"{answer.status}: {answer.content[:500]!r}")


class Visit:
    """One visitor's conversation; whatever is refused is raised."""

    def __init__(self, client: Client, language: str | None = None) -> None:
        self._client = client
        opened = client.call("POST", "/chat/sessions", {"language": language})
        self.token: str = _accepted(opened, 201)["token"]
        self.last: list[Message] = opened.json["messages"]

    def go_on(self, client: Client) -> None:
        """Speak through another line from here on, as after a restart of the server."""
        self._client = client

    def say(self, text: str, client_id: str | None = None) -> list[Message]:
        """Say something; returns what the assistant says."""
        return self._post({"text": text, "client_id": client_id})

    def choose(self, place: int = 0) -> list[Message]:
        """Tap a choice under the last message that has any."""
        offered = next(one["choices"] for one in reversed(self.last) if one["choices"])
        return self._post({"choice": offered[place]["id"]})

    def switch_language(self, language: str) -> list[Message]:
        """Go on in another language."""
        answer = self.call("PUT", "/chat/language", {"language": language})
        self.last = _accepted(answer)["messages"]
        return self.last

    def history(self) -> list[Message]:
        """The whole conversation so far."""
        messages: list[Message] = _accepted(self.call("GET", "/chat/messages"))["messages"]
        return messages

    def call(self, method: str, path: str, body: object = None) -> Answer:
        """Call the API with this visit's token."""
        return self._client.call(method, path, body, self.token)

    def _post(self, body: dict[str, Any]) -> list[Message]:
        self.last = _accepted(self.call("POST", "/chat/messages", body))["messages"]
        return self.last


def _accepted(answer: Answer, status: int = 200) -> Any:
    if answer.status != status:
        raise RefusedError(answer)
    return answer.json
