"""Reads how many people work somewhere: "7,5 vte", "une quinzaine", "mijn vrouw en ik"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers.amounts import Amounts, Limits
from bot.answers.choices import SmallWords, without_wavering
from bot.answers.reading import UNREADABLE, Reading, undecided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.lexicon import Lexicon
    from bot.answers.numbers import Number
    from bot.answers.phrases import Hit

LIMITS: Final = Limits(0.0, 100_000.0)
_IN_WORDS: Final = {"two_of_us": 2.0, "alone": 1.0, "no_staff": 0.0}
_HALF: Final = 0.5
_SEVERAL: Final = 2
_ENDS: Final = frozenset({",", ";", ".", "(", ")", "maar", "mais", "dus", "donc"})
_NEAR: Final = 2  # words between a number and what it counts: "3 goede medewerkers"


def read_staff(words: Sequence[str], lexicon: Lexicon) -> Reading:
    """Read a number of full-time equivalents; two half-time jobs count as one."""
    units = lexicon.amounts.find(words)
    amounts = Amounts.find(words, lexicon, units)
    amounts = amounts.only(_that_count(amounts, units, lexicon))
    if not amounts.numbers:
        return _without_number(units)
    following = [number.start for number in amounts.numbers[1:]] + [len(words)]
    counted = {
        number: _unit(units, number.end, min(number.end + _NEAR, before - 1))
        for number, before in zip(amounts.numbers, following, strict=True)
    }
    if "part_time" in counted.values() or _of_something_else(amounts, counted):
        return UNREADABLE
    if "half_time" in counted.values():
        return _with_half_time(amounts, counted)
    total = _total(amounts, units)
    return _heads(amounts, units, counted) if total is None else LIMITS.reading(total)


def _heads(amounts: Amounts, units: Sequence[Hit], counted: dict[Number, str]) -> Reading:
    people = [number for number, unit in counted.items() if unit == "people"]
    telling = people if people and not amounts.joined else amounts.numbers
    reading = amounts.only(telling).reading(LIMITS)
    if reading.status == "understood" and _counts_himself_too(units):
        value = amounts.numbers[0].value
        return undecided((value + 1, value))
    return reading


def _that_count(amounts: Amounts, units: Sequence[Hit], lexicon: Lexicon) -> list[Number]:
    """Drop what was before ("avant 60"), and heads where full-time equivalents are told as well."""
    small = SmallWords.find(amounts.words, lexicon.small_words)
    numbers = without_wavering(amounts.numbers, small)
    ends = {at for at, word in enumerate(amounts.words) if word in _ENDS}
    said = {_clause_of(hit.start, ends) for hit in units if "equivalents" in hit.values}
    exact = [number for number in numbers if _clause_of(number.start, ends) in said]
    return exact if len(exact) == 1 else numbers


def _clause_of(at: int, ends: set[int]) -> int:
    return sum(end < at for end in ends)


def _of_something_else(amounts: Amounts, counted: dict[Number, str]) -> bool:
    """Tell whether a number is a part or a percentage of something else; "een halve" is a job."""
    alone = {number for number in counted if number.end - number.start == len(amounts.words)}
    return any(
        (number.part and not unit and number not in alone) or amounts.after(number, "percent")
        for number, unit in counted.items()
    )


def _total(amounts: Amounts, units: Sequence[Hit]) -> float | None:
    """Add kinds of staff: "5 arbeiders en 3 bedienden"; a part of a total changes nothing.

    None where the numbers are anything else.
    """
    if any(hit.values & {"of_which"} for hit in amounts.around) and len(amounts.numbers) > 1:
        return amounts.numbers[0].value
    kinds = {hit.start for hit in units if "categories" in hit.values}
    counted = [number for number in amounts.numbers if number.end in kinds]
    if len(counted) < _SEVERAL or len(counted) != len(amounts.numbers):
        return None
    return sum(number.value for number in counted)


def _without_number(units: Sequence[Hit]) -> Reading:
    if any("part_time" in hit.values for hit in units):
        return UNREADABLE  # "mijn vrouw en ik en nog twee studenten"
    named = {name for hit in units for name in hit.values & _IN_WORDS.keys()}
    if "two_of_us" in named:
        return LIMITS.reading(_IN_WORDS["two_of_us"])
    if named:
        values = sorted((_IN_WORDS[name] for name in named), reverse=True)
        return LIMITS.between(*values) if len(values) > 1 else LIMITS.reading(values[0])
    if {"half_time"} == {name for hit in units for name in hit.values}:
        return LIMITS.reading(_HALF)
    return UNREADABLE


def _unit(units: Sequence[Hit], first: int, last: int) -> str:
    """Return what the first unit that starts between two words counts."""
    for hit in units:
        if first <= hit.start <= last:
            for name in ("half_time", "part_time", "people"):
                if name in hit.values:
                    return name
    return ""


def _with_half_time(amounts: Amounts, counted: dict[Number, str]) -> Reading:
    full = [number.value for number, unit in counted.items() if unit != "half_time"]
    half = [number.value for number, unit in counted.items() if unit == "half_time"]
    if any(hit.values & {"of_which"} for hit in amounts.around):
        half = [-value for value in half]
    return LIMITS.reading(sum(full) + sum(half) * _HALF)


def _counts_himself_too(units: Sequence[Hit]) -> bool:
    return any("more_people" in hit.values for hit in units)
