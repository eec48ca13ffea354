"""Conversations that go on, kept in memory between their turns, so that none is read twice."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.duplicates import duplicate

# Some 2 KB an event: 8 MB at most, and room for a hundred visits at once.
MOST_EVENTS: Final = 4_000


class StoredTracker(DialogueStateTracker):
    """A tracker that knows how much of it is in the store: so many events, up to this row."""

    stored: int = 0
    last_row: int | None = None

    def copy(self) -> DialogueStateTracker:
        """The same state again, without the replay of the whole conversation that Rasa does."""
        return duplicate(self)


class RecentTrackers:
    """The trackers of the latest conversations; a tracker that is in use is not here.

    Bounded by the events in it: the conversation that was silent longest goes first. The longest
    one has a place of its own: it costs the most to read again, and would leave no room for others.
    """

    def __init__(self, most_events: int = MOST_EVENTS) -> None:
        self._most_events = most_events
        self._kept: OrderedDict[str, StoredTracker] = OrderedDict()
        self._events = 0
        self._longest: str | None = None  # None: somebody has to look

    def __len__(self) -> int:
        """How many conversations are here."""
        return len(self._kept)

    def take(self, conversation_id: str, last_row: int | None) -> StoredTracker | None:
        """Hand out a tracker, if the store still ends where it did when it was put here."""
        tracker = self._kept.pop(conversation_id, None)
        if tracker is None:
            return None
        self._events -= len(tracker.events)
        if conversation_id == self._longest:
            self._longest = None
        return tracker if tracker.last_row == last_row else None

    def forget(self, conversation_id: str) -> None:
        """Keep nothing of a conversation: it was deleted."""
        self.take(conversation_id, None)

    def put(self, tracker: StoredTracker) -> None:
        """Keep a tracker that is in the store as it is."""
        self.forget(tracker.sender_id)
        self._kept[tracker.sender_id] = tracker
        self._events += len(tracker.events)
        longest = self._longest_with(tracker)
        room = self._most_events + len(self._kept[longest].events)
        for silent in list(self._kept):
            if self._events <= room:
                break
            if silent != longest:
                self.forget(silent)

    def _longest_with(self, newest: StoredTracker) -> str:
        """The longest conversation; all are looked through only where the longest was taken."""
        if self._longest is None:
            self._longest = max(self._kept, key=lambda name: len(self._kept[name].events))
        elif len(newest.events) > len(self._kept[self._longest].events):
            self._longest = newest.sender_id
        return self._longest
