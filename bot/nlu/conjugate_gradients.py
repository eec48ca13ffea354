"""Mends a nearly right solution of A X = B for a large symmetric positive definite A.

First where it is farthest off, solved exactly by itself; then all of it by conjugate gradients,
each column on its own path and all in one product a step (Hestenes and Stiefel, 1952), with a
Nystroem approximation of A as preconditioner (Frangella, Tropp and Udell, "Randomized Nystroem
preconditioning", 2021). Both are made of the same columns of A, the landmarks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bot.nlu.kernel_matrix import KernelMatrix

LANDMARKS = 1000
# So many landmarks are where the solution is farthest off, chosen in rounds; the others are chance.
FARTHEST = (20, 200, 700)
MOST_STEPS = 25  # more of them take longer than to solve it all anew
ONCE_BEGUN = 0.5  # of the tolerance: what is mended now need not be again at the next change
JITTER = 1e-3  # keeps the landmarks' own part invertible where two examples say the same


def mended(
    matrix: KernelMatrix,
    ridge: np.ndarray,
    wanted: np.ndarray,
    nearly: np.ndarray,
    tolerance: np.ndarray,
) -> np.ndarray | None:
    """The solution, of the shape (examples, columns) like `wanted` and `nearly`.

    `ridge` (examples,) is what was added to the matrix's diagonal to make A. No value of the
    residual B - A X is larger than its column's `tolerance` (columns,). None where that is not
    reached: `nearly` was no near solution, or holds what is no number.
    """
    residual = wanted - matrix.times(nearly)
    landmarks = _landmarks(matrix, residual)
    columns = matrix.columns(landmarks)
    change = _solved(_factor(columns[landmarks]), residual[landmarks])
    solution = nearly.copy()
    solution[landmarks] += change
    residual -= columns @ change
    if not np.linalg.norm(residual) < np.linalg.norm(wanted):  # so for what is no number, too
        return None
    active = np.flatnonzero(_largest(residual) > tolerance)
    if not active.size:
        return solution
    columns[landmarks, np.arange(len(landmarks))] -= ridge[landmarks]
    preconditioner = _Preconditioner(matrix.diagonal(), landmarks, columns)
    residual = residual[:, active]
    step = conditioned = preconditioner.solved(residual)
    strength = _products(residual, conditioned)
    for _ in range(MOST_STEPS):
        onward = matrix.times(step)
        length = strength / _products(step, onward)
        solution[:, active] += length * step
        residual -= length * onward
        going_on = _largest(residual) > ONCE_BEGUN * tolerance[active]
        if not going_on.any():
            return solution
        active, strength = active[going_on], strength[going_on]
        residual, step = residual[:, going_on], step[:, going_on]
        conditioned = preconditioner.solved(residual)
        before, strength = strength, _products(residual, conditioned)
        step = conditioned + (strength / before) * step
    return None


class _Preconditioner:
    """The inverse of L L' + D, which are nearly A.

    L L' is made of columns without the ridge, and D is what A's diagonal has more than it: at
    least the ridge.
    """

    def __init__(self, diagonal: np.ndarray, landmarks: np.ndarray, columns: np.ndarray) -> None:
        # Only learning solves anything: the server does without scipy.
        from scipy.linalg import blas

        own = columns[landmarks].astype(np.float64)
        own[np.diag_indices_from(own)] += JITTER
        root = np.linalg.cholesky(own).astype(np.float32)
        low = blas.strsm(1.0, root, columns.T, lower=1).T
        lacking = diagonal - np.einsum("ij,ij->i", low, low)
        self._scale = (1 / np.sqrt(lacking))[:, np.newaxis]
        self._low = low * self._scale
        inner = self._low.T @ self._low
        inner[np.diag_indices_from(inner)] += 1
        self._inner = _factor(inner)

    def solved(self, columns: np.ndarray) -> np.ndarray:
        scaled = columns * self._scale
        scaled -= self._low @ _solved(self._inner, self._low.T @ scaled)
        return np.asarray(scaled * self._scale)


def _landmarks(matrix: KernelMatrix, residual: np.ndarray) -> np.ndarray:
    """The numbers of the examples that are farthest off and of others by chance, ascending.

    Each round asks what would be farthest off if those of the rounds before it were solved: a new
    example is, and then those that it is near to, which are as they should be without it.
    """
    left, found = residual, np.empty(0, dtype=np.intp)
    for count in FARTHEST:
        if found.size:
            columns = matrix.columns(found)
            left = residual - columns @ _solved(_factor(columns[found]), residual[found])
        distances = np.linalg.norm(left, axis=1)
        distances[found] = np.inf
        order = np.argsort(-distances, kind="stable")
        found = np.sort(order[:count])
    others = np.random.default_rng(0).permutation(order[count:])
    return np.sort(np.concatenate([found, others[: LANDMARKS - count]]))


def _factor(matrix: np.ndarray) -> np.ndarray:
    from scipy.linalg import lapack

    return np.asarray(lapack.spotrf(matrix, lower=1)[0])


def _solved(factor: np.ndarray, columns: np.ndarray) -> np.ndarray:
    from scipy.linalg import lapack

    return np.asarray(lapack.spotrs(factor, columns, lower=1)[0])


def _largest(columns: np.ndarray) -> np.ndarray:
    return np.asarray(np.abs(columns).max(axis=0))


def _products(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.asarray(np.einsum("ij,ij->j", first, second))
