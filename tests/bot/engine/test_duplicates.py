"""A duplicate is in the state that Rasa's replayed copy is in, and lives its own life."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    LoopInterrupted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.engine.duplicates import duplicate


@pytest.fixture
def tracker() -> DialogueStateTracker:
    events = [
        ActionExecuted("action_listen"),
        UserUttered("Mag dat?", intent={"name": "faq"}),
        SlotSet("name", "Jan"),
        ActionExecuted("form"),
        ActiveLoop("form"),
    ]
    return DialogueStateTracker.from_events("somebody", events, [TextSlot("name", [{}])])


def test_duplicate_is_as_rasas_copy(tracker: DialogueStateTracker) -> None:
    twin = duplicate(tracker)

    assert twin.current_state(EventVerbosity.ALL) == tracker.copy().current_state(
        EventVerbosity.ALL
    )


def test_what_happens_to_the_duplicate_does_not_happen_to_the_tracker(
    tracker: DialogueStateTracker,
) -> None:
    before = tracker.current_state(EventVerbosity.ALL)
    twin = duplicate(tracker)

    twin.update_with_events(
        [LoopInterrupted(True), SlotSet("name", "Piet"), UserUttered("Ja"), ActiveLoop(None)],
        Domain.empty(),
    )

    assert tracker.current_state(EventVerbosity.ALL) == before
    assert twin.get_slot("name") == "Piet"
    assert twin.active_loop_name is None


def test_what_happens_to_the_tracker_does_not_happen_to_the_duplicate(
    tracker: DialogueStateTracker,
) -> None:
    twin = duplicate(tracker)
    before = twin.current_state(EventVerbosity.ALL)

    tracker.update_with_events([SlotSet("name", "Piet"), LoopInterrupted(True)], Domain.empty())

    assert twin.current_state(EventVerbosity.ALL) == before
