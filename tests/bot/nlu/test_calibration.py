"""Calibrated shares add up to 1, keep what the scores know, and are as sure as they are right."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu import calibration
from bot.nlu.recipe import Recipe

LABELS = 4
RANDOM = np.random.default_rng(3)
TARGETS = RANDOM.integers(0, LABELS, 2000)
SCORES = 0.25 * np.eye(LABELS)[TARGETS] + RANDOM.normal(0, 0.15, (2000, LABELS))


def test_shares_add_up_to_one() -> None:
    fitted, own = calibration.fit(SCORES, TARGETS)

    np.testing.assert_allclose(fitted.shares(SCORES).sum(axis=1), 1)
    np.testing.assert_allclose(own.sum(axis=1), 1)


def test_share_of_the_first_label_is_how_often_it_is_right() -> None:
    _, own = calibration.fit(SCORES, TARGETS)

    right = (own.argmax(axis=1) == TARGETS).mean()

    assert own.max(axis=1).mean() == pytest.approx(right, abs=0.03)


def test_uncalibrated_scores_would_not_be() -> None:
    plain = calibration.softmax(SCORES / calibration.SCORE_TEMPERATURE)

    right = (plain.argmax(axis=1) == TARGETS).mean()

    assert plain.max(axis=1).mean() - right > 0.03


def test_one_message_has_the_shares_of_its_row() -> None:
    fitted, _ = calibration.fit(SCORES, TARGETS)

    np.testing.assert_allclose(fitted.shares(SCORES[5]), fitted.shares(SCORES)[5])


def test_without_regression_the_order_of_the_scores_stays() -> None:
    fitted, own = calibration.fit(SCORES, TARGETS, Recipe(regression=False))

    assert fitted.weights.size == 0
    np.testing.assert_array_equal(own.argmax(axis=1), SCORES.argmax(axis=1))
