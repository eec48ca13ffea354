"""A refusal offers what the message may mean after all, and only that."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.decline import decline

_NEAR = {"faq/budget": 0.2, "faq/results": 0.15, "stop": 0.12, "greet": 0.11}


def _said(
    text: str, shares: dict[str, float], entity: tuple[str, str] | None = None
) -> tuple[Any, ...]:
    """The response, what was offered instead of its own choices, and its language if another."""
    latest = {
        "text": text,
        "intent_ranking": [{"name": name, "confidence": one} for name, one in shares.items()],
        "entities": [dict(zip(("entity", "value"), entity, strict=True))] if entity else [],
    }
    tracker = Tracker("c", {}, latest, [], False, None, {}, None)
    dispatcher = CollectingDispatcher()

    assert decline(dispatcher, tracker) == []

    (message,) = dispatcher.messages
    return message["response"], message.get("offer"), message.get("language")


@pytest.mark.parametrize(
    ("shares", "offer"),
    [
        ({"out_of_scope": 0.4} | _NEAR, ["faq/budget", "faq/results", "contact_human"]),
        ({"out_of_scope": 0.9, "faq/budget": 0.1}, ["faq/budget", "contact_human"]),
    ],
)
def test_what_may_be_meant_is_offered(shares: dict[str, float], offer: list[str]) -> None:
    assert _said("Et les sous ?", shares) == ("utter_out_of_scope_perhaps", offer, None)


@pytest.mark.parametrize(
    ("text", "shares", "response"),
    [
        ("Et les sous ?", {"out_of_scope": 0.95, "faq/budget": 0.05}, "utter_out_of_scope"),
        ("Et les sous ?", {"out_of_scope": 0.8, "contact_human": 0.2}, "utter_out_of_scope"),
        ("???", {"out_of_scope": 0.2} | _NEAR, "utter_out_of_scope"),
        ("Combien par projet au maximum ?", _NEAR, "utter_declined_maximum_grant"),
    ],
)
def test_nothing_is_offered_where_nothing_else_is_meant(
    text: str, shares: dict[str, float], response: str
) -> None:
    assert _said(text, shares) == (response, None, None)


def test_another_language_is_told_which_ones_are_spoken() -> None:
    found = _said("Wie viel Geld?", {"faq/budget": 0.9}, ("other_language", "de"))

    assert found == ("utter_other_language", None, "de")
