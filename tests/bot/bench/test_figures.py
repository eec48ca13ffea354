"""The figures are told with what they must reach, and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.bench.figures import GOALS, Goal, told
from bot.bench.plot import write_plot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("goal", "value", "reached"),
    [
        (Goal("ms", 10), 10, True),
        (Goal("ms", 10), 10.1, False),
        (Goal("a second", 120, at_least=True), 120, True),
        (Goal("a second", 120, at_least=True), 119.9, False),
        (Goal("load"), 99, True),
        (Goal("errors", 0), 1, False),
    ],
)
def test_goal_is_reached(goal: Goal, value: float, reached: bool) -> None:  # noqa: FBT001
    assert goal.reached(value) is reached


def test_told_in_the_order_of_the_goals_with_what_was_missed() -> None:
    lines = told({"errors": 0, "alone_p50": 12.5, "together_per_second": 130.0})

    assert [" ".join(line.split()) for line in lines] == [
        "one visitor, p50, ms 12.5 (at most 10: MISSED)",
        "16 visitors, messages a second 130 (at least 120: reached)",
        "errors 0 (at most 0: reached)",
    ]


def test_large_figures_are_told_in_full() -> None:
    assert "100,000" in told({"stored_conversations": 100_000})[0]


def test_picture_is_written(tmp_path: Path) -> None:
    path = tmp_path / "bench.png"

    write_plot(dict.fromkeys(GOALS, 1.0), [5.0, 6.0, 20.0], path)

    assert path.read_bytes().startswith(b"\x89PNG")
