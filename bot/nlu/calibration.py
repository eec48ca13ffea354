"""From scores to probabilities that mean what they say: of messages at 0.8, eight in ten are right.

A softmax regression over all scores (it learns which neighbours are taken for each other) and the
scores themselves, multiplied with each other, then one temperature. All is fitted on leave-one-out
scores, cross-fitted, so that no example vouches for itself. The sentence encoder has learned none
of the examples: no score flatters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.nlu import softmax_regression
from bot.nlu.recipe import DEPLOYED, Recipe
from bot.nlu.side_by_side import side_by_side
from bot.nlu.softmax_regression import softmax

SCORE_SCALE = 5.0
SCORE_TEMPERATURE = 0.07
STRENGTH = 0.3  # of the examples against the penalty on the regression's weights
PARTS = 3  # of the cross-fit
WITHOUT = np.empty((0, 0))
TEMPERATURES = np.arange(0.5, 2.55, 0.05)


@dataclass(frozen=True)
class Calibration:
    """The regression's weights (labels + 1, labels; empty: without) and the last temperature."""

    weights: np.ndarray
    temperature: float

    def shares(self, scores: np.ndarray) -> np.ndarray:
        """Probabilities of one message or many (last axis: labels); they add up to 1."""
        return softmax(_blend(scores, self.weights) / self.temperature)


def fit(
    scores: np.ndarray, targets: np.ndarray, recipe: Recipe = DEPLOYED
) -> tuple[Calibration, np.ndarray]:
    """Calibrate; also gives the examples' own cross-fitted probabilities, as likely as can be."""
    part = np.arange(len(targets)) % PARTS
    blended, final = _blend(scores, WITHOUT), WITHOUT
    if recipe.regression:
        every = np.ones(len(targets), dtype=bool)
        learners = [every, *(part != held for held in range(PARTS))]
        final, *others = side_by_side(
            lambda chosen: _regression(scores[chosen], targets[chosen]), learners
        )
        for held, weights in enumerate(others):
            blended[part == held] = _blend(scores[part == held], weights)
    temperature = _best_temperature(blended, targets)
    return Calibration(final, temperature), softmax(blended / temperature)


def _best_temperature(blended: np.ndarray, targets: np.ndarray) -> float:
    def surprise(temperature: float) -> float:
        given = softmax(blended / temperature)[np.arange(len(targets)), targets]
        return float(-np.log(given + 1e-12).mean())

    return round(float(min(TEMPERATURES, key=surprise)), 2)


def _blend(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The logarithm (up to a constant) of the two opinions' geometric mean."""
    plain = np.log(softmax(scores / SCORE_TEMPERATURE) + 1e-12)
    if not weights.size:
        return np.asarray(plain, dtype=np.float64)
    regressed = np.log(softmax(scores * SCORE_SCALE @ weights[:-1] + weights[-1]) + 1e-12)
    return np.asarray((regressed + plain) / 2)


def _regression(scores: np.ndarray, targets: np.ndarray) -> np.ndarray:
    strength = np.full(len(targets), STRENGTH)
    return softmax_regression.learned(scores * SCORE_SCALE, targets, strength)
