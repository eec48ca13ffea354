"""The report's two plots, as PNG in base64, so that the page is one file."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.evaluation.figures import Judged

BINS = 10
FEWEST = 5  # messages in a bin worth a point


def reliability(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """(mean share of the first label, how often it was right, messages) a bin of shares."""
    shares = np.array([one.ranking[0][1] for one in judged])
    right = np.array([one.top1 for one in judged])
    bins = np.minimum((shares * BINS).astype(int), BINS - 1)
    return [
        (float(shares[bins == n].mean()), float(right[bins == n].mean()), int((bins == n).sum()))
        for n in range(BINS)
        if (bins == n).any()
    ]


def calibration_error(judged: Sequence[Judged]) -> float:
    """How far the shares are from the truth on average (expected calibration error)."""
    points = reliability(judged)
    return sum(abs(share - right) * n for share, right, n in points) / max(len(judged), 1)


def reliability_plot(sets: Mapping[str, Sequence[Judged]]) -> str:
    """One line a set of messages; on the diagonal, shares mean what they say."""
    figure, axes = _new(5.2, 4.6)
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=1, linestyle="--")
    for name, judged in sets.items():
        points = [point for point in reliability(judged) if point[2] >= FEWEST]
        axes.plot([p[0] for p in points], [p[1] for p in points], marker="o", label=name)
    axes.set_xlabel("share given to the first label")
    axes.set_ylabel("how often it was right")
    axes.legend()
    return _png(figure)


def recall_plot(judged: Sequence[Judged]) -> str:
    """How often each entry's messages were understood first time."""
    labels = sorted({one.message.label for one in judged}, reverse=True)
    recalls = []
    for label in labels:
        own = [one.top1 for one in judged if one.message.label == label]
        recalls.append(sum(own) / len(own))
    figure, axes = _new(7, 0.22 * len(labels) + 1)
    axes.barh(labels, recalls, color="#00549f")
    axes.set_xlim(0, 1)
    axes.set_xlabel("understood at once")
    axes.tick_params(labelsize=8)
    return _png(figure)


def _new(width: float, height: float) -> tuple[Any, Any]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # slow, and only for the report
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=110)
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def _png(figure: Any) -> str:
    figure.tight_layout()
    buffer = BytesIO()
    figure.savefig(buffer, format="png")
    return base64.b64encode(buffer.getvalue()).decode()
