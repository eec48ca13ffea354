"""Pruning keeps what our languages need, and the cut of such text stays the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tokenizers import Tokenizer

from bot.encoder.vocabulary import FREQUENT_PIECES, chosen_pieces, pruned, word_forms

LETTERS = "adeginoprtuv"


@pytest.fixture
def description() -> dict[str, Any]:
    """A tokenizer with known words, single letters, other scripts and one rare Latin piece."""
    words = ["\u2581data", "\u2581invoer", "\u2581дата", "ω", "数", "🙂", "\u2581"]
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *words, *LETTERS]
    filler = [f"\u2581ж{number}" for number in range(FREQUENT_PIECES)]
    scored = [[piece, -float(place)] for place, piece in enumerate([*pieces, *filler])]
    scored.append(["\u2581voer", -1.0])
    scored.append(["<mask>", 0.0])
    tokens = [
        {"id": place, "content": pieces[place], "special": True}
        | dict.fromkeys(["single_word", "lstrip", "rstrip", "normalized"], False)
        for place in range(4)
    ]
    mask = {**tokens[0], "id": len(scored) - 1, "content": "<mask>"}
    return {
        "version": "1.0",
        "added_tokens": [*tokens, mask],
        "pre_tokenizer": {
            "type": "Metaspace",
            "replacement": "\u2581",
            "prepend_scheme": "always",
            "split": True,
        },
        "model": {"type": "Unigram", "unk_id": 3, "vocab": scored, "byte_fallback": False},
    }


def kept_texts(description: dict[str, Any], texts: list[str]) -> list[str]:
    vocabulary = description["model"]["vocab"]
    return [vocabulary[number][0] for number in chosen_pieces(description, texts)]


def test_special_pieces_come_first(description: dict[str, Any]) -> None:
    assert kept_texts(description, [])[:4] == ["<s>", "<pad>", "</s>", "<unk>"]


def test_frequent_latin_pieces_and_single_characters_stay(description: dict[str, Any]) -> None:
    found = kept_texts(description, [])[4:]

    assert found == ["\u2581data", "\u2581invoer", "ω", "🙂", "\u2581", *LETTERS]


def test_rare_latin_piece_stays_when_a_text_uses_it(description: dict[str, Any]) -> None:
    assert "\u2581voer" in kept_texts(description, ["voer"])


def test_other_script_goes_unless_a_text_uses_it(description: dict[str, Any]) -> None:
    assert "\u2581дата" not in kept_texts(description, [])
    assert "\u2581дата" in kept_texts(description, ["дата"])


def test_pruned_tokenizer_cuts_our_text_as_the_full_one(description: dict[str, Any]) -> None:
    small = pruned(description, chosen_pieces(description, []))
    text = "data invoer tot in de navond"

    assert (
        Tokenizer.from_str(json.dumps(small)).encode(text).tokens
        == Tokenizer.from_str(json.dumps(description)).encode(text).tokens
    )


def test_pruned_tokenizer_numbers_its_pieces_in_the_kept_order(
    description: dict[str, Any],
) -> None:
    kept = chosen_pieces(description, [])
    small = Tokenizer.from_str(json.dumps(pruned(description, kept)))
    full = Tokenizer.from_str(json.dumps(description))

    assert [kept[number] for number in small.encode("data").ids] == full.encode("data").ids


def test_word_forms_cover_sentence_start_apostrophe_and_capitals() -> None:
    assert word_forms(["eau"]) == ["eau", "Eau", "'eau", "EAU"]
