"""Vectors of the training examples are kept between trainings, and a broken file is made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.encoder.runtime import committed_encoder
from bot.nlu.sentence_encoder import VectorCache, encode

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["tot wanneer kon je indienen", "merci", "tot wanneer kon je indienen"]


def kept_file(folder: Path) -> Path:
    return folder / f"sentence_vectors_{committed_encoder().fingerprint}.npz"


def test_vectors_are_the_encoders_own_in_the_order_of_the_texts(tmp_path: Path) -> None:
    vectors = VectorCache(tmp_path).vectors(TEXTS)

    assert np.array_equal(vectors, [encode(text) for text in TEXTS])


def test_kept_vectors_are_read_back_instead_of_computed(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path)
    cache.vectors(TEXTS)
    cache.save()
    with np.load(kept_file(tmp_path)) as stored:
        keys, marked = stored["keys"], np.full_like(stored["vectors"], 0.5)
    np.savez(kept_file(tmp_path), keys=keys, vectors=marked)

    vectors = VectorCache(tmp_path).vectors([*TEXTS, "hoi"])

    assert [float(vector[0]) for vector in vectors[:3]] == [0.5, 0.5, 0.5]
    assert np.array_equal(vectors[3], encode("hoi"))


def test_nothing_new_leaves_no_file(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path)

    cache.vectors([])
    cache.save()

    assert not kept_file(tmp_path).exists()


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_damaged_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    kept_file(tmp_path).write_bytes(content)

    vectors = VectorCache(tmp_path).vectors(["merci"])

    assert np.array_equal(vectors[0], encode("merci"))


def test_file_of_another_encoder_is_not_read(tmp_path: Path) -> None:
    np.savez(tmp_path / "sentence_vectors_other.npz", keys=["x"], vectors=np.zeros((1, 384)))

    vectors = VectorCache(tmp_path).vectors(["merci"])

    assert np.array_equal(vectors[0], encode("merci"))
