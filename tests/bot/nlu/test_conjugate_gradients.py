"""A nearly right solution becomes numpy's exact one; where nothing is near, that is told."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.nlu import conjugate_gradients
from bot.nlu.conjugate_gradients import mended
from bot.nlu.kernel_matrix import KernelMatrix

COUNT = 300
RANDOM = np.random.default_rng(2)
POINTS = RANDOM.normal(size=(COUNT, 6)).astype(np.float32)
POINTS /= np.linalg.norm(POINTS, axis=1, keepdims=True)
RIDGE = RANDOM.uniform(0.2, 0.5, COUNT).astype(np.float32)
WHOLE = 3 * np.exp(2 * (POINTS @ POINTS.T - 1)) + np.diag(RIDGE)
WANTED = np.eye(4, dtype=np.float32)[POINTS[:, :4].argmax(axis=1)]
EXACT = np.linalg.solve(WHOLE, WANTED)
TOLERANCE = np.full(4, 1e-3, dtype=np.float32)


@pytest.fixture
def matrix(monkeypatch: pytest.MonkeyPatch) -> KernelMatrix:
    # Fewer landmarks than examples, as in earnest.
    monkeypatch.setattr(conjugate_gradients, "LANDMARKS", 60)
    monkeypatch.setattr(conjugate_gradients, "FARTHEST", (4, 15, 40))
    monkeypatch.setattr(conjugate_gradients, "MOST_STEPS", 60)
    found = KernelMatrix.of(csr_matrix((COUNT, 1), dtype=np.float32), POINTS, (3.0, 2.0))
    found.add_to_diagonal(RIDGE)
    return found


def _residual(solution: np.ndarray | None) -> float:
    assert solution is not None
    return float(np.abs(WANTED - WHOLE @ solution).max())


def test_solution_that_lacks_examples_is_mended(matrix: KernelMatrix) -> None:
    nearly = EXACT.astype(np.float32)
    nearly[[5, 100]] = 0
    before = nearly.copy()

    found = mended(matrix, RIDGE, WANTED, nearly, TOLERANCE)

    assert _residual(before) > 0.1
    assert _residual(found) <= 2e-3
    np.testing.assert_allclose(found, EXACT, atol=0.01)
    np.testing.assert_array_equal(nearly, before)


def test_landmarks_are_a_new_example_and_those_near_to_it(
    matrix: KernelMatrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conjugate_gradients, "LANDMARKS", 21)
    monkeypatch.setattr(conjugate_gradients, "FARTHEST", (1, 21))
    old = np.delete(np.arange(COUNT), 5)
    nearly = np.zeros_like(WANTED)
    nearly[old] = np.linalg.solve(WHOLE[np.ix_(old, old)], WANTED[old])
    residual = WANTED - WHOLE @ nearly

    found = conjugate_gradients._landmarks(matrix, residual.astype(np.float32))

    assert np.abs(residual[old]).max() < 1e-4, "only the new one is off"
    assert set(found) == set(np.argsort(-WHOLE[:, 5])[:21])


def test_column_that_begins_at_nothing_is_solved(matrix: KernelMatrix) -> None:
    nearly = EXACT.astype(np.float32)
    nearly[:, 2] = 0

    assert _residual(mended(matrix, RIDGE, WANTED, nearly, TOLERANCE)) <= 2e-3


def test_exact_solution_is_kept(matrix: KernelMatrix) -> None:
    found = mended(matrix, RIDGE, WANTED, EXACT.astype(np.float32), TOLERANCE)

    np.testing.assert_allclose(found, EXACT, atol=1e-4)


def test_each_column_is_as_exact_as_it_must_be(matrix: KernelMatrix) -> None:
    nearly = EXACT.astype(np.float32) + RANDOM.normal(0, 0.01, EXACT.shape).astype(np.float32)
    tolerance = np.array([1e-3, 1e-3, 0.05, 0.05], dtype=np.float32)

    found = mended(matrix, RIDGE, WANTED, nearly, tolerance)

    assert found is not None
    residual = np.abs(WANTED - WHOLE @ found).max(axis=0)
    assert (residual <= tolerance * 1.5).all()


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e6, 50.0])
def test_nothing_is_made_of_what_is_no_near_solution(matrix: KernelMatrix, value: float) -> None:
    nearly = EXACT.astype(np.float32)
    nearly[::2] = value

    assert mended(matrix, RIDGE, WANTED, nearly, TOLERANCE) is None


def test_too_many_steps_are_not_taken(
    matrix: KernelMatrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conjugate_gradients, "MOST_STEPS", 1)
    nearly = np.zeros_like(WANTED)
    nearly[0] = EXACT[0]

    assert mended(matrix, RIDGE, WANTED, nearly, TOLERANCE * 1e-3) is None
