"""Half a kernel, in blocks, is the whole one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.nlu import kernel_matrix
from bot.nlu.kernel_matrix import KernelMatrix

COUNT = 23
RANDOM = np.random.default_rng(1)
ROWS = RANDOM.random((COUNT, 9)).astype(np.float32)
ANCHORS = RANDOM.normal(size=(COUNT, 5)).astype(np.float32)
ANCHORS /= np.linalg.norm(ANCHORS, axis=1, keepdims=True)
WHOLE = ROWS @ ROWS.T + 3 * np.exp(2 * (ANCHORS @ ANCHORS.T - 1))


@pytest.fixture(params=[4, 23, 512])
def matrix(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> KernelMatrix:
    monkeypatch.setattr(kernel_matrix, "BLOCK", request.param)
    return KernelMatrix.of(csr_matrix(ROWS), ANCHORS, (3.0, 2.0))


def test_products_are_those_of_the_whole(matrix: KernelMatrix) -> None:
    columns = RANDOM.normal(size=(COUNT, 3)).astype(np.float32)

    np.testing.assert_allclose(matrix.times(columns), WHOLE @ columns, rtol=1e-4, atol=1e-4)


def test_chosen_columns_are_those_of_the_whole(matrix: KernelMatrix) -> None:
    places = np.array([0, 3, 4, 5, 17, 22])

    np.testing.assert_allclose(matrix.columns(places), WHOLE[:, places], rtol=1e-5)


def test_what_is_added_to_the_diagonal_stands_there_and_nowhere_else(matrix: KernelMatrix) -> None:
    added = np.arange(COUNT, dtype=np.float32)

    matrix.add_to_diagonal(added)

    expected = WHOLE + np.diag(added)
    np.testing.assert_allclose(matrix.diagonal(), expected.diagonal(), rtol=1e-5)
    np.testing.assert_allclose(matrix.columns(np.arange(COUNT)), expected, rtol=1e-5)


def test_lower_triangle_is_that_of_the_whole_and_takes_the_blocks(matrix: KernelMatrix) -> None:
    lower = matrix.into_lower_triangle()

    np.testing.assert_allclose(np.tril(lower), np.tril(WHOLE), rtol=1e-5)
    assert matrix.blocks == []
