"""States that are remembered are those that the whole conversation gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.core.featurizers.tracker_featurizers import MaxHistoryTrackerFeaturizer
from rasa.shared.core.events import (
    ActionExecuted,
    DefinePrevUserUtteredFeaturization,
    SlotSet,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.state_memory import states_of
from tests.bot.engine.test_recent_states import KINDS, Conversation, _domain, _said, _user

if TYPE_CHECKING:
    from rasa.shared.core.events import Event

LONGEST = 4

# Rasa tells everybody who has slots what was changed in its version 3.
pytestmark = pytest.mark.filterwarnings("ignore:Slot auto-fill")


def _by_intent(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    states: list[dict[str, Any]] = MaxHistoryTrackerFeaturizer().prediction_states(
        [tracker], _domain()
    )[0]
    return states


class Asked:
    """A conversation that grows; its states are asked for again and again."""

    def __init__(self) -> None:
        self.tracker = DialogueStateTracker.from_events("somebody", [], _domain().slots)
        self.read = 0

    def after(self, *events: Event) -> list[dict[str, Any]]:
        """The states when this has happened too."""
        for event in events:
            self.tracker.update(event)
        return states_of(self.tracker, _domain(), LONGEST, self._read)

    def _read(self) -> list[dict[str, Any]]:
        self.read += 1
        return _by_intent(self.tracker)


@settings(max_examples=60, deadline=None)
@given(st.lists(KINDS, max_size=15), st.data())
def test_states_are_those_of_the_whole_conversation(kinds: list[str], data: st.DataObject) -> None:
    conversation, asked = Conversation(), Asked()
    asked.after(ActionExecuted("action_listen"))
    for kind in kinds:
        waiting = conversation.turn(kind)
        while waiting:
            some = data.draw(st.integers(1, len(waiting)))
            states = asked.after(*waiting[:some])
            assert states[-LONGEST:] == _by_intent(asked.tracker)[-LONGEST:]
            waiting = waiting[some:]


def test_plain_turns_are_not_read_again() -> None:
    asked = Asked()
    asked.after(ActionExecuted("action_listen"), _user("greet"))
    answered = [DefinePrevUserUtteredFeaturization(False), ActionExecuted("utter_hello")]

    for _ in range(5):
        asked.after(*answered, SlotSet("name", "x"))
        asked.after(ActionExecuted("action_listen"), _user("ask"))

    assert asked.read == 1
    assert asked.after()[-LONGEST:] == _by_intent(asked.tracker)[-LONGEST:]


@pytest.mark.parametrize(
    "happened",
    [
        [*_said("greet", ActionExecuted("utter_hello")), _user("ask")],
        [_user("ask"), ActionExecuted("utter_answer")],
        [ActionExecuted("utter_answer"), _user("ask"), _user("greet")],
        [SlotSet("name", "x")],
    ],
    ids=["two actions", "a message before the action", "two messages", "no action"],
)
def test_where_more_happened_they_are_read(happened: list[Event]) -> None:
    asked = Asked()
    asked.after(ActionExecuted("action_listen"), _user("greet"))

    states = asked.after(*happened)

    assert asked.read == 2
    assert states == _by_intent(asked.tracker)


def test_what_is_remembered_of_another_conversation_is_not_taken() -> None:
    asked, other = Asked(), Asked()
    asked.after(ActionExecuted("action_listen"), _user("greet"))
    other.after(ActionExecuted("utter_answer"), _user("ask"))
    other.tracker.__dict__["_states_seen"] = asked.tracker.__dict__["_states_seen"]

    assert other.after(ActionExecuted("utter_hello")) == _by_intent(other.tracker)


def test_states_that_were_given_are_not_changed_later() -> None:
    asked = Asked()
    first = asked.after(ActionExecuted("action_listen"), _user("greet"))
    kept = [dict(state) for state in first]

    asked.after(ActionExecuted("utter_hello"))

    assert first == kept
