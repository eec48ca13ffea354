"""Parts are worked on by several threads; what they give stands in the parts' order."""

from __future__ import annotations

import pytest

from bot.nlu.side_by_side import side_by_side


def test_results_stand_in_the_order_of_the_parts() -> None:
    assert side_by_side(lambda part: part * 2, range(20)) == [part * 2 for part in range(20)]


def test_fault_of_a_part_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda part: 1 // part, [1, 0, 1])
