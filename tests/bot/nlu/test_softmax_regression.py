"""The regression finds the minimum of its loss, of dense and of sparse features."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.nlu.softmax_regression import learned, softmax

RANDOM = np.random.default_rng(4)
TARGETS = RANDOM.integers(0, 3, 400)
FEATURES = np.eye(3, 7)[TARGETS] + RANDOM.normal(0, 1, (400, 7))
STRENGTH = RANDOM.uniform(0.1, 2, 400)


@pytest.mark.parametrize("form", [np.asarray, csr_matrix])
def test_weights_are_those_of_scikit_learn(form: type) -> None:
    model = LogisticRegression(C=1.0, tol=1e-8, max_iter=1000)
    model.fit(FEATURES, TARGETS, sample_weight=STRENGTH)

    weights = learned(form(FEATURES), TARGETS, STRENGTH)

    shares = softmax(FEATURES @ weights[:-1] + weights[-1])
    np.testing.assert_allclose(shares, model.predict_proba(FEATURES), atol=1e-3)


def test_example_without_strength_is_not_learned() -> None:
    strength = np.where(TARGETS == 2, 0, STRENGTH)

    weights = learned(FEATURES, TARGETS, strength)

    assert (softmax(FEATURES @ weights[:-1] + weights[-1]).argmax(axis=1) != 2).all()


def test_softmax_of_large_values_adds_up_to_one() -> None:
    np.testing.assert_allclose(softmax(np.array([[1e6, 0.0], [3.0, 3.0]])), [[1, 0], [0.5, 0.5]])
