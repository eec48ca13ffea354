"""From scores to probabilities that mean what they say: of messages at 0.8, eight in ten are right.

A softmax regression over all scores (it learns which neighbours are taken for each other) and the
scores themselves, multiplied with each other, then one temperature. All is fitted on leave-one-out
scores, cross-fitted, so that no example vouches for itself; the temperature only on examples that
the sentence encoder has not learned either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.nlu.recipe import DEPLOYED, Recipe

if TYPE_CHECKING:
    from collections.abc import Callable

SCORE_SCALE = 5.0
SCORE_TEMPERATURE = 0.07
STRENGTH = 0.3  # of the examples against the penalty on the regression's weights
PARTS = 3  # of the cross-fit
REMEMBERED = 20  # steps that L-BFGS remembers: with its usual ten it takes a third more of them
ENOUGH = 1e9  # it stops where a step gains less than this times the precision of a float
WITHOUT = np.empty((0, 0))
TEMPERATURES = np.arange(0.5, 2.55, 0.05)
FEWEST_JUDGES = 200  # fewer examples cannot tell how sure to be
UNJUDGED_TEMPERATURE = 1.3  # then: what was found on a fold that an encoder had not learned


@dataclass(frozen=True)
class Calibration:
    """The regression's weights (labels + 1, labels; empty: without) and the last temperature."""

    weights: np.ndarray
    temperature: float

    def shares(self, scores: np.ndarray) -> np.ndarray:
        """Probabilities of one message or many (last axis: labels); they add up to 1."""
        return softmax(_blend(scores, self.weights) / self.temperature)


def fit(
    scores: np.ndarray, targets: np.ndarray, judges: np.ndarray, recipe: Recipe = DEPLOYED
) -> tuple[Calibration, np.ndarray]:
    """Calibrate; also gives the examples' own cross-fitted probabilities.

    `judges` marks the examples whose scores are as a visitor's would be: the temperature makes
    their probabilities as likely as can be.
    """
    part = np.arange(len(targets)) % PARTS
    blended = _blend(scores, WITHOUT)
    for held in range(PARTS if recipe.regression else 0):
        weights = _regression(scores[part != held], targets[part != held])
        blended[part == held] = _blend(scores[part == held], weights)
    temperature = UNJUDGED_TEMPERATURE
    if judges.sum() >= FEWEST_JUDGES or judges.all():
        temperature = _best_temperature(blended[judges], targets[judges])
    final = _regression(scores, targets) if recipe.regression else WITHOUT
    return Calibration(final, temperature), softmax(blended / temperature)


def _best_temperature(blended: np.ndarray, targets: np.ndarray) -> float:
    def surprise(temperature: float) -> float:
        given = softmax(blended / temperature)[np.arange(len(targets)), targets]
        return float(-np.log(given + 1e-12).mean())

    return round(float(min(TEMPERATURES, key=surprise)), 2)


def softmax(values: np.ndarray) -> np.ndarray:
    """Along the last axis, safe against large values."""
    exponents = np.exp(values - values.max(axis=-1, keepdims=True))
    exponents /= exponents.sum(axis=-1, keepdims=True)
    return np.asarray(exponents)


def _blend(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The logarithm (up to a constant) of the two opinions' geometric mean."""
    plain = np.log(softmax(scores / SCORE_TEMPERATURE) + 1e-12)
    if not weights.size:
        return np.asarray(plain, dtype=np.float64)
    regressed = np.log(softmax(scores * SCORE_SCALE @ weights[:-1] + weights[-1]) + 1e-12)
    return np.asarray((regressed + plain) / 2)


def _regression(scores: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Multinomial logistic regression, by L-BFGS from zero: the same data give the same weights.

    Computed in single precision: half the time, and no share moves by more than a thousandth.
    """
    count, labels = scores.shape
    features = np.hstack([scores * SCORE_SCALE, np.ones((count, 1))]).astype(np.float32)
    own = (np.arange(count), targets)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(labels + 1, labels)
        shares = softmax(features @ weights.astype(np.float32))
        surprise = -np.log(shares[own] + 1e-12).sum(dtype=np.float64)
        shares[own] -= 1  # now their distance from what was wanted
        penalised = weights.copy()
        penalised[-1] = 0
        gradient = STRENGTH * (features.T @ shares) + penalised
        return STRENGTH * surprise + (penalised**2).sum() / 2, gradient.ravel()

    return _minimised(loss, (labels + 1) * labels).reshape(labels + 1, labels)


def _minimised(loss: Callable[[np.ndarray], tuple[float, np.ndarray]], size: int) -> np.ndarray:
    # Only learning needs it: the server does without scipy.
    from scipy.optimize import fmin_l_bfgs_b

    found = fmin_l_bfgs_b(loss, np.zeros(size), m=REMEMBERED, factr=ENOUGH, maxiter=100)
    return np.asarray(found[0])
