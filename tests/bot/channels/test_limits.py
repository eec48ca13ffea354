from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.channels.errors import ChatError
from bot.channels.limits import VISITORS_PER_ADDRESS, Limits, MovingWindow
from bot.settings import Settings


@dataclass
class Watch:
    """A clock that a test moves."""

    now: float = 1000.0

    def __call__(self) -> float:
        """The seconds it shows."""
        return self.now


def _hit(window: MovingWindow, key: str = "a") -> float:
    wait = window.wait(key)
    if not wait:
        window.count(key)
    return wait


def test_window_lets_in_up_to_its_limit() -> None:
    watch = Watch()
    window = MovingWindow(3, 60, watch)

    waits = []
    for second in (0, 10, 20, 30):
        watch.now = 1000.0 + second
        waits.append(_hit(window))

    assert waits == [0.0, 0.0, 0.0, 30.0]


def test_window_counts_each_key_apart() -> None:
    window = MovingWindow(1, 60, Watch())

    assert [_hit(window, key) for key in ("a", "b", "a")] == [0.0, 0.0, 60.0]


def test_window_moves_with_the_clock() -> None:
    watch = Watch()
    window = MovingWindow(2, 60, watch)
    _hit(window)
    watch.now += 40
    _hit(window)

    watch.now += 20  # the first is exactly 60 seconds old

    assert _hit(window) == 0.0
    assert _hit(window) == 40.0


def test_window_does_not_count_what_it_refuses() -> None:
    watch = Watch()
    window = MovingWindow(1, 60, watch)
    _hit(window)
    for _ in range(10):
        watch.now += 5
        _hit(window)

    watch.now += 10

    assert window.wait("a") == 0.0


def test_window_forgets_keys_of_long_ago() -> None:
    watch = Watch()
    window = MovingWindow(1, 60, watch)
    for number in range(100):
        _hit(window, str(number))

    watch.now += 61
    _hit(window, "now")

    assert list(window._moments) == ["now"]


def test_limits_refuse_with_the_seconds_to_wait() -> None:
    watch = Watch()
    limits = Limits(Settings(messages_per_minute=2), watch)
    limits.message("visit", "192.0.2.1")
    watch.now += 0.5
    limits.message("visit", "192.0.2.1")

    with pytest.raises(ChatError) as refused:
        limits.message("visit", "192.0.2.1")

    assert (refused.value.code, refused.value.retry_after) == ("too_many", 60)
    limits.message("another visit", "192.0.2.1")


def test_limits_count_all_visits_of_an_address() -> None:
    limits = Limits(Settings(messages_per_minute=1), Watch())
    for number in range(VISITORS_PER_ADDRESS):
        limits.message(f"visit {number}", "192.0.2.1")

    with pytest.raises(ChatError) as refused:
        limits.message("one more", "192.0.2.1")

    assert refused.value.code == "too_many"
    limits.message("one more", "192.0.2.2")


def test_limits_count_new_visits_an_hour() -> None:
    watch = Watch()
    limits = Limits(Settings(sessions_per_hour=2), watch)
    limits.session("192.0.2.1")
    limits.session("192.0.2.1")

    with pytest.raises(ChatError) as refused:
        limits.session("192.0.2.1")

    assert (refused.value.code, refused.value.retry_after) == ("too_many", 3600)
    watch.now += 3600
    limits.session("192.0.2.1")
