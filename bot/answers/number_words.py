"""Numbers in words, in Dutch and French: "negenenveertig", "quarante-neuf", "un tiers"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.answers.folded_text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.data_files import Section

Words = tuple[str, ...]
_SINGLE: Final = range(1, 10)
_TEENS: Final = range(10, 20)
# French counts on after 60 and 80: "soixante-quinze", "quatre-vingt-onze".
_COUNTED_ON: Final = (60, 80)
_LINKS: Final = (("en",), ("et",), ())  # "vijf en twintig", "vingt et un", "vingt deux"


@dataclass(frozen=True)
class NumberWords:
    """What each run of words counts; the longest run is the one that was meant."""

    whole: Mapping[Words, float]
    rough: Mapping[Words, float]
    parts: Mapping[Words, int]
    and_a_half: frozenset[Words]
    minus: frozenset[str]
    not_minus_after: frozenset[str]  # "au moins dix" is no minus
    articles: frozenset[str]
    longest: int
    first: frozenset[str]  # what a number can begin with

    @classmethod
    def read(cls, root: Section, language: str) -> NumberWords:
        """Read the numbers of a language and put together those up to a thousand.

        Minus is understood in every language: "moins 10" is never 10.
        """
        section = root.section(language)
        units = _folded(section, "units")
        tens = _folded(section, "tens")
        below_hundred = {**units, **tens, **_compounds(units, tens)}
        hundreds = _hundreds(below_hundred, [fold(word).words for word in section.texts("hundred")])
        thousand = {fold(word).words: 1000.0 for word in section.texts("thousand")}
        together = {**_folded(section, "together"), **_folded(section, "halves")}
        whole = {**below_hundred, **hundreds, **thousand, **together}
        parts = {words: round(count) for words, count in _folded(section, "parts").items()}
        rough = _folded(section, "rough")
        return cls(
            whole,
            rough,
            parts,
            frozenset(fold(words).words for words in section.texts("and_a_half")),
            _in_every_language(root, "minus"),
            _in_every_language(root, "not_minus_after"),
            frozenset(words[0] for words, count in units.items() if count == 1),
            max(map(len, (*whole, *parts))),
            frozenset(words[0] for words in (*whole, *rough, *parts)),
        )

    def vocabulary(self) -> set[str]:
        """Return all the words that numbers are made of."""
        return {word for words in (*self.whole, *self.rough, *self.parts) for word in words}


def _in_every_language(root: Section, name: str) -> frozenset[str]:
    words = (word for code in root.content for word in root.section(code).texts(name))
    return frozenset(fold(word).words[0] for word in words)


def _folded(section: Section, name: str) -> dict[Words, float]:
    numbers = section.section(name).content
    return {fold(words).words: float(str(number)) for words, number in numbers.items()}


def _compounds(units: Mapping[Words, float], tens: Mapping[Words, float]) -> dict[Words, float]:
    """Put units and tens together in every order and spelling that either language has."""
    made: dict[Words, float] = {}
    for unit_words, unit in units.items():
        for ten_words, ten in tens.items():
            if unit not in _SINGLE and not (ten in _COUNTED_ON and unit in _TEENS):
                continue
            for link in _LINKS:
                made.setdefault((*ten_words, *link, *unit_words), ten + unit)
            if unit in _SINGLE:
                reversed_words = (*unit_words, "en", *ten_words)
                made.setdefault(reversed_words, ten + unit)
                made.setdefault(("".join(reversed_words),), ten + unit)
    return made


def _hundreds(below_hundred: Mapping[Words, float], hundreds: list[Words]) -> dict[Words, float]:
    """Count whole hundreds, and on from the first one: "honderdtwintig", "deux cents"."""
    made: dict[Words, float] = {}
    for hundred in hundreds:
        made[hundred] = 100.0
        for words, count in below_hundred.items():
            if count in _SINGLE:
                whole = (*words, *hundred)
                made.setdefault(whole, count * 100)
                made.setdefault(("".join(whole),), count * 100)
            if count:
                made.setdefault((*hundred, *words), 100 + count)
                made.setdefault((*hundred, "en", *words), 100 + count)
                made.setdefault(("".join((*hundred, *words)),), 100 + count)
    return made
