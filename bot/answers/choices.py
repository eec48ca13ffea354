"""Reads a choice among a few: which of the known values an answer names, beyond doubt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from bot.answers.reading import UNREADABLE, Reading, undecided, understood

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.answers.phrases import Hit, PhraseBook

UNCLEAR: Final = "unclear"  # a word that means too many things to be an answer
_REACH: Final = 3  # how many words further a negation still works
_FAR: Final = 6  # words between "I hesitated" and what about


class Placed(Protocol):
    """What stands somewhere among the words: a phrase, a number."""

    @property
    def start(self) -> int:
        """The place of its first word."""
        ...

    @property
    def end(self) -> int:
        """The place after its last word."""
        ...


AnyPlaced = TypeVar("AnyPlaced", bound=Placed)


@dataclass(frozen=True)
class SmallWords:
    """Where the negations, the joining words and the fillers of an answer stand."""

    places: Mapping[str, frozenset[int]]

    @classmethod
    def find(cls, words: Sequence[str], book: PhraseBook) -> SmallWords:
        """Find the small words of every list."""
        places: dict[str, set[int]] = {}
        for hit in book.every(words):
            for name in hit.values:
                places.setdefault(name, set()).update(range(hit.start, hit.end))
        for at, word in enumerate(words):
            if not word[0].isalnum():
                places.setdefault("signs", set()).add(at)
        return cls({name: frozenset(found) for name, found in places.items()})

    def any(self, name: str, start: int, end: int) -> bool:
        """Tell whether a word of a list stands from start up to end."""
        return any(start <= at < end for at in self.places.get(name, ()))

    def denied(self, hit: Hit, hits: Sequence[Hit]) -> bool:
        """Tell whether a word denies the hit: "geen vzw", "n'est pas une asbl", "hebben we niet".

        A denying word that is part of a hit itself ("niet technologisch") works on that one only.
        """
        inside = {at for other in hits for at in range(other.start, other.end)}
        before = range(hit.start - 1, max(hit.start - 1 - _REACH, -1), -1)
        after = range(hit.end, hit.end + _REACH)
        return self._denies("negations", before, inside) or self._denies(
            "negations_after", after, inside
        )

    def _denies(self, name: str, places: range, inside: set[int]) -> bool:
        for at in places:
            if at in inside or self.any("signs", at, at + 1) or self.any("breaks", at, at + 1):
                return False
            if self.any(name, at, at + 1):
                return True
        return False


def without_denied(hits: Sequence[Hit], small: SmallWords) -> list[Hit]:
    """Drop the hits that are denied."""
    return [hit for hit in hits if not small.denied(hit, hits)]


def that_count(hits: Sequence[Hit], words: Sequence[str], small: SmallWords) -> list[Hit]:
    """Drop the hits that count only as the whole answer, where more was said."""
    said_alone = {at for hit in hits if hit.alone for at in range(hit.start, hit.end)}
    others = [at for at in range(len(words)) if at not in said_alone]
    alone = all(small.any("fillers", at, at + 1) or small.any("signs", at, at + 1) for at in others)
    return [hit for hit in hits if alone or not hit.alone]


def without_wavering(hits: Sequence[AnyPlaced], small: SmallWords) -> list[AnyPlaced]:
    """Drop what was only thought of before the answer: "ik twijfelde over 1 maar het wordt 4".

    So too what something is less than: "eerder laag dan gemiddeld", "plutôt bas que moyen".
    """
    kept = [
        hit
        for hit in hits
        if not (_wavers(hit, small) and any(_is_after(other, hit, small) for other in hits))
    ]
    return [hit for hit in kept if not any(_is_less(hit, other, small) for other in kept)]


def without_subordinate(hits: Sequence[Hit], small: SmallWords) -> list[Hit]:
    """Drop the hits that only say more about the one before: "consortium van 3 bedrijven"."""
    kept: list[Hit] = []
    for hit in hits:
        if not kept or not _is_subordinate(kept[-1], hit, small):
            kept.append(hit)
    return kept


def read_choice(hits: Sequence[Hit], order: Sequence[str]) -> Reading:
    """Return the one value that all hits can mean; several or none leave it undecided."""
    if not hits:
        return UNREADABLE
    common = reduce(frozenset.__and__, (hit.values for hit in hits))
    every = reduce(frozenset.__or__, (hit.values for hit in hits))
    if len(common) == 1 and UNCLEAR not in common:
        return understood(next(iter(common)))
    possible = common or every
    return undecided(tuple(value for value in order if value in possible))


def _ends(start: int, end: int, small: SmallWords) -> bool:
    return small.any("signs", start, end) or small.any("breaks", start, end)


def _wavers(hit: Placed, small: SmallWords) -> bool:
    """Tell whether a word such as "twijfelde" stands in the clause around a hit."""
    at = small.places.get("wavered", frozenset())
    return any(
        not _ends(min(one, hit.start), max(one, hit.start), small) and abs(one - hit.start) <= _FAR
        for one in at
    )


def _is_after(other: Placed, hit: Placed, small: SmallWords) -> bool:
    later = other.start >= hit.end and _ends(hit.end, other.start, small)
    return later and not _wavers(other, small)


def _is_less(hit: Placed, other: Placed, small: SmallWords) -> bool:
    before = small.any("rather", max(other.start - _REACH, 0), other.start + 1)
    return other.end <= hit.start and before and small.any("than", other.end, hit.start)


def _is_subordinate(before: Hit, hit: Hit, small: SmallWords) -> bool:
    linked = small.any("of_words", before.end, hit.start)
    return linked and not small.any("conjunctions", before.end, hit.start)
