"""Numbers are read in digits and in words, and a word for "a" is not always one."""

from __future__ import annotations

import pytest

from bot.answers import FOLDER
from bot.answers.folded_text import fold
from bot.answers.lexicon import Lexicon
from bot.answers.numbers import find_numbers, parse_number

LEXICONS = {code: Lexicon(code, FOLDER) for code in ("nl", "fr")}


def values(text: str, language: str) -> list[float]:
    """Return the numbers in a text, parts of a whole rounded."""
    found = find_numbers(fold(text).words, LEXICONS[language].numbers)
    return [round(number.value, 4) for number in found]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("negenenveertig", "nl", [49]),
        ("vijf en twintig", "nl", [25]),
        ("tweeëntwintig", "nl", [22]),
        ("honderdtwintig", "nl", [120]),
        ("tweehonderd", "nl", [200]),
        ("anderhalf", "nl", [1.5]),
        ("twee en een half", "nl", [2.5]),
        ("2 en een halve", "nl", [2.5]),
        ("drie vierde", "nl", [0.75]),
        ("driekwart", "nl", [0.75]),
        ("een derde", "nl", [0.3333]),
        ("de helft", "nl", [0.5]),
        ("een vijftiental", "nl", [15]),
        ("min tien", "nl", [-10]),
        ("quarante-neuf", "fr", [49]),
        ("septante et un", "fr", [71]),
        ("soixante-quinze", "fr", [75]),
        ("quatre-vingt-dix-sept", "fr", [97]),
        ("nonante-neuf", "fr", [99]),
        ("deux cents", "fr", [200]),
        ("cent vingt", "fr", [120]),
        ("deux et demi", "fr", [2.5]),
        ("trois quarts", "fr", [0.75]),
        ("un tiers", "fr", [0.3333]),
        ("une quinzaine", "fr", [15]),
        ("moins dix", "fr", [-10]),
        ("1/3", "fr", [0.3333]),
        ("10 à 15", "fr", [10, 15]),
        ("-5 en 7,5", "nl", [-5, 7.5]),
        ("geen getal", "nl", []),
        ("personne", "fr", []),
    ],
)
def test_numbers_are_found(text: str, language: str, expected: list[float]) -> None:
    """Put together as each language puts them together."""
    assert values(text, language) == expected


@pytest.mark.parametrize("number", range(1, 100))
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_number_below_a_hundred_has_its_word(number: int, language: str) -> None:
    """No gap in the words, in either language."""
    assert float(number) in LEXICONS[language].numbers.whole.values()


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("12", 12.0),
        ("7,5", 7.5),
        ("7.5", 7.5),
        ("1.250", 1250.0),
        ("1.250,5", 1250.5),
        ("49,01", 49.01),
        ("31.10.2022", None),
        ("twaalf", None),
    ],
)
def test_digits_are_read_as_belgians_write_them(word: str, number: float | None) -> None:
    """A comma for decimals, a point before three digits for thousands."""
    assert parse_number(word) == number


@pytest.mark.parametrize(
    ("text", "article"), [("een medewerker", True), ("één", True), ("een derde", False)]
)
def test_word_that_may_be_an_article_is_marked(text: str, article: bool) -> None:  # noqa: FBT001
    """Whoever reads it decides whether it counts."""
    (number,) = find_numbers(fold(text).words, LEXICONS["nl"].numbers)

    assert number.article == article
