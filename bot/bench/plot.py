"""The figures as a picture: what was reached of what is wanted, and the spread of the times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.bench.figures import GOALS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.bench.figures import Figures

_REACHED: Final = "#2f7d4f"
_MISSED: Final = "#b3372f"


def write_plot(figures: Figures, times: Sequence[float], path: Path) -> None:
    """Write a PNG: a bar for each figure, in shares of its goal; and all times of a visitor."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # slow, and only for this
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 4.5), dpi=110)
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    named = [name for name, goal in GOALS.items() if goal.wanted and name in figures]
    shares = [figures[name] / (GOALS[name].wanted or 1) for name in named]
    colours = [_REACHED if GOALS[name].reached(figures[name]) else _MISSED for name in named]
    left.barh([GOALS[name].words for name in named][::-1], shares[::-1], color=colours[::-1])
    left.axvline(1, color="#333333", linestyle="--", linewidth=1)
    left.set_xlabel("share of the goal")
    right.hist(times, bins=40, color="#00549f")
    right.set_xlabel("milliseconds to an answer, one visitor")
    right.set_ylabel("messages")
    figure.tight_layout()
    figure.savefig(path)
