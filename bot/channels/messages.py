"""Rasa's events as the messages of the conversation API, both sides, in order."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from rasa.shared.core.events import BotUttered, UserUttered

from bot.engine.event_kinds import is_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rasa.shared.core.events import Event

Message = dict[str, Any]

# What a bot message may carry beside its text, passed on as it is.
_EXTRAS: Final = ("verdict", "handoff")
_MORE: Final = "-more"


def history(events: Iterable[Event]) -> list[Message]:
    """Every message of the conversation so far, both sides, in order."""
    messages: list[Message] = []
    for event in events:
        if _is_said(event):
            messages += _assistant_messages(event.message())
        elif isinstance(event, UserUttered) and event.text:
            messages.append(_visitor_message(event))
            _mark_chosen(messages, event.metadata.get("choice"))
    return messages


def said_since(events: Iterable[Event], place: int) -> list[Message]:
    """What the assistant said from a place in the events on."""
    return [
        message
        for event in islice(events, place, None)
        if _is_said(event)
        for message in _assistant_messages(event.message())
    ]


def reply_to(events: Iterable[Event], client_id: str | None) -> list[Message] | None:
    """What was answered to this very message before; None when it never came."""
    if client_id is None:
        return None
    answer: list[Event] | None = None
    for event in events:
        if is_kind(event, UserUttered):
            if answer is not None:
                break
            if event.metadata.get("client_id") == client_id:
                answer = []
        elif answer is not None:
            answer.append(event)
    return None if answer is None else said_since(answer, 0)


def meaning_of(events: Iterable[Event], choice: str) -> tuple[str, str, dict[str, Any]] | None:
    """The label, the meaning and the values of a choice that this conversation offered, or None."""
    identifier, _, place = choice.rpartition(".")
    for event in events:
        if not _is_said(event) or event.metadata["message_id"] != identifier:
            continue
        buttons = event.data.get("buttons") or []
        if place in map(str, range(len(buttons))):
            button = buttons[int(place)]
            return (button["title"], *_read_payload(button["payload"]))
    return None


def _is_said(event: Event) -> bool:
    return isinstance(event, BotUttered) and "message_id" in event.metadata


def _assistant_messages(uttered: Mapping[str, Any]) -> list[Message]:
    """One bot utterance (its text, buttons and metadata) as one or two API messages."""
    identifier = uttered["message_id"]
    message = _message(identifier, "assistant", uttered) | _sources(uttered)
    message["topic"] = uttered.get("topic")
    # A verdict stands once: whoever counts verdicts counts messages.
    messages = [message | {name: uttered[name] for name in _EXTRAS if uttered.get(name)}]
    more = uttered.get("more")
    if more:
        below = {"id": identifier + _MORE, "text": more["text"]}
        messages.append(message | below | _sources(more))
    # The choices belong under the last thing said.
    messages[-1]["choices"] = [
        {"id": f"{identifier}.{place}", "label": button["title"]}
        for place, button in enumerate(uttered.get("buttons") or [])
    ]
    return messages


def _visitor_message(event: UserUttered) -> Message:
    metadata = event.metadata
    uttered = {
        "text": event.text,
        "language": metadata.get("language"),
        "timestamp": event.timestamp,
    }
    message = _message(event.message_id, "visitor", uttered)
    return message | {"client_id": metadata.get("client_id")}


def _mark_chosen(messages: list[Message], choice: str | None) -> None:
    if choice is None:
        return
    for message in reversed(messages):
        if any(offered["id"] == choice for offered in message["choices"]):
            message["chosen"] = choice
            return


def _message(identifier: str, sender: str, uttered: Mapping[str, Any]) -> Message:
    time = datetime.fromtimestamp(uttered["timestamp"], timezone.utc)
    return {
        "id": identifier,
        "sender": sender,
        "text": uttered["text"],
        "language": uttered.get("language"),
        "time": time.isoformat(timespec="milliseconds"),
        "choices": [],
        "chosen": None,
        "topic": None,
        "source": None,
        "sources": [],
        "client_id": None,
    }


def _sources(uttered: Mapping[str, Any]) -> Message:
    sources = uttered.get("sources") or []
    return {"source": sources[0] if sources else None, "sources": sources}


def _read_payload(payload: str) -> tuple[str, dict[str, Any]]:
    """Split a button's payload `/label{"slot": "value"}` into the label and the slot values."""
    label, brace, rest = payload.removeprefix("/").partition("{")
    return label, json.loads(brace + rest) if brace else {}
