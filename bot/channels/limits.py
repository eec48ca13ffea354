"""How much one visit and one address may ask in a while; counted in this process."""

from __future__ import annotations

import math
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from bot.channels.errors import ChatError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings

# One address may be a whole office, so it may say more than one visitor.
VISITORS_PER_ADDRESS: Final = 20
_MINUTE: Final = 60.0
_HOUR: Final = 3600.0


class MovingWindow:
    """Counts what happened under each key in the last seconds, up to a limit."""

    def __init__(
        self, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._moments: dict[str, deque[float]] = {}
        self._next_sweep = clock() + seconds

    def wait(self, key: str) -> float:
        """The seconds until one more is allowed for the key; 0 when it is allowed now."""
        now = self._clock()
        moments = self._moments.get(key)
        if not moments:
            return 0.0
        _forget(moments, now - self._seconds)
        return 0.0 if len(moments) < self._limit else moments[0] + self._seconds - now

    def count(self, key: str) -> None:
        """Count one for the key."""
        now = self._clock()
        self._sweep(now)
        self._moments.setdefault(key, deque()).append(now)

    def _sweep(self, now: float) -> None:
        """Forget the keys of which nothing counts any more, once a window."""
        if now < self._next_sweep:
            return
        self._next_sweep = now + self._seconds
        for key, moments in list(self._moments.items()):
            _forget(moments, now - self._seconds)
            if not moments:
                del self._moments[key]


def _forget(moments: deque[float], until: float) -> None:
    while moments and moments[0] <= until:
        moments.popleft()


class Limits:
    """Refuses with `too_many` and the seconds to wait."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        a_minute = settings.messages_per_minute
        self._of_visit = MovingWindow(a_minute, _MINUTE, clock)
        self._of_address = MovingWindow(a_minute * VISITORS_PER_ADDRESS, _MINUTE, clock)
        self._sessions = MovingWindow(settings.sessions_per_hour, _HOUR, clock)

    def message(self, conversation_id: str, network: str) -> None:
        """Count one message of a visit.

        Raises:
            ChatError: `too_many`, for this visit or for the network it comes from.
        """
        _refuse(self._of_visit.wait(conversation_id), "messages a minute in one visit")
        _refuse(self._of_address.wait(network), "messages a minute from one address")
        self._of_visit.count(conversation_id)
        self._of_address.count(network)

    def session(self, network: str) -> None:
        """Count one new visit from a network.

        Raises:
            ChatError: `too_many`.
        """
        _refuse(self._sessions.wait(network), "visits an hour from one address")
        self._sessions.count(network)


def _refuse(wait: float, what: str) -> None:
    if wait > 0:
        raise ChatError("too_many", f"too many {what}", math.ceil(wait))
