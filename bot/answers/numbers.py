"""Finds the numbers in a folded message, in digits and in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.answers.folded_text import NEGATIVE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.answers.number_words import NumberWords

_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL: Final = re.compile(r"\d+(?:[.,]\d+)?")
_FRACTION: Final = re.compile(r"(\d+)/(\d+)")


@dataclass(frozen=True)
class Number:
    """A number and its place among the words.

    `part` is for a part of a whole ("een derde", 1/3); `article` for a word that may just be
    "a" ("een", "une").
    """

    start: int
    end: int
    value: float
    part: bool = False
    article: bool = False


def find_numbers(words: Sequence[str], lexicon: NumberWords) -> list[Number]:
    """Return the numbers in order; "deux et demi", "minus ten" and "two thirds" are one each."""
    found: list[Number] = []
    at = 0
    while at < len(words):
        may_begin = words[at] in lexicon.first or words[at][0].isdigit()
        number = _number_at(words, at, lexicon) if may_begin else None
        if number is None:
            at += 1
            continue
        number = _with_sign(words, _with_half(words, number, lexicon), lexicon)
        found.append(number)
        at = number.end
    return found


def _number_at(words: Sequence[str], at: int, lexicon: NumberWords) -> Number | None:
    count = _whole_at(words, at, lexicon)
    after = count.end if count else at
    if count is None or not count.part:
        part = _longest(words, after, lexicon.parts, lexicon.longest)
        if part is not None:
            times = count.value if count else 1.0
            return Number(at, after + part[0], times / part[1], part=True)
    if count and count.article:
        rough = _longest(words, count.end, lexicon.rough, lexicon.longest)
        if rough is not None:
            return Number(at, count.end + rough[0], rough[1])
    if count is None:
        rough = _longest(words, at, lexicon.rough, lexicon.longest)
        return Number(at, at + rough[0], rough[1]) if rough else None
    return count


def _whole_at(words: Sequence[str], at: int, lexicon: NumberWords) -> Number | None:
    fraction = _FRACTION.fullmatch(words[at])
    if fraction and int(fraction[2]):
        return Number(at, at + 1, int(fraction[1]) / int(fraction[2]), part=True)
    value = parse_number(words[at])
    if value is not None:
        return Number(at, at + 1, value)
    whole = _longest(words, at, lexicon.whole, lexicon.longest)
    if whole is None:
        return None
    article = whole[0] == 1 and words[at] in lexicon.articles
    return Number(at, at + whole[0], whole[1], part=0 < whole[1] < 1, article=article)


def _longest(
    words: Sequence[str], at: int, known: Mapping[tuple[str, ...], float], longest: int
) -> tuple[int, float] | None:
    for length in range(min(longest, len(words) - at), 0, -1):
        value = known.get(tuple(words[at : at + length]))
        if value is not None:
            return length, value
    return None


def _with_half(words: Sequence[str], number: Number, lexicon: NumberWords) -> Number:
    """Add the half of "two and a half" to a number."""
    for phrase in sorted(lexicon.and_a_half, key=len, reverse=True):
        if not number.part and tuple(words[number.end : number.end + len(phrase)]) == phrase:
            end = number.end + len(phrase)
            return replace(number, end=end, value=number.value + 0.5, article=False)
    return number


def _with_sign(words: Sequence[str], number: Number, lexicon: NumberWords) -> Number:
    before, earlier = (["", "", *words[: number.start]])[:-3:-1]
    minus = before in lexicon.minus and earlier not in lexicon.not_minus_after
    if before == NEGATIVE or minus:
        return replace(number, start=number.start - 1, value=-number.value)
    return number


def parse_number(word: str) -> float | None:
    """Return the number a word of digits stands for, as written in Belgium; None for others."""
    if _THOUSANDS.fullmatch(word):
        return float(word.replace(".", "").replace(",", "."))
    if _DECIMAL.fullmatch(word):
        return float(word.replace(",", "."))
    return None
