from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered

from bot.channels.messages import history, meaning_of, reply_to, said_since

_TIME = 1_700_000_000.25
_ISO = "2023-11-14T22:13:20.250+00:00"
_PAGE = {"title": "Pagina", "date": "2023-02-28"}
_SITE = {"title": "Site", "date": None}


def _said(identifier: str, text: str, **metadata: Any) -> BotUttered:
    buttons = metadata.pop("buttons", None)
    known = {"message_id": identifier, "topic": "greet", "language": "nl", "sources": []}
    data = {"buttons": buttons} if buttons else {}
    return BotUttered(text, data, known | metadata, timestamp=_TIME)


def _typed(text: str, client_id: str | None = None, choice: str | None = None) -> UserUttered:
    metadata = {"language": "nl", "client_id": client_id, "choice": choice}
    return UserUttered(text, message_id="u1", metadata=metadata, timestamp=_TIME)


def _message(identifier: str, sender: str, text: str, **others: Any) -> dict[str, Any]:
    return {
        "id": identifier,
        "sender": sender,
        "text": text,
        "language": "nl",
        "time": _ISO,
        "choices": [],
        "chosen": None,
        "topic": None,
        "source": None,
        "sources": [],
        "client_id": None,
    } | others


def _buttons(*payloads: str) -> list[dict[str, str]]:
    return [{"title": payload.strip("/"), "payload": payload} for payload in payloads]


def test_history_shows_both_sides_in_order() -> None:
    events: list[Event] = [
        ActionExecuted("action_session_start"),
        _said("m1", "Dag", buttons=_buttons("/faq/deadline", "/privacy")),
        SlotSet("language", "nl"),
        _typed("faq/deadline", "client-1", "m1.0"),
        _said("m2", "Tot 31 oktober", topic="faq/deadline", sources=[_PAGE, _SITE]),
    ]

    assert history(events) == [
        _message(
            "m1",
            "assistant",
            "Dag",
            topic="greet",
            choices=[
                {"id": "m1.0", "label": "faq/deadline"},
                {"id": "m1.1", "label": "privacy"},
            ],
            chosen="m1.0",
        ),
        _message("u1", "visitor", "faq/deadline", client_id="client-1"),
        _message(
            "m2",
            "assistant",
            "Tot 31 oktober",
            topic="faq/deadline",
            source=_PAGE,
            sources=[_PAGE, _SITE],
        ),
    ]


def test_more_information_is_a_message_of_its_own_under_which_the_choices_stand() -> None:
    events = [
        _said(
            "m1",
            "Antwoord",
            sources=[_PAGE],
            buttons=_buttons("/privacy"),
            more={"text": "Meer", "sources": [_SITE]},
            verdict={"result": "unclear"},
        )
    ]

    first, second = said_since(events, 0)

    verdict = {"verdict": {"result": "unclear"}}
    assert first == _message(
        "m1", "assistant", "Antwoord", source=_PAGE, sources=[_PAGE], topic="greet", **verdict
    )
    assert second == _message(
        "m1-more",
        "assistant",
        "Meer",
        source=_SITE,
        sources=[_SITE],
        choices=[{"id": "m1.0", "label": "privacy"}],
        topic="greet",
    )


def test_said_since_leaves_out_what_was_said_before() -> None:
    events = [_said("m1", "Een"), _typed("ja"), _said("m2", "Twee"), _said("m3", "Drie")]

    assert [message["id"] for message in said_since(events, 1)] == ["m2", "m3"]


@pytest.mark.parametrize(
    ("client_id", "answers"),
    [("one", ["m1", "m2"]), ("two", []), ("three", ["m3"]), ("four", None), (None, None)],
)
def test_reply_to_is_what_was_answered_then(
    client_id: str | None, answers: list[str] | None
) -> None:
    events = [
        _said("m0", "Dag"),
        _typed("a", "one"),
        _said("m1", "Een"),
        SlotSet("language", "nl"),
        _said("m2", "Twee"),
        _typed("b", "two"),
        _typed("c", "three"),
        _said("m3", "Drie"),
    ]

    reply = reply_to(events, client_id)

    assert (None if reply is None else [message["id"] for message in reply]) == answers


@pytest.mark.parametrize(
    ("choice", "meaning"),
    [
        ("m1.0", ("faq/deadline", "faq/deadline", {})),
        ("m1.1", ('inform{"theme": 3}', "inform", {"theme": 3})),
        ("m1.2", None),
        ("m1.-1", None),
        ("m1.00", None),
        ("m1.٠", None),
        ("m1.", None),
        ("m1", None),
        ("m2.0", None),
        ("m1-more.0", None),
        ("", None),
        (".0", None),
    ],
)
def test_meaning_of_knows_only_what_was_offered(choice: str, meaning: object) -> None:
    events = [
        _said("m1", "Kies", buttons=_buttons("/faq/deadline", '/inform{"theme": 3}')),
        _typed("m2.0"),
    ]

    assert meaning_of(events, choice) == meaning
