"""The ridge regression is solved exactly, and its leave-one-out scores are what they say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.nlu import kernel_ridge
from bot.nlu.kernel_ridge import LABEL_TOLERANCE, Start

RANDOM = np.random.default_rng(5)
TARGETS = np.arange(60) % 3
VECTORS = RANDOM.normal(size=(60, 384)).astype(np.float32) + 4 * np.eye(3, 384)[TARGETS].astype(
    np.float32
)
ROWS = csr_matrix(np.eye(3, 5)[TARGETS].astype(np.float32))
START = Start(RANDOM.choice([-1, 1], size=(60, 128)).astype(np.float32))


def test_batch_scores_equal_single_scores() -> None:
    model, _, _ = kernel_ridge.fit(ROWS, VECTORS, TARGETS, START)

    batch = model.batch_scores(ROWS[:4], VECTORS[:4])

    for place in range(4):
        row = (ROWS[place].indices, ROWS[place].data)
        single = model.lexical_scores(row) + model.meaning_scores(VECTORS[place])
        np.testing.assert_allclose(single, batch[place], atol=1e-4)


def test_left_out_scores_are_those_of_a_model_without_the_example() -> None:
    _, left_out, _ = kernel_ridge.fit(ROWS, VECTORS, TARGETS, START)
    others = np.arange(60) != 7
    start = Start(START.signs[others])
    without, _, _ = kernel_ridge.fit(ROWS[others], VECTORS[others], TARGETS[others], start)

    alone = without.batch_scores(ROWS[7], VECTORS[7:8])[0]

    np.testing.assert_allclose(left_out[7], alone, atol=0.08)  # the diagonal is an estimate


def test_examples_are_learned() -> None:
    model, _, _ = kernel_ridge.fit(ROWS, VECTORS, TARGETS, START)

    np.testing.assert_array_equal(model.batch_scores(ROWS, VECTORS).argmax(axis=1), TARGETS)


def test_same_data_give_the_same_model() -> None:
    first, scores, _ = kernel_ridge.fit(ROWS, VECTORS, TARGETS, START)
    second, again, _ = kernel_ridge.fit(ROWS, VECTORS, TARGETS, START)

    np.testing.assert_array_equal(
        first.batch_scores(ROWS, VECTORS), second.batch_scores(ROWS, VECTORS)
    )
    np.testing.assert_array_equal(scores, again)


def test_vector_without_a_number_is_named() -> None:
    broken = VECTORS.copy()
    broken[3, 3] = np.nan

    with pytest.raises(ValueError, match=r"no number.*Remove \.cache/"):
        kernel_ridge.fit(ROWS, broken, TARGETS, START)


def test_centred_vectors_have_length_one_and_a_zero_stays_zero() -> None:
    mean = VECTORS.mean(axis=0)

    found = kernel_ridge.centred(np.stack([VECTORS[0], mean]), mean)

    assert np.linalg.norm(found[0]) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(found[1]) == 0


def test_mended_solution_is_that_from_nothing() -> None:
    cold, scores, solution = kernel_ridge.fit(ROWS, VECTORS, TARGETS, START)
    nearly = solution.copy()
    nearly[7] = 0  # a new example

    warm, mended, again = kernel_ridge.fit(ROWS, VECTORS, TARGETS, Start(START.signs, nearly))

    np.testing.assert_allclose(again, solution, atol=LABEL_TOLERANCE)
    np.testing.assert_allclose(
        warm.batch_scores(ROWS, VECTORS), cold.batch_scores(ROWS, VECTORS), atol=LABEL_TOLERANCE
    )
    np.testing.assert_allclose(mended, scores, atol=LABEL_TOLERANCE)


def test_damaged_start_changes_nothing() -> None:
    cold, scores, solution = kernel_ridge.fit(ROWS, VECTORS, TARGETS, START)
    damaged = np.full_like(solution, np.nan)

    found, again, _ = kernel_ridge.fit(ROWS, VECTORS, TARGETS, Start(START.signs, damaged))

    np.testing.assert_array_equal(
        found.batch_scores(ROWS, VECTORS), cold.batch_scores(ROWS, VECTORS)
    )
    np.testing.assert_array_equal(again, scores)
