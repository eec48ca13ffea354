"""Reads which share of the budget is meant: "40 %", "een derde", "la moitié", "niks"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.answers.amounts import Amounts, Limits
from bot.answers.choices import SmallWords, that_count, without_denied, without_wavering
from bot.answers.numbers import find_numbers
from bot.answers.reading import UNREADABLE, Reading, undecided, understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.lexicon import Lexicon
    from bot.answers.numbers import Number
    from bot.answers.phrases import Hit

LIMITS: Final = Limits(0.0, 100.0)
_EXCEPT: Final = frozenset({"behalve", "buiten", "uitgezonderd", "sauf", "hormis", "excepte"})
_AT_OURS: Final = frozenset({("bij", "ons"), ("chez", "nous")})
_AND: Final = frozenset({"en", "et", "dus", "donc"})
_OUT_OF: Final = frozenset({"op", "sur", "van", "des", "de"})
_OF_WHICH: Final = frozenset({"waarvan", "daarvan", "dont"})
_IN_WORDS: Final = {"nothing": 0.0, "everything": 100.0}


def read_share(words: Sequence[str], lexicon: Lexicon) -> Reading:
    """Read a share in percent; a part such as "un tiers" becomes its percentage."""
    ratio = _ratio(words, lexicon)
    if ratio is not None:
        return LIMITS.reading(ratio)
    amounts = Amounts.find(words, lexicon)
    amounts = amounts.only(without_wavering(amounts.numbers, _small(words, lexicon)))
    in_words = {at for hit in amounts.around if "percent" in hit.values for at in _places(hit)}
    numbers = [
        replace(number, value=number.value * 100) if number.part else number
        for number in amounts.numbers
        if (not number.start or words[number.start - 1] not in lexicon.themes.announces_theme)
        and number.start not in in_words  # the "cent" of "pour cent"
    ]
    measured = [n for n in numbers if n.part or amounts.after(n, "percent")]
    if numbers:
        telling = measured if measured and not amounts.joined else numbers
        if len(telling) == 1 and not measured and 0 < telling[0].value < 1:
            return undecided((telling[0].value * 100, telling[0].value))  # "0,4"
        return _let_out(telling, words, lexicon, amounts)
    nearly = {hit.end for hit in amounts.around if "less_than" in hit.values}  # "bijna niets"
    named = {
        _IN_WORDS[name]
        for hit in lexicon.amounts.find(words)
        for name in hit.values & _IN_WORDS.keys()
        if hit.start not in nearly
    }
    if _EXCEPT & {*words}:
        return UNREADABLE  # "alles behalve de coördinatie"
    if len(named) == 1:
        return understood(named.pop())
    return undecided(tuple(sorted(named))) if named else UNREADABLE


def _places(hit: Hit) -> range:
    return range(hit.start, hit.end)


def _small(words: Sequence[str], lexicon: Lexicon) -> SmallWords:
    return SmallWords.find(words, lexicon.small_words)


def _ratio(words: Sequence[str], lexicon: Lexicon) -> float | None:
    """Return the percentage of "een op vijf" or "10 000 sur 50 000"; None where none is said."""
    numbers = find_numbers(words, lexicon.numbers)
    for one, whole in pairwise(numbers):
        between = frozenset(words[one.end : whole.start])
        if between & _OF_WHICH and whole.value < one.value > LIMITS.highest:
            one, whole = whole, one  # noqa: PLW2901 - "60 000 dont 15 000": the whole comes first
            between = _OUT_OF
        if between and between <= _OUT_OF and not one.part and 0 < one.value < whole.value:
            return one.value / whole.value * 100
    return None


def _let_out(
    told: Sequence[Number], words: Sequence[str], lexicon: Lexicon, amounts: Amounts
) -> Reading:
    others = [_of_others(number, words, lexicon) for number in told]
    at_ours = any(pair in _AT_OURS for pair in pairwise(words))
    if at_ours and others != [*told] and len(told) == 1:
        # "bij ons is dat 30 %": of the work that is done there, or of what is let out there?
        return undecided((others[0].value, told[0].value))
    return amounts.only(others).reading(LIMITS)


def _of_others(number: Number, words: Sequence[str], lexicon: Lexicon) -> Number:
    """Return the share of others where only our own is told: "80 % doen we zelf"."""
    small = _small(words, lexicon)
    ends = {at for at, _ in enumerate(words) if small.any("signs", at, at + 1)}
    ends |= {at for at, _ in enumerate(words) if small.any("breaks", at, at + 1)}
    found = that_count(lexicon.answers("capacities").find(words), words, small)
    inside = {at for hit in found for at in range(hit.start, hit.end)}
    ends |= {at for at, word in enumerate(words) if word in _AND and at not in inside}
    start = max((at + 1 for at in ends if at < number.start), default=0)
    end = min((at for at in ends if at >= number.end), default=len(words))
    around = {*range(start, end)} - {
        *range(number.start, number.end)
    }  # "un tiers" is no third party
    here = [hit for hit in found if hit.start in around and "have" not in hit.values]
    said = {value for hit in without_denied(here, small) for value in hit.values}
    left_out = any(word in _EXCEPT for word in words[start : number.start])
    ours = said == {"in_house"} and len(here) == len(without_denied(here, small))
    told = ours and not left_out and number.value > 0
    return replace(number, value=100 - number.value) if told else number
