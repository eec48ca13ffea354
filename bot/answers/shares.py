"""Reads which share of the budget is meant: "40 %", "een derde", "la moitié", "niks"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.answers.amounts import Amounts, Limits
from bot.answers.reading import UNREADABLE, Reading, undecided, understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.lexicon import Lexicon

LIMITS: Final = Limits(0.0, 100.0)
_IN_WORDS: Final = {"nothing": 0.0, "everything": 100.0}


def read_share(words: Sequence[str], lexicon: Lexicon) -> Reading:
    """Read a share in percent; a part such as "un tiers" becomes its percentage."""
    amounts = Amounts.find(words, lexicon)
    numbers = [
        replace(number, value=number.value * 100) if number.part else number
        for number in amounts.numbers
        if not number.start or words[number.start - 1] not in lexicon.themes.announces_theme
    ]
    measured = [n for n in numbers if n.part or amounts.after(n, "percent")]
    if numbers:
        telling = measured if measured and not amounts.joined else numbers
        return amounts.only(telling).reading(LIMITS)
    nearly = {hit.end for hit in amounts.around if "less_than" in hit.values}  # "bijna niets"
    named = {
        _IN_WORDS[name]
        for hit in lexicon.amounts.find(words)
        for name in hit.values & _IN_WORDS.keys()
        if hit.start not in nearly
    }
    if len(named) == 1:
        return understood(named.pop())
    return undecided(tuple(sorted(named))) if named else UNREADABLE
