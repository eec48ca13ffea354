"""The learner: ridge regression on label indicators, in the kernel of words, letters and meaning.

Chosen for what it gives at once: it has one solution (no epochs, no seeds that matter), it learns
from the sentence vectors and the lexical features together instead of averaging two classifiers,
and it tells what it would have said of each example had it not seen it (leave-one-out), so that
the calibration costs no second training.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.nlu.conjugate_gradients import mended
from bot.nlu.kernel_matrix import KernelMatrix
from bot.nlu.meaning_kernel import MeaningKernel, meaning_file
from bot.nlu.recipe import DEPLOYED, Recipe

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# How far from an example's target (0 or 1) the equations may leave its score, where an earlier
# solution is mended: no visitor's share moves by more than 0.003.
LABEL_TOLERANCE = 2e-3
PROBE_TOLERANCE = 0.05  # what the signs only estimate is some 4 % off whatever is done


@dataclass(frozen=True)
class KernelRidge:
    """What is needed to score a message; the lexical part is folded into one weight a column."""

    mean: np.ndarray  # (384,)
    weights: np.ndarray  # (columns, labels)
    meaning: MeaningKernel

    def lexical_scores(self, row: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
        """What one message's words and letters add to its score for each label."""
        columns, values = row
        return np.asarray(values @ self.weights[columns])

    def meaning_scores(self, vector: np.ndarray) -> np.ndarray:
        """What one message's vector adds: about 1 in all for a sure label, 0 for the others."""
        return np.asarray(self.meaning.scores(centred(vector[np.newaxis, :], self.mean))[0])

    def batch_scores(self, rows: csr_matrix, vectors: np.ndarray) -> np.ndarray:
        """The same for many messages, shape (messages, labels)."""
        return np.asarray(rows @ self.weights + self.meaning.scores(centred(vectors, self.mean)))


@dataclass(frozen=True)
class Start:
    """Where solving begins, so that the next training can begin where this one ends."""

    signs: np.ndarray  # (examples, probes), 1 or -1
    nearly: np.ndarray | None = None  # an earlier solution (examples, labels + probes)


def fit(
    rows: csr_matrix,
    vectors: np.ndarray,
    targets: np.ndarray,
    start: Start,
    recipe: Recipe = DEPLOYED,
) -> tuple[KernelRidge, np.ndarray, np.ndarray]:
    """Learn `targets` (label numbers).

    Also gives the leave-one-out scores of the examples, and the solution for the next start.
    """
    if not np.isfinite(vectors).all():
        raise ValueError(
            "A sentence vector of an example holds a value that is no number: the kept vectors "
            "are damaged. Remove .cache/ and train again."
        )
    mean = vectors.mean(axis=0)
    anchors = centred(vectors, mean)
    frequency = np.bincount(targets)
    emphasis = (frequency.mean() / frequency[targets]) ** recipe.rare_labels
    indicators = np.eye(len(frequency), dtype=np.float32)[targets]
    meaning = (recipe.meaning_weight, recipe.meaning_reach)
    kernel = KernelMatrix.of(rows, anchors, meaning)
    solution = _solution(kernel, (recipe.penalty / emphasis).astype(np.float32), indicators, start)
    duals = np.ascontiguousarray(solution[:, : len(frequency)])
    # The diagonal of the inverse, estimated with the signs (some 4 % off, ten times faster).
    diagonal = (start.signs * solution[:, len(frequency) :]).mean(axis=1)
    left_out = indicators - duals / diagonal[:, np.newaxis]
    weights = np.asarray(rows.T @ duals, dtype=np.float32)
    compared = MeaningKernel(meaning_file(anchors, duals, *meaning))
    return KernelRidge(mean, weights, compared), left_out, solution


def _solution(
    kernel: KernelMatrix, ridge: np.ndarray, indicators: np.ndarray, start: Start
) -> np.ndarray:
    """Of the kernel with the ridge on its diagonal, for the indicators and the signs.

    Mended where an earlier solution is near, otherwise by Cholesky's factors: from nothing the
    conjugate gradients take four times as long as those, and mending a quarter as long.
    """
    kernel.add_to_diagonal(ridge)
    wanted = np.hstack([indicators, start.signs])
    if start.nearly is not None:
        tolerance = np.full(wanted.shape[1], PROBE_TOLERANCE, dtype=np.float32)
        tolerance[: indicators.shape[1]] = LABEL_TOLERANCE
        found = mended(kernel, ridge, wanted, start.nearly, tolerance)
        if found is not None:
            return found
    # Only learning solves anything: the server does without scipy.
    from scipy.linalg import lapack

    factor, _ = lapack.spotrf(kernel.into_lower_triangle(), lower=1, overwrite_a=1, clean=0)
    return np.asarray(lapack.spotrs(factor, wanted, lower=1)[0])


def centred(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Subtract the examples' mean, length 1: raw cosines of such encoders lie in 0.75-0.95."""
    shifted = vectors - mean
    lengths = np.linalg.norm(shifted, axis=1, keepdims=True)
    return np.asarray(shifted / np.maximum(lengths, 1e-9), dtype=np.float32)
