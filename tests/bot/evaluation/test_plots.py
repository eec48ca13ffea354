"""The reliability's points are means of what fell into them."""

from __future__ import annotations

import base64

import pytest

from bot.evaluation.plots import calibration_error, recall_plot, reliability, reliability_plot
from tests.bot.evaluation.made import judged

RIGHT = judged("greet", ["greet", "thank"], share=0.95)
WRONG = judged("thank", ["greet", "thank"], share=0.95)
DOUBTFUL = judged("greet", ["greet", "thank"], share=0.55)


def test_points() -> None:
    points = reliability([RIGHT, WRONG, RIGHT, WRONG, DOUBTFUL])

    assert points == [(pytest.approx(0.55), 1.0, 1), (pytest.approx(0.95), 0.5, 4)]


def test_error_is_the_mean_distance_from_the_truth() -> None:
    assert calibration_error([RIGHT, WRONG]) == pytest.approx(0.45)


def test_error_of_nothing_is_nothing() -> None:
    assert calibration_error([]) == 0.0


def test_plots_are_pictures() -> None:
    for picture in (reliability_plot({"own": [RIGHT] * 9}), recall_plot([RIGHT, WRONG])):
        assert base64.b64decode(picture).startswith(b"\x89PNG")
