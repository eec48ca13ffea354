"""A duplicate is in the state that Rasa's replayed copy is in, and lives its own life."""

from __future__ import annotations

import pytest
from rasa.core.actions.forms import FormAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    LoopInterrupted,
    Restarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.engine.duplicates import _REPLAYED, _with_answer, duplicate


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


# Rasa tells everybody who has slots what was changed in its version 3.
@pytest.mark.filterwarnings("ignore:Slot auto-fill")
@pytest.mark.parametrize("restarted", [False, True])
def test_an_answer_is_tried_as_rasa_would(
    tracker: DialogueStateTracker,
    restarted: bool,  # noqa: FBT001
) -> None:
    domain = Domain.from_dict(
        {
            "slots": {"name": {"type": "text", "mappings": [{"type": "custom"}]}},
            "forms": {"form": {"required_slots": ["name"]}},
        }
    )
    after = [Restarted(), ActionExecuted("action_listen"), UserUttered("Ja")] if restarted else []
    tracker = DialogueStateTracker.from_events("somebody", [*tracker.events, *after], domain.slots)
    before = tracker.current_state(EventVerbosity.ALL)
    form = FormAction("form", None)

    tried = _with_answer(form, tracker, [SlotSet("name", "Piet")], domain)

    expected = _REPLAYED(form, tracker, [SlotSet("name", "Piet")], domain)
    assert _state(tried) == _state(expected)
    assert tried.get_slot("name") == "Piet"
    assert tracker.current_state(EventVerbosity.ALL) == before


def _state(tracker: DialogueStateTracker) -> dict[str, object]:
    """All but the moments at which its events were made."""
    state = tracker.current_state()
    events = [
        (type(event).__name__, event.as_dict() | {"timestamp": 0}) for event in tracker.events
    ]
    return state | {"events": events, "latest_event_time": 0}
