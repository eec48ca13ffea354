"""An amount in an answer: one number, or the ends between which it must lie."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.answers.numbers import find_numbers
from bot.answers.reading import OUT_OF_RANGE, UNREADABLE, Reading, undecided, understood

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.answers.lexicon import Lexicon
    from bot.answers.numbers import Number
    from bot.answers.phrases import Hit

_YEARS: Final = range(1900, 2100)
_STEP: Final = 0.01  # the smallest difference that people write: 49 and 49,01


@dataclass(frozen=True)
class Limits:
    """Between which values an amount makes sense."""

    lowest: float
    highest: float

    def reading(self, value: float) -> Reading:
        """Return the reading of one value, out of range when it makes no sense."""
        value = round(value, 2)
        return understood(value) if self.lowest <= value <= self.highest else OUT_OF_RANGE

    def between(self, kept: float, *ends: float) -> Reading:
        """Return the reading of an amount known by its ends only; `kept` may stand for them."""
        values = tuple(dict.fromkeys(round(value, 2) for value in (kept, *ends)))
        if all(self.lowest <= value <= self.highest for value in values):
            return undecided(values)
        wrong = min(values) > self.highest or max(values) < self.lowest
        return OUT_OF_RANGE if wrong else UNREADABLE


@dataclass(frozen=True)
class Amounts:
    """The numbers of an answer that can be its amount, and the telling words around them."""

    words: tuple[str, ...]
    numbers: tuple[Number, ...]
    around: tuple[Hit, ...]

    @classmethod
    def find(cls, words: Sequence[str], lexicon: Lexicon, units: Sequence[Hit] = ()) -> Amounts:
        """Find the numbers, without those that are money, a term of years or a value taken back.

        "Een" and "un" are numbers only alone or before a unit.
        """
        numbers = tuple(find_numbers(words, lexicon.numbers))
        every = cls(tuple(words), numbers, tuple(lexicon.quantities.find(words)))
        kept = [n for n in numbers if not every._is_something_else(n)]
        starts = {hit.start for hit in units}
        idiom = any(every.before(number, "or_so") for number in kept)  # "een man of acht"
        return every.only(
            number
            for number in kept
            if not number.article
            or len(words) == 1
            or ((number.end in starts or every.after(number, "percent")) and not idiom)
        )

    @property
    def joined(self) -> bool:
        """Whether words or a dash join numbers to a range."""
        return "-" in self.words or any("to" in hit.values for hit in self.around)

    def only(self, numbers: Iterable[Number]) -> Amounts:
        """Return the same words with fewer numbers."""
        return replace(self, numbers=tuple(numbers))

    def reading(self, limits: Limits) -> Reading:
        """Read the amount; a range, or numbers that compete, leave it undecided."""
        values = [number.value for number in self.numbers]
        each = any("each" in hit.values for hit in self.around)  # "ten people each": how many?
        if not values or each or any(self.before(one, "vague") for one in self.numbers):
            return UNREADABLE
        if len(set(values)) > 1:
            return limits.between(max(values), *values)
        return self._single(self.numbers[0], limits)

    def before(self, number: Number, *lists: str) -> bool:
        """Tell whether a phrase of one of these lists stands right before the number."""
        start = number.start
        while any(hit.end == start and "article" in hit.values for hit in self.around):
            start -= 1
        return any(hit.end == start and hit.values & {*lists} for hit in self.around)

    def after(self, number: Number, *lists: str) -> int:
        """Return how long the phrase of one of these lists is that follows at once, or 0."""
        found = (h for h in self.around if h.start == number.end and h.values & {*lists})
        return max((hit.length for hit in found), default=0)

    def _single(self, number: Number, limits: Limits) -> Reading:
        value = number.value
        if number.part and self.before(number, "not_quite"):
            return UNREADABLE  # "een kleine helft", "un gros tiers"
        if self.before(number, "more_than"):
            return limits.between(value + 1, value + _STEP, limits.highest)
        if self.before(number, "at_least"):
            return limits.between(value, limits.highest)
        if self.before(number, "less_than"):
            return limits.between(max(value - 1, limits.lowest), limits.lowest, value - _STEP)
        return limits.reading(value)

    def _is_something_else(self, number: Number) -> bool:
        year = self.before(number, "since") and number.value in _YEARS
        at_odds = number.part and number.value >= 1  # "50/50"
        in_euro = number.start and self.words[number.start - 1] == "€"
        taken_back = len(self.numbers) > 1 and self.before(number, "instead_of")
        return bool(
            year or at_odds or in_euro or taken_back or self.after(number, "money", "other_units")
        )
