"""When a mail is tried again: bot/mail/retry.py."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.mail.retry import RetryPlan

PLAN = RetryPlan()


@pytest.mark.parametrize(
    ("attempts", "minutes"),
    [(1, 1), (2, 2), (3, 4), (8, 128), (9, 240), (10, 240), (31, 240)],
)
def test_wait_doubles_up_to_the_longest(attempts: int, minutes: int) -> None:
    assert PLAN.wait(attempts, jitter=0.5) == timedelta(minutes=minutes)


@pytest.mark.parametrize("attempts", [32, 33, 5_000])
def test_wait_gives_up(attempts: int) -> None:
    assert PLAN.wait(attempts, jitter=0.5) is None


def test_wait_of_a_plan_without_an_end_overflows_nowhere() -> None:
    assert RetryPlan(attempts=10_000).wait(9_999, jitter=0.5) == timedelta(hours=4)


@pytest.mark.parametrize(("jitter", "seconds"), [(0.0, 48), (0.25, 54), (0.75, 66), (1.0, 72)])
def test_wait_is_spread_by_the_jitter(jitter: float, seconds: int) -> None:
    assert PLAN.wait(1, jitter) == timedelta(seconds=seconds)
