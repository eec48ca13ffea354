"""The last states of a conversation are those that Rasa finds by replaying all of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    Restarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.recent_states import recent_states, without_answers

if TYPE_CHECKING:
    from rasa.shared.core.events import Event

DOMAIN = """
intents: [{greet: {use_entities: []}}, {ask: {use_entities: []}}]
slots: {name: {type: text, influence_conversation: false, mappings: [{type: custom}]}}
forms: {one_form: {required_slots: [name]}, other_form: {required_slots: [name]}}
actions: [utter_hello, utter_answer]
"""
LONGEST = 6

# Rasa tells everybody who has slots what was changed in its version 3.
pytestmark = pytest.mark.filterwarnings("ignore:Slot auto-fill")


@lru_cache
def _domain(text: str = DOMAIN) -> Domain:
    return Domain.from_yaml(f'version: "3.1"\n{text}')


def _user(intent: str) -> Event:
    return UserUttered("text", intent={"name": intent})


def _said(intent: str, *then: Event) -> list[Event]:
    return [_user(intent), *then, ActionExecuted("action_listen")]


class Conversation:
    """Makes the events of turns as Rasa would: a form runs only while it is active."""

    def __init__(self) -> None:
        self.loop: str | None = None

    def turn(self, kind: str) -> list[Event]:
        """What happens in one turn of a kind."""
        if kind == "restart":
            self.loop = None
            return [Restarted(), ActionExecuted("action_listen")]
        if kind in ("one_form", "other_form"):
            self.loop = kind
            return _said("ask", ActionExecuted(kind), ActiveLoop(kind))
        if self.loop is None:
            then = [SlotSet("name", "x")] if kind == "finish" else []
            return _said("greet", *then, ActionExecuted("utter_hello"))
        loop = self.loop
        if kind == "finish":
            self.loop = None
        return {
            "interrupt": _said(
                "ask",
                ActionExecutionRejected(loop),
                ActionExecuted("utter_answer"),
                ActionExecuted(loop),
            ),
            "finish": _said("greet", ActionExecuted(loop), ActiveLoop(None)),
            "silence": _said("ask"),
            "other_action": _said("ask", ActionExecuted("utter_answer"), ActionExecuted(loop)),
        }.get(kind, _said("greet", SlotSet("name", "x"), ActionExecuted(loop)))


KINDS = st.sampled_from(
    [
        *("say", "say", "one_form", "other_form", "interrupt", "finish", "restart"),
        *("silence", "other_action"),
    ]
)


def _tracker(turns: list[list[Event]], domain: Domain) -> DialogueStateTracker:
    events = [ActionExecuted("action_listen"), *(event for turn in turns for event in turn)]
    return DialogueStateTracker.from_events("somebody", events, domain.slots)


@settings(max_examples=400, deadline=None)
@given(st.lists(KINDS, max_size=40), st.integers(1, LONGEST))
def test_states_are_those_of_the_whole_conversation(kinds: list[str], count: int) -> None:
    domain = _domain()
    conversation = Conversation()
    tracker = _tracker([conversation.turn(kind) for kind in kinds], domain)

    recent = recent_states(tracker, domain, count)

    every = tracker.past_states(domain)
    assert recent[-count:] == every[-count:]
    assert len(recent) >= min(count, len(every))


@pytest.mark.parametrize("turns", [100, 1000])
def test_a_long_conversation_is_not_replayed(turns: int) -> None:
    domain = _domain()
    greeted = _said("greet", ActionExecuted("utter_hello"))
    tracker = _tracker([greeted] * turns, domain)

    assert len(recent_states(tracker, domain, LONGEST)) < 3 * LONGEST


def test_of_a_long_interview_only_its_beginning_and_the_last_turn_count() -> None:
    interview = [ActionExecuted("one_form"), ActiveLoop("one_form")]
    listens = ActionExecuted("action_listen")
    answered = [listens, _user("greet"), SlotSet("name", "x"), ActionExecuted("one_form")]
    last = [listens, _user("ask")]

    assert list(without_answers([*interview, *answered * 300, *last])) == [*interview, *last]


def test_a_turn_that_the_interview_did_not_answer_stays() -> None:
    interview = [ActionExecuted("one_form"), ActiveLoop("one_form")]
    events = [
        *interview,
        ActionExecuted("action_listen"),
        _user("ask"),
        ActionExecutionRejected("one_form"),
        ActionExecuted("utter_answer"),
        ActionExecuted("one_form"),
    ]

    assert list(without_answers(events)) == events


def test_what_was_taken_back_is_not_seen() -> None:
    domain = _domain()
    greeted = _said("greet", ActionExecuted("utter_hello"))
    taken_back = [_user("ask"), UserUtteranceReverted(), ActionExecuted("action_listen")]
    tracker = _tracker([*[greeted] * 20, taken_back], domain)

    assert recent_states(tracker, domain, 3) == tracker.past_states(domain)


def test_slots_that_decide_are_read_from_the_whole_conversation() -> None:
    domain = _domain(
        DOMAIN.replace("influence_conversation: false", "influence_conversation: true")
    )
    greeted = _said("greet", ActionExecuted("utter_hello"))
    named = _said("ask", SlotSet("name", "x"), ActionExecuted("utter_answer"))
    tracker = _tracker([named, *[greeted] * 20], domain)

    recent = recent_states(tracker, domain, 3)

    assert recent == tracker.past_states(domain)
    assert recent[-1]["slots"] == {"name": (1.0,)}
