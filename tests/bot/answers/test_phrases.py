"""Phrases are found by their words, wherever and however often they stand."""

from __future__ import annotations

import pytest

from bot.answers.phrases import Hit, Phrase, PhraseBook

BOOK = PhraseBook(
    [
        Phrase("vzw", "non_profit"),
        Phrase("Één vzw", "one"),
        Phrase("een vzw zonder winst", "poor"),
        Phrase("bank", "seat"),
        Phrase("bank", "money"),
        Phrase("los", "loose", alone=True),
        Phrase("los", "free"),
        Phrase("alleen", "lonely", alone=True),
        Phrase("*bedrijf", "firm"),
        Phrase("bouwbedrijf", "builder"),
    ]
)


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        (("een", "vzw"), [Hit(0, 2, frozenset({"one"})), Hit(1, 2, frozenset({"non_profit"}))]),
        (("vzw", "een"), [Hit(0, 1, frozenset({"non_profit"}))]),
        (
            ("een", "vzw", "zonder"),
            [Hit(0, 2, frozenset({"one"})), Hit(1, 2, frozenset({"non_profit"}))],
        ),
        (("bank",), [Hit(0, 1, frozenset({"seat", "money"}))]),
        (("los",), [Hit(0, 1, frozenset({"loose", "free"}))]),
        (("alleen",), [Hit(0, 1, frozenset({"lonely"}), alone=True)]),
        (("bakkersbedrijf",), [Hit(0, 1, frozenset({"firm"}))]),
        (("bouwbedrijf",), [Hit(0, 1, frozenset({"firm", "builder"}))]),
        (("bedrijf", "3bedrijf", "abedrijf"), []),
        (("iets", "anders"), []),
        ((), []),
    ],
)
def test_every_phrase_in_the_words(words: tuple[str, ...], hits: list[Hit]) -> None:
    """Also those inside others; of an ending, two letters stand before it at least."""
    assert BOOK.every(words) == hits


def test_longest_phrases_where_they_overlap() -> None:
    """A phrase inside a longer one is not found; the same one elsewhere is."""
    words = ("een", "vzw", "zonder", "winst", "en", "vzw")

    assert BOOK.find(words) == [
        Hit(0, 4, frozenset({"poor"})),
        Hit(5, 6, frozenset({"non_profit"})),
    ]


def test_words_are_those_of_whole_phrases() -> None:
    """An ending is no word."""
    whole = {"vzw", "een", "zonder", "winst", "bank", "los", "alleen", "bouwbedrijf"}

    assert BOOK.words == whole
