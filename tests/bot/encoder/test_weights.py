"""The source's file is read to the number, and what is not such a file is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from bot.encoder.weights import Blocks, Shape, SourceWeights, WeightsError, installed_file
from tests.bot.encoder.tiny_model import (
    HEADS,
    INNER,
    LAYERS,
    PIECES,
    POSITIONS,
    WIDTH,
    blocks,
    tiny_file,
)


def test_header_gives_the_sizes() -> None:
    shape = SourceWeights(tiny_file(), "tiny").shape

    assert shape == Shape(WIDTH, LAYERS, HEADS, INNER, PIECES, POSITIONS, shape.epsilon)
    assert shape.epsilon == pytest.approx(1e-12)


def test_block_is_nibble_less_eight_times_scale() -> None:
    levels = list(range(16)) + list(reversed(range(16)))
    raw = np.frombuffer(blocks([0.5], levels), np.uint8)
    row = Blocks(raw[:2].view("<f2").reshape(1, 1), raw[2:].reshape(1, 1, 16))

    assert row.values().tolist() == [[(level - 8) * 0.5 for level in levels]]


def test_chosen_rows_keep_their_values() -> None:
    words = SourceWeights(tiny_file(), "tiny").blocks("emb.word", WIDTH)

    assert np.array_equal(words.rows(np.array([7, 3])).values(), words.values()[[7, 3]])


def test_vector_has_all_its_numbers() -> None:
    assert SourceWeights(tiny_file(), "tiny").vector("emb.pos").shape == (POSITIONS * WIDTH,)


def test_matrix_is_outputs_by_columns() -> None:
    assert SourceWeights(tiny_file(), "tiny").matrix("l0.fi.w", WIDTH).shape == (INNER, WIDTH)


def test_other_file_is_refused() -> None:
    with pytest.raises(WeightsError, match=r"notes\.txt starts with b'hell' where b'E5S1'"):
        SourceWeights(b"hello world", "notes.txt")


def test_file_cut_off_in_its_header_is_refused() -> None:
    with pytest.raises(WeightsError, match="tiny is cut off"):
        SourceWeights(tiny_file()[:60], "tiny")


def test_file_cut_off_in_its_tensors_is_refused() -> None:
    weights = SourceWeights(tiny_file()[:-100], "tiny")

    with pytest.raises(WeightsError, match=f"ends inside tensor l{LAYERS - 1}.oln.b"):
        weights.vector(f"l{LAYERS - 1}.oln.b")


def test_unknown_tensor_is_named() -> None:
    with pytest.raises(WeightsError, match=r"tiny holds no tensor l9\.q\.w"):
        SourceWeights(tiny_file(), "tiny").matrix("l9.q.w", WIDTH)


def test_installed_file_is_found_without_importing() -> None:
    assert installed_file("yaml", "__init__.py") == Path(str(yaml.__file__))


def test_absent_package_is_named_with_its_remedy() -> None:
    with pytest.raises(WeightsError, match=r"no_such_package is not installed.*encoder\.lock"):
        installed_file("no_such_package", "weights.bin")


def test_absent_file_of_a_package_is_named() -> None:
    with pytest.raises(WeightsError, match=r"weights\.bin is missing from the package yaml"):
        installed_file("yaml", "weights.bin")
