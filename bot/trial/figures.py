"""Figures of how long things took."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent of the values do not exceed.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("There are no values, so no percentile of them.")
    ordered = sorted(values)
    place = round(percent / 100 * (len(ordered) - 1))
    return ordered[place]
