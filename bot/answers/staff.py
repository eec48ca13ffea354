"""Reads how many people work somewhere: "7,5 vte", "une quinzaine", "mijn vrouw en ik"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers.amounts import Amounts, Limits
from bot.answers.reading import UNREADABLE, Reading, undecided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.lexicon import Lexicon
    from bot.answers.numbers import Number
    from bot.answers.phrases import Hit

LIMITS: Final = Limits(0.0, 100_000.0)
_IN_WORDS: Final = {"two_of_us": 2.0, "alone": 1.0, "no_staff": 0.0}
_HALF: Final = 0.5
_NEAR: Final = 2  # words between a number and what it counts: "3 goede medewerkers"


def read_staff(words: Sequence[str], lexicon: Lexicon) -> Reading:
    """Read a number of full-time equivalents; two half-time jobs count as one."""
    units = lexicon.amounts.find(words)
    amounts = Amounts.find(words, lexicon, units)
    if not amounts.numbers:
        return _without_number(units)
    following = [number.start for number in amounts.numbers[1:]] + [len(words)]
    counted = {
        number: _unit(units, number.end, min(number.end + _NEAR, before - 1))
        for number, before in zip(amounts.numbers, following, strict=True)
    }
    if "part_time" in counted.values():
        return UNREADABLE
    if "half_time" in counted.values():
        return _with_half_time(amounts, counted)
    people = [number for number, unit in counted.items() if unit == "people"]
    if any(hit.values & {"of_which"} for hit in amounts.around) and len(amounts.numbers) > 1:
        return LIMITS.reading(amounts.numbers[0].value)
    telling = people if people and not amounts.joined else amounts.numbers
    reading = amounts.only(telling).reading(LIMITS)
    if reading.status == "understood" and _counts_himself_too(units):
        value = amounts.numbers[0].value
        return undecided((value + 1, value))
    return reading


def _without_number(units: Sequence[Hit]) -> Reading:
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
