"""Texts are cut into the pieces into which the tokenizers library cuts them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from bot.encoder.artifact import ARTIFACT, TOKENIZER
from bot.encoder.examples import read_examples
from bot.encoder.pieces import Pieces
from bot.evaluation.messages import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

MOST = 128
# What visitors type, and what is drawn on letters, controls them or has another plain form.
LETTERS = st.one_of(
    st.sampled_from("abcdefghijklmnopqrstuvwxyz  éèàçïëüœ'’-.,?!€%0123456789<s>/\r\n\t"),
    st.characters(min_codepoint=0x20, max_codepoint=0x36F),
    st.characters(min_codepoint=0x1E00, max_codepoint=0x218F),
    st.sampled_from("ﬁ½№㎡Ⅷ…́\u0323\u200d\ufe0f\u3000\u2581我ж🇧🇪👍🏿\u0000"),
)


@pytest.fixture(scope="module")
def ours() -> Pieces:
    return Pieces(ARTIFACT / TOKENIZER)


@pytest.fixture(scope="module")
def theirs() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(ARTIFACT / TOKENIZER))
    tokenizer.enable_truncation(MOST)
    return tokenizer


def test_examples_are_cut_alike(ours: Pieces, theirs: Tokenizer) -> None:
    texts = [f"query: {text}" for text in read_examples(EXAMPLES).texts]

    assert [text for text in texts if ours.numbers(text, MOST) != theirs.encode(text).ids] == []


def test_any_text_is_cut_alike(ours: Pieces, theirs: Tokenizer) -> None:
    @settings(max_examples=1000, deadline=None)
    @given(text=st.text(LETTERS, max_size=60))
    def alike(text: str) -> None:
        assert ours.numbers(text, MOST) == theirs.encode(text).ids

    alike()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "  a  b ",
        "<s> a </s>b<unk><pad>",
        "x" * 4000,
        "mot " * 300,
        "我我 a 我",
        "\r\n\u0301",
    ],
)
def test_odd_texts_are_cut_alike(ours: Pieces, theirs: Tokenizer, text: str) -> None:
    assert ours.numbers(text, MOST) == theirs.encode(text).ids


def test_long_texts_end_at_the_limit(ours: Pieces) -> None:
    numbers = ours.numbers("woord " * 500, MOST)

    assert len(numbers) == MOST
    assert (numbers[0], numbers[-1]) == (0, 2)


@pytest.mark.parametrize("content", ["{}", "[]", '{"model": {"type": "BPE"}}', "no JSON"])
def test_another_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / TOKENIZER
    path.write_text(content, "utf-8")

    with pytest.raises(ValueError, match=r"tokenizer|JSON|Expecting"):
        Pieces(path)


def test_another_kind_of_tokenizer_is_refused(tmp_path: Path) -> None:
    described = json.loads((ARTIFACT / TOKENIZER).read_text("utf-8"))
    described["model"]["type"] = "WordPiece"
    path = tmp_path / TOKENIZER
    path.write_text(json.dumps(described), "utf-8")

    with pytest.raises(ValueError, match="another kind"):
        Pieces(path)
