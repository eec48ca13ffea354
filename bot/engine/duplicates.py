"""A second tracker in the same state, for an action to try things on."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final

from rasa.core.actions.forms import FormAction
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import ActionExecuted, Restarted, SlotSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import Event
    from rasa.shared.core.trackers import DialogueStateTracker


def duplicate(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The tracker again: what happens to the one does not happen to the other.

    Rasa's `tracker.copy()` replays the whole conversation for it, at every action.
    """
    twin = copy.copy(tracker)
    twin.events = tracker.events.copy()
    twin.slots = copy.copy(tracker.slots)
    twin.slots.update((name, _shallow(slot)) for name, slot in tracker.slots.items())
    twin.active_loop = copy.copy(tracker.active_loop)
    return twin


def _shallow(slot: Any) -> Any:
    # copy.copy() would ask the slot how to be pickled: eight times as slow, for forty slots.
    twin = object.__new__(type(slot))
    twin.__dict__.update(slot.__dict__)
    return twin


def try_answers_on_duplicates() -> None:
    """Have Rasa try an answer to a form on a duplicate; it replays the conversation for it."""
    FormAction._temporary_tracker = _with_answer  # noqa: SLF001 - Rasa has no setting for it


_REPLAYED: Final = FormAction._temporary_tracker  # noqa: SLF001


def _with_answer(
    form: FormAction, tracker: DialogueStateTracker, answered: Sequence[Event], domain: Domain
) -> DialogueStateTracker:
    """The conversation as if the form had run and set what was answered."""
    if Restarted in map(type, tracker.events):
        return _REPLAYED(form, tracker, answered, domain)  # begins behind the restart
    twin = duplicate(tracker)
    asked = SlotSet(REQUESTED_SLOT, form.get_slot_to_fill(tracker))
    for event in (asked, ActionExecuted(form.name()), *answered):
        twin.update(event)
    return twin
