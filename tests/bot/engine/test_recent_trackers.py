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
    recent = RecentTrackers(most_events=8)
    for name in ("a", "b", "a", "c", "d"):
        recent.put(_tracker(name, 4))
    recent.put(_tracker("longest", 5))

    assert [recent.take(name, 1) is not None for name in "abcd"] == [False, False, True, True]


def test_the_longest_conversation_stays_beside_many_others() -> None:
    recent = RecentTrackers(most_events=8)
    recent.put(_tracker("longest", 50))
    for name in "abc":
        recent.put(_tracker(name, 4))

    assert [recent.take(name, 1) is not None for name in "abc"] == [False, True, True]
    assert recent.take("longest", 1) is not None


def test_only_one_conversation_is_kept_for_its_length() -> None:
    recent = RecentTrackers(most_events=8)
    for name in ("long", "longer", "a"):
        recent.put(_tracker(name, 40 + len(name)))

    assert len(recent) == 1
    assert recent.take("longer", 1) is not None


def test_another_one_is_the_longest_when_the_longest_is_gone() -> None:
    recent = RecentTrackers(most_events=10)
    for name, events in (("longest", 50), ("a", 6), ("b", 4)):
        recent.put(_tracker(name, events))
    recent.take("longest", 1)
    for name in "cd":
        recent.put(_tracker(name, 4))

    assert [recent.take(name, 1) is not None for name in "abcd"] == [True, False, True, True]


def test_room_is_given_back() -> None:
    recent = RecentTrackers(most_events=10)
    recent.put(_tracker("a", 8))
    recent.take("a", 1)
    for name in ("b", "c", "d"):
        recent.put(_tracker(name, 5))

    assert [recent.take(name, 1) is not None for name in "bcd"] == [True, True, True]


def test_a_copy_lives_its_own_life() -> None:
    tracker = _tracker("a", 2)
    twin = tracker.copy()
    twin.update(UserUttered("later"))

    assert (len(tracker.events), len(twin.events)) == (2, 3)
    assert tracker.latest_message != twin.latest_message
