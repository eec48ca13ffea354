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
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.event_kinds import is_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import Event

_TAKES_BACK = (ActionReverted, UserUtteranceReverted)
_BEGINS_ANEW = (Restarted, SessionStarted)
_OF_AN_ANSWER = (UserUttered, DefinePrevUserUtteredFeaturization, SlotSet, BotUttered)


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
        if start is None:
            return tracker.past_states(domain)
        states = list(_states(without_answers(islice(events, start, None)), domain))
        if start == 0:
            return states
        # The first one is the state before the listening with which these events begin.
        if len(states) > count:
            return states[1:]
        wanted *= 2  # an interview counts as one action, however long it was


def _start(events: Sequence[Event], actions: int) -> int | None:
    """Where the assistant listens, so many actions ago, with no loop active; else the beginning.

    None where something was taken back after it: only Rasa knows what that leaves.
    """
    last = len(events)
    found: int | None = None
    executed = 0
    answered = False
    for back, event in enumerate(reversed(events), start=1):
        if is_kind(event, UserUttered):
            answered = True
        elif is_kind(event, ActionExecuted):
            executed += 1
            listens = answered and event.action_name == ACTION_LISTEN_NAME
            if found is None and listens and executed > actions:
                found = last - back
            answered = False
        elif is_kind(event, ActiveLoop):
            if event.name and found is not None:
                found = None  # in the middle of a loop
            elif found is not None:
                return found
        elif is_kind(event, *_BEGINS_ANEW):
            return found or 0
        elif is_kind(event, *_TAKES_BACK):
            return None
    return found or 0


def without_answers(events: Iterable[Event]) -> Iterator[Event]:
    """The events without the turns that a loop answered: Rasa sees all of them as one.

    It would find each of them anew, by looking through all the turns before it.
    """
    loop: str | None = None
    ran = False  # the loop itself answered last, so that its next answer adds nothing
    last: Event | None = None
    turn: list[Event] = []
    for event in events:
        if loop and ran and _may_be_answer(event, turn):
            turn.append(event)
        elif loop and ran and _runs(event, loop):
            turn = []
        else:
            yield from turn
            yield event
            turn = []
            if is_kind(event, ActiveLoop):
                loop, ran = event.name, _runs(last, event.name)
            else:
                ran = _runs(event, loop)
        if not is_kind(event, SlotSet):
            last = event
    yield from turn


def _runs(event: Any, loop: str | None) -> bool:
    return is_kind(event, ActionExecuted) and bool(event.action_name == loop)


def _may_be_answer(event: Any, turn: Sequence[Event]) -> bool:
    """Whether the event can stand between two runs of a loop without anything in between."""
    if is_kind(event, ActionExecuted):
        listens = bool(event.action_name == ACTION_LISTEN_NAME)
        return listens and not any(is_kind(one, UserUttered) for one in turn)
    return is_kind(event, *_OF_AN_ANSWER)


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
