"""Recent conversations are kept within bounds, and only while the store says the same."""

from __future__ import annotations

from rasa.shared.core.events import UserUttered

from bot.engine.recent_trackers import RecentTrackers, StoredTracker


def _tracker(name: str, events: int, last_row: int = 1) -> StoredTracker:
    tracker = StoredTracker.from_events(name, [UserUttered("text")] * events, [])
    tracker.last_row = last_row
    return tracker


def test_a_tracker_is_handed_out_once() -> None:
    recent = RecentTrackers()
    tracker = _tracker("a", 2)
    recent.put(tracker)

    assert recent.take("a", 1) is tracker
    assert recent.take("a", 1) is None


def test_a_tracker_is_not_handed_out_when_the_store_went_on_or_forgot() -> None:
    recent = RecentTrackers()
    for row in (2, None):
        recent.put(_tracker("a", 2))

        assert recent.take("a", row) is None
    assert len(recent) == 0


def test_another_conversation_is_not_handed_out() -> None:
    recent = RecentTrackers()
    recent.put(_tracker("a", 2))

    assert recent.take("b", 1) is None


def test_the_conversation_that_was_silent_longest_goes_first() -> None:
    recent = RecentTrackers(most_events=10)
    for name in ("a", "b", "a", "c"):
        recent.put(_tracker(name, 4))

    assert [recent.take(name, 1) is not None for name in "abc"] == [True, False, True]


def test_a_conversation_that_fills_all_the_room_is_kept_alone() -> None:
    recent = RecentTrackers(most_events=10)
    for name, events in (("a", 4), ("b", 50)):
        recent.put(_tracker(name, events))

    assert [recent.take(name, 1) is not None for name in "ab"] == [False, True]


def test_room_is_given_back() -> None:
    recent = RecentTrackers(most_events=10)
    recent.put(_tracker("a", 8))
    recent.take("a", 1)
    for name in ("b", "c"):
        recent.put(_tracker(name, 5))

    assert [recent.take(name, 1) is not None for name in "bc"] == [True, True]
