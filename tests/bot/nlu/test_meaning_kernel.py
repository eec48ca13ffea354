"""The comparison of meanings in 8 bits gives what the formula gives, alone and in a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.nlu.kernel_ridge import centred
from bot.nlu.meaning_kernel import MeaningKernel, meaning_file

if TYPE_CHECKING:
    from pathlib import Path

RANDOM = np.random.default_rng(3)
ORIGIN = np.zeros(384, dtype=np.float32)
ANCHORS = centred(RANDOM.normal(size=(700, 384)), ORIGIN)
DUALS = RANDOM.normal(size=(700, 5)).astype(np.float32)
MESSAGES = centred(ANCHORS[:300] + RANDOM.normal(size=(300, 384)) / 40, ORIGIN)
WEIGHT, REACH = 3.0, 2.0


@pytest.fixture(scope="module")
def kernel() -> MeaningKernel:
    return MeaningKernel(meaning_file(ANCHORS, DUALS, WEIGHT, REACH))


def exact(messages: np.ndarray) -> np.ndarray:
    return WEIGHT * np.exp(REACH * (messages @ ANCHORS.T - 1)) @ DUALS


def test_scores_are_those_of_the_formula(kernel: MeaningKernel) -> None:
    wanted = exact(MESSAGES)

    assert np.abs(kernel.scores(MESSAGES) - wanted).max() < 0.01 * wanted.std()


def test_another_reach_gives_other_scores() -> None:
    other = MeaningKernel(meaning_file(ANCHORS, DUALS, WEIGHT, REACH + 1)).scores(MESSAGES)

    assert np.abs(other - exact(MESSAGES)).max() > 0.1 * exact(MESSAGES).std()


def test_a_message_alone_gets_what_it_gets_among_others(kernel: MeaningKernel) -> None:
    together = kernel.scores(MESSAGES)  # more than are compared at once

    alone = np.vstack([kernel.scores(message[np.newaxis]) for message in MESSAGES])

    np.testing.assert_array_equal(alone, together)


def test_a_vector_of_zeros_is_equally_far_from_all(kernel: MeaningKernel) -> None:
    nothing = np.zeros((1, 384), dtype=np.float32)

    np.testing.assert_allclose(kernel.scores(nothing), exact(nothing), rtol=1e-4)


def test_saved_and_read_again_it_scores_alike(kernel: MeaningKernel, tmp_path: Path) -> None:
    kernel.save(tmp_path / "first.onnx")
    again = MeaningKernel(tmp_path / "first.onnx")
    again.save(tmp_path / "second.onnx")

    np.testing.assert_array_equal(again.scores(MESSAGES), kernel.scores(MESSAGES))
    assert (tmp_path / "first.onnx").read_bytes() == (tmp_path / "second.onnx").read_bytes()


@pytest.mark.parametrize("content", [b"", b"no file of this kind"])
def test_another_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="comparison of meanings is unreadable"):
        MeaningKernel(content)
