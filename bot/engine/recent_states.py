"""The last states of a conversation, read from its last events only.

Rasa replays a conversation from its beginning for every prediction, so that the five hundredth
message takes a hundred times as long as the fifth. Rules see a few states back and no further.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import Event

_TAKES_BACK = (ActionReverted, UserUtteranceReverted)
_BEGINS_ANEW = (Restarted, SessionStarted)


def recent_states(
    tracker: DialogueStateTracker, domain: Domain, count: int
) -> list[dict[str, Any]]:
    """At least the last `count` states of the conversation, all when it has fewer.

    They are those that `tracker.past_states(domain)` ends with. Where slots decide too, or
    something was taken back, they are all read.
    """
    if any(slot.has_features() for slot in domain.slots):
        return tracker.past_states(domain)
    events: Sequence[Event] = tracker.events
    wanted = count
    while True:
        start = _start(events, wanted)
        if start == 0:
            return tracker.past_states(domain)
        # The first one is the state before the listening with which these events begin.
        states = list(_states(islice(events, start, None), domain))[1:]
        if len(states) >= count:
            return states
        wanted *= 2  # an interview counts as one action, however long it was


def _start(events: Sequence[Event], actions: int) -> int:
    """Where the assistant listens, so many actions ago, with no loop active; 0: nowhere."""
    last = len(events)
    found: int | None = None
    executed = 0
    answered = False
    for back, event in enumerate(reversed(events), start=1):
        if isinstance(event, UserUttered):
            answered = True
        elif isinstance(event, ActionExecuted):
            executed += 1
            listens = answered and event.action_name == ACTION_LISTEN_NAME
            if found is None and listens and executed > actions:
                found = last - back
            answered = False
        elif isinstance(event, ActiveLoop):
            if event.name and found is not None:
                found = None  # in the middle of a loop
            elif found is not None:
                return found
        elif isinstance(event, _BEGINS_ANEW):
            return found or 0
        elif isinstance(event, _TAKES_BACK):
            return 0
    return found or 0


def _states(events: Iterable[Event], domain: Domain) -> Iterator[dict[str, Any]]:
    """The state before each action, and the one now."""
    whole = DialogueStateTracker("", [])
    whole.events = deque(events)
    replayed = DialogueStateTracker("", [])
    for event in whole.applied_events():
        if isinstance(event, ActionExecuted):
            yield domain.get_active_state(replayed)
        if not isinstance(event, SlotSet):
            event.apply_to(replayed)
    yield domain.get_active_state(replayed)
