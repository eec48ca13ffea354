"""The states that rules look at, remembered from one prediction to the next.

Mostly one action has run since, and somebody has said something or nothing: one more state, where
reading the last events again would make them all anew.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rasa.shared.core.constants import USER
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    SlotSet,
    UserUttered,
)
from rasa.shared.nlu.constants import INTENT, TEXT

from bot.engine.event_kinds import is_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import Event
    from rasa.shared.core.trackers import DialogueStateTracker

    States = list[dict[str, Any]]

_SEEN: Final = "_states_seen"
_BESIDE: Final = (BotUttered, DefinePrevUserUtteredFeaturization, SlotSet)  # change no state
_MOST_NEW: Final = 60  # events; after more of them it is not worth looking


class _Seen(NamedTuple):
    """What was known when the conversation had so many events, of which this was the last."""

    events: int
    last: Event
    states: States


def states_of(
    tracker: DialogueStateTracker, domain: Domain, count: int, read: Callable[[], States]
) -> States:
    """At least the last `count` states by intent, all when there are fewer; never to be changed.

    They end as `read` would end, which is asked where more happened than one action. Slots must
    have no features.
    """
    seen: _Seen | None = tracker.__dict__.get(_SEEN)
    states = None if seen is None else _grown(seen, tracker, domain)
    if states is None:
        states = read()
    if tracker.events:
        tracker.__dict__[_SEEN] = _Seen(len(tracker.events), tracker.events[-1], states[-count:])
    return states


def _grown(seen: _Seen, tracker: DialogueStateTracker, domain: Domain) -> States | None:
    """The states with the one that an action has added; None where it is not as simple as that."""
    events = tracker.events
    more = len(events) - seen.events
    if not 0 < more <= _MOST_NEW or tracker.active_loop_name or events[-more - 1] is not seen.last:
        return None
    happened = [event for event in islice(reversed(events), more) if not is_kind(event, *_BESIDE)]
    spoke = bool(happened) and is_kind(happened[0], UserUttered)
    acted = happened[1:] if spoke else happened
    if len(acted) != 1 or not is_kind(acted[0], ActionExecuted):
        return None
    state = domain.get_active_state(tracker)
    # What was said to a form stays out of its states; so who is silent says what was said before.
    user = state.pop(USER, {}) if spoke else seen.states[-1].get(USER, {})
    state.pop(USER, None)
    if user:
        if INTENT not in user:
            return None
        # Its intent is what rules go by.
        state[USER] = {key: value for key, value in user.items() if key != TEXT}
    return [*seen.states, state]
