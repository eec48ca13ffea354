"""The learner: ridge regression on label indicators, in the kernel of words, letters and meaning.

Chosen for what it gives at once: it is solved exactly (no epochs, no seeds that matter), it learns
from the sentence vectors and the lexical features together instead of averaging two classifiers,
and it tells what it would have said of each example had it not seen it (leave-one-out), so that
the calibration costs no second training.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.nlu.meaning_kernel import MeaningKernel, meaning_file
from bot.nlu.recipe import DEPLOYED, Recipe

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BLOCK = 1024
PROBES = 128


@dataclass(frozen=True)
class KernelRidge:
    """What is needed to score a message; the lexical part is folded into one weight a column."""

    mean: np.ndarray  # (384,)
    weights: np.ndarray  # (columns, labels)
    meaning: MeaningKernel

    def scores(self, row: tuple[np.ndarray, np.ndarray], vector: np.ndarray) -> np.ndarray:
        """One message's score for each label: about 1 for a sure one, about 0 for the others."""
        columns, values = row
        near = self.meaning.scores(centred(vector[np.newaxis, :], self.mean))[0]
        return np.asarray(values @ self.weights[columns] + near)

    def batch_scores(self, rows: csr_matrix, vectors: np.ndarray) -> np.ndarray:
        """The same for many messages, shape (messages, labels)."""
        return np.asarray(rows @ self.weights + self.meaning.scores(centred(vectors, self.mean)))


def fit(
    rows: csr_matrix, vectors: np.ndarray, targets: np.ndarray, recipe: Recipe = DEPLOYED
) -> tuple[KernelRidge, np.ndarray]:
    """Learn `targets` (label numbers); also gives the leave-one-out scores of the examples."""
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
    kernel = _kernel(rows, anchors, meaning)
    kernel[np.diag_indices_from(kernel)] += (recipe.penalty / emphasis).astype(np.float32)
    # Only learning solves anything: the server does without scipy.
    from scipy.linalg import lapack

    factor, _ = lapack.spotrf(kernel, lower=1, overwrite_a=1, clean=0)
    duals, _ = lapack.spotrs(factor, indicators, lower=1)
    left_out = indicators - duals / _inverse_diagonal(factor)[:, np.newaxis]
    weights = np.asarray(rows.T @ duals, dtype=np.float32)
    compared = MeaningKernel(meaning_file(anchors, duals, *meaning))
    return KernelRidge(mean, weights, compared), left_out


def centred(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Subtract the examples' mean, length 1: raw cosines of such encoders lie in 0.75-0.95."""
    shifted = vectors - mean
    lengths = np.linalg.norm(shifted, axis=1, keepdims=True)
    return np.asarray(shifted / np.maximum(lengths, 1e-9), dtype=np.float32)


def _meaning(cosines: np.ndarray, meaning: tuple[float, float]) -> np.ndarray:
    weight, reach = meaning
    near = np.asarray(cosines - 1)
    near *= np.float32(reach)
    np.exp(near, out=near)
    near *= np.float32(weight)
    return near


def _kernel(rows: csr_matrix, anchors: np.ndarray, meaning: tuple[float, float]) -> np.ndarray:
    """The kernel's lower triangle, which is what the solver reads, in its column order."""
    count = len(anchors)
    upper = np.empty((count, count), dtype=np.float32)
    turned = rows.T.tocsr()

    def fill(start: int) -> None:
        end = min(start + BLOCK, count)
        near = _meaning(anchors[start:end] @ anchors[start:].T, meaning)
        near += (rows[start:end] @ turned[:, start:]).toarray()
        upper[start:end, start:] = near

    # What multiplies lets other threads go on.
    with ThreadPoolExecutor() as threads:
        list(threads.map(fill, range(0, count, BLOCK)))
    return upper.T


def _inverse_diagonal(factor: np.ndarray) -> np.ndarray:
    """The diagonal of the inverse, estimated with random signs (some 3 % off, ten times faster)."""
    from scipy.linalg import lapack

    signs = np.random.default_rng(0).choice([-1.0, 1.0], (len(factor), PROBES))
    solved, _ = lapack.spotrs(factor, signs.astype(np.float32), lower=1)
    return np.asarray((signs * solved).mean(axis=1))
