"""Character n-grams and words become sparse rows of a known length."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from bot.nlu.lexical_features import LexicalFeatures, character_ngrams, words_and_pairs
from bot.nlu.recipe import Recipe

TEXTS = ["de deadline", "de deadline", "het budget", "het budget", *["x y z"] * 40]


def test_ngrams_stay_inside_the_word_and_mark_its_edges() -> None:
    assert list(character_ngrams("of 7")) == [" of", "of ", " of ", " 7 "]


def test_ngrams_of_nothing() -> None:
    assert list(character_ngrams("  ")) == []


def test_words_and_pairs() -> None:
    found = list(words_and_pairs("49 % van het budget?"))

    assert found == ["49", "van", "het", "budget", "49 van", "van het", "het budget"]


def test_row_weighs_as_the_recipe_says() -> None:
    features = LexicalFeatures.learn(TEXTS, Recipe(characters_weight=0.7, words_weight=0.5))

    _, values = features.row("de deadline")

    assert float(values @ values) == pytest.approx(1.2, abs=1e-5)


def test_row_of_unknown_words_is_empty() -> None:
    columns, values = LexicalFeatures.learn(TEXTS).row("qqqq")

    assert columns.size == values.size == 0


def test_rare_and_omnipresent_ngrams_are_left_out() -> None:
    features = LexicalFeatures.learn([*TEXTS, "hapax"])

    assert " hap" not in features.characters.columns  # once
    assert " x " not in features.characters.columns  # in most examples
    assert " de " in features.characters.columns


def test_omnipresent_words_are_kept() -> None:
    assert "x y" in LexicalFeatures.learn(TEXTS).words.columns


def test_matrix_holds_the_rows() -> None:
    features = LexicalFeatures.learn(TEXTS)

    matrix = features.matrix(["het budget", "", "de deadline"]).toarray()

    for row, text in zip(matrix, ["het budget", "", "de deadline"], strict=True):
        columns, values = features.row(text)
        expected = np.zeros(len(features), dtype=np.float32)
        expected[columns] = values
        np.testing.assert_array_equal(row, expected)


def test_vocabulary_does_not_depend_on_the_order_of_the_texts() -> None:
    forwards, backwards = LexicalFeatures.learn(TEXTS), LexicalFeatures.learn(TEXTS[::-1])

    assert forwards.words.columns == backwards.words.columns
    assert Counter(forwards.characters.columns) == Counter(backwards.characters.columns)
