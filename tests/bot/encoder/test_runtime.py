"""The runtime gives one exact vector a message, and refuses files that are not the sealed ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.encoder.artifact import (
    ARTIFACT,
    MODEL,
    SEAL,
    TOKENIZER,
    ArtifactError,
    origin_of,
    seal,
)
from bot.encoder.runtime import MOST_PIECES, MessageEncoder

DUTCH = "Tot wanneer kon je een voorstel indienen?"
FRENCH = "Jusqu'à quand pouvait-on introduire une proposition ?"
ELSEWHERE = "De soep is te zout."


@pytest.fixture(scope="module")
def encoder() -> MessageEncoder:
    return MessageEncoder()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ARTIFACT, tmp_path / "artifact"))


def test_vector_has_its_promised_form(encoder: MessageEncoder) -> None:
    vector = encoder.encode(DUTCH)

    assert vector.shape == (384,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "read"), [(DUTCH, True), (FRENCH, True), ("", True), ("dag 这是什么", False)]
)
def test_encoder_tells_what_it_cannot_read(
    encoder: MessageEncoder, text: str, *, read: bool
) -> None:
    assert encoder.reads(text) is read


def test_batch_gives_each_message_its_single_vector(encoder: MessageEncoder) -> None:
    texts = [DUTCH, FRENCH, "ok", DUTCH + " " + FRENCH, ""]

    batch = encoder.encode_batch(texts)

    assert np.array_equal(batch, np.stack([encoder.encode(text) for text in texts]))


def test_batch_of_nothing_is_empty(encoder: MessageEncoder) -> None:
    assert encoder.encode_batch([]).shape == (0, 384)


def test_same_question_in_the_other_language_is_nearer_than_another_remark(
    encoder: MessageEncoder,
) -> None:
    dutch, french, elsewhere = encoder.encode_batch([DUTCH, FRENCH, ELSEWHERE])

    assert dutch @ french > dutch @ elsewhere


@pytest.mark.parametrize("text", ["", "   ", "\ud83d", "\x00", "مرحبا", "🙂🙂", "x" * 1_000_000])
def test_odd_text_still_has_a_vector(encoder: MessageEncoder, text: str) -> None:
    assert np.linalg.norm(encoder.encode(text)) == pytest.approx(1.0, abs=1e-5)


def test_text_beyond_the_limit_changes_nothing(encoder: MessageEncoder) -> None:
    long = "ja " * MOST_PIECES

    assert np.array_equal(encoder.encode(long + "nee"), encoder.encode(long + "soep"))


def test_text_within_the_limit_counts(encoder: MessageEncoder) -> None:
    assert not np.array_equal(encoder.encode("ja nee"), encoder.encode("ja soep"))


def test_intact_copy_loads_with_the_same_fingerprint(encoder: MessageEncoder, copied: Path) -> None:
    assert MessageEncoder(copied).fingerprint == encoder.fingerprint


@pytest.mark.parametrize("name", [MODEL, TOKENIZER, SEAL])
def test_missing_file_is_named_with_its_remedy(copied: Path, name: str) -> None:
    (copied / name).unlink()

    with pytest.raises(ArtifactError, match=rf"{name} is missing.*make encoder"):
        MessageEncoder(copied)


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
def test_changed_byte_is_noticed(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)

    with pytest.raises(ArtifactError, match=rf"{name} is damaged: its sha256 is .*make encoder"):
        MessageEncoder(copied)


@pytest.mark.parametrize("content", ["", "{}", '{"sha256": {}}', "[]"])
def test_unreadable_seal_is_named(copied: Path, content: str) -> None:
    (copied / SEAL).write_text(content, encoding="utf-8")

    with pytest.raises(ArtifactError, match=rf"{SEAL} cannot be read"):
        MessageEncoder(copied)


def test_seal_that_does_not_say_what_it_seals_was_made_from_is_named(copied: Path) -> None:
    content = json.loads((copied / SEAL).read_text(encoding="utf-8"))
    (copied / SEAL).write_text(json.dumps({"sha256": content["sha256"]}), encoding="utf-8")

    with pytest.raises(ArtifactError, match=rf"{SEAL} cannot be read \(KeyError.*make encoder"):
        origin_of(copied)


def test_sealed_file_that_is_no_model_is_refused(copied: Path) -> None:
    origin = origin_of(copied)
    (copied / MODEL).write_bytes(b"not a model")
    seal(copied, origin)

    with pytest.raises(ArtifactError, match=r"is intact, but onnxruntime .* cannot read it"):
        MessageEncoder(copied)
