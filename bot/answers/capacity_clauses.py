"""Cuts an answer to expertise, knowledge and experience into clauses that say one thing each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.answers.folded_text import fold
from bot.answers.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.answers.folded_text import FoldedText
    from bot.answers.lexicon import CapacityWords
    from bot.answers.phrases import Hit

    # Where a clause puts things (in_house, outsourced, neither, unknown), and where they are not.
    Place = Callable[[str], tuple[str | None, frozenset[str]]]

PARTS: Final = ("expertise", "needs", "experience")
ALL: Final = "all"
REST: Final = "rest"
EXCEPT: Final = "except"
ONLY: Final = "only"
SAME: Final = "same"
YES: Final = "yes"  # only agrees: "ervaring wel"
NO: Final = "no"  # only denies: "ervaring niet"
NOT_THIS: Final = "not this"  # denies what was said before: "mais pas l'expertise"
NOT_ALL: Final = "not all"

_WEAK: Final = frozenset({YES, NO, SAME})
_NAMED: Final = frozenset({*PARTS, ALL, REST})
_HEADS: Final = frozenset(":=")
_BREAKS: Final = frozenset({"maar", "mais", "terwijl", "tandis"})
_ENDS: Final = frozenset(",;.!/()\n") | _HEADS | _BREAKS
_AND: Final = frozenset({"en", "et", "+", "&"})
_AFTER_EN: Final = frozenset({"interne", "externe", "propre", "sous", "soustraitance", "cyber"})
_NOT: Final = frozenset({"pas", "niet", "nie"})
_SOME_NOT: Final = _NOT | {"ni"}
_SOME: Final = frozenset({"een", "twee", "1", "2", "un", "une", "deux"})
_OF: Final = frozenset({"van", "sur", "des"})


@dataclass(frozen=True)
class Clause:
    """What one clause names, where it puts that, and how it hangs on to the clauses around it."""

    parts: tuple[str, ...]
    marks: frozenset[str]
    place: str | None = None
    denied: frozenset[str] = frozenset()
    negates: bool = False  # a "not" or a "no" stands in it
    bare: bool = False  # nothing but names
    joined: bool = False  # by "and" to the clause before it
    heads: bool = False  # a colon follows: what comes next is about it


@dataclass(frozen=True)
class _Stretch:
    """Some words of an answer, with what they name and where they put it."""

    folded: FoldedText
    names: tuple[Hit, ...]
    places: tuple[Hit, ...]
    start: int
    end: int
    joined: bool = False
    heads: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return self.folded.words[self.start : self.end]

    def part(self, start: int, end: int, *, joined: bool, heads: bool) -> _Stretch:
        def inside(hits: Sequence[Hit]) -> tuple[Hit, ...]:
            return tuple(hit for hit in hits if start <= hit.start and hit.end <= end)

        names, places = inside(self.names), inside(self.places)
        return _Stretch(self.folded, names, places, start, end, joined, heads)

    def without(self, hits: Sequence[Hit]) -> str:
        """Return what was typed, with blanks in the place of these."""
        first, _, text = self.folded.typed(self.start, self.end)
        for hit in reversed(hits):
            start, end, _ = self.folded.typed(hit.start, hit.end)
            text = f"{text[: start - first]} {text[end - first :]}"
        return text


class ClauseReader:
    """Cuts answers into clauses; the parts are named in any language."""

    def __init__(self, words: CapacityWords) -> None:
        """Take the words for the parts, for all of them, for the rest, and those that only link."""
        self._words = words
        self._spelling = Spelling(words.names.words | words.places.words)

    def clauses(self, text: str, place: Place) -> list[Clause]:
        """Return the clauses of an answer, in order."""
        return [_clause(one, place) for part in _cut(self._find(text)) for one in _apart(part)]

    def listed(self, text: str) -> tuple[str, ...]:
        """Return where the three are when an answer only lists places: "zelf, zelf, uitbesteed"."""
        found = self._find(text)
        covered = {at for hit in found.places for at in range(hit.start, hit.end)}
        others = {word for at, word in enumerate(found.words) if at not in covered}
        values = [hit.values for hit in found.places]
        if len(values) != len(PARTS) or others - _ENDS - _AND or any(len(v) > 1 for v in values):
            return ()
        return tuple(next(iter(value)) for value in values)

    def _find(self, text: str) -> _Stretch:
        folded = fold(text)
        folded = folded.with_words(tuple(self._spelt(word) for word in folded.words))
        places = self._words.places.find(folded.words)
        named = self._words.names.find(folded.words)
        # "Van buiten" is a place, though "buiten" alone leaves out.
        names = [hit for hit in named if not any(_covers(place, hit) for place in places)]
        numbers = self._numbers(folded.words, names)
        named = sorted([*names, *numbers], key=lambda hit: hit.start)
        return _Stretch(folded, tuple(named), tuple(places), 0, len(folded.words))

    def _numbers(self, words: Sequence[str], names: Sequence[Hit]) -> list[Hit]:
        """Return the numbers that name parts, where more than one is named: "1 zelf, 2 extern"."""
        taken = {at for hit in names for at in range(hit.start, hit.end)}
        hits = [hit for hit in self._words.numbered.find(words) if hit.start not in taken]
        counted = any(
            after in self._words.counting for h in hits for after in words[h.end : h.end + 1]
        )
        parts = {value for hit in [*hits, *names] for value in hit.values & {*PARTS}}
        return [] if counted or len(parts) == 1 else hits

    def _spelt(self, word: str) -> str:
        variants = self._spelling.variants((word,))
        return variants[0][0] if len(variants) == 1 else word


def _covers(place: Hit, name: Hit) -> bool:
    inside = place.start <= name.start and name.end <= place.end
    return inside and place.length > name.length and not name.values & {*PARTS, ALL}


def _cut(whole: _Stretch) -> Iterator[_Stretch]:
    """Cut at signs, at "and" and "but", and before what is left out."""
    words = whole.folded.words
    inside = {at for hit in whole.places for at in range(hit.start, hit.end)}
    links = {
        at
        for at, word in enumerate(words)
        if word in _AND and at not in inside and not (word == "en" and _in_french(words, at))
    }
    opens = {hit.start for hit in whole.names if EXCEPT in hit.values} - {at + 1 for at in links}
    start, joined = 0, False
    for at, word in enumerate([*words, "."]):
        if word in _ENDS or at in links or at in opens:
            if at > start:
                yield whole.part(start, at, joined=joined, heads=word in _HEADS)
            start, joined = (at if at in opens else at + 1), at in links


def _in_french(words: Sequence[str], at: int) -> bool:
    """Tell whether "en" is French: "en interne", "en sous-traitance"."""
    return any(after in _AFTER_EN for after in words[at + 1 : at + 2])


def _apart(stretch: _Stretch) -> Iterator[_Stretch]:
    """Cut where names and places alternate: "expertise extern de rest intern"."""
    named = [(hit.start, True) for hit in stretch.names if hit.values & _NAMED]
    weak = [(hit.start, False) for hit in stretch.names if hit.values & {YES, NO}]
    placed = [(hit.start, False) for hit in stretch.places]
    marks = sorted({*named, *placed, *weak})
    runs = [now for before, now in pairwise([(-1, None), *marks]) if before[1] != now[1]]
    # In pairs, or it is not to be told what belongs to what.
    cuts = {at for at, _ in runs[2::2]} if len(runs) % 2 == 0 else set()
    # What is left out comes first: "behalve expertise hebben we alles zelf".
    left_out = next((hit.start for hit in stretch.names if EXCEPT in hit.values), stretch.end)
    cuts |= {hit.start for hit in stretch.names if ALL in hit.values and hit.start > left_out}
    for start, end in pairwise([stretch.start, *sorted(cuts), stretch.end]):
        first, last = start == stretch.start, end == stretch.end
        joined, heads = stretch.joined and first, stretch.heads and last
        yield stretch.part(start, end, joined=joined, heads=heads)


def _clause(said: _Stretch, place: Place) -> Clause:
    names = [hit for hit in said.names if hit.values & {*PARTS, REST}]
    parts = tuple(dict.fromkeys(v for hit in said.names for v in PARTS if v in hit.values))
    covered = {at for hit in said.names for at in range(hit.start, hit.end)}
    bare = covered >= {*range(said.start, said.end)}
    negates = any(NO in hit.values for hit in said.names)
    marks = _marks(said, bare=bare)
    if marks & {*_WEAK, NOT_THIS}:
        return Clause(parts, marks, negates=negates, joined=said.joined, heads=said.heads)
    where, denied = place(said.without([*_topic(said), *names]))
    if where is None:
        where, also = place(said.without(_topic(said)))
        denied |= also
    return Clause(parts, marks, where, denied, negates, bare, said.joined, said.heads)


def _marks(said: _Stretch, *, bare: bool) -> frozenset[str]:
    """Return what a clause says beside names; a yes or a no counts where nothing else is said."""
    marks = {value for hit in said.names for value in hit.values} - {*PARTS}
    if not bare:
        marks -= _WEAK
    named = [hit.start for hit in said.names if hit.values & {*PARTS}]
    if named and (said.words[0], said.words[-1]) == ("op", "na"):
        marks |= {EXCEPT}  # "alles in huis, op de expertise na"
    words = said.folded.words
    if NO in marks and named and _NOT & {*words[said.start : named[0]]}:
        marks = (marks - {NO}) | {NOT_THIS}
    for hit in said.names:
        before = words[max(hit.start - 2, said.start) : hit.start]
        counted = len(before) > 1 and before[0] in _SOME and before[1] in _OF
        if ALL in hit.values and (counted or {*before[-1:]} & _SOME_NOT):
            marks |= {NOT_ALL}  # "niet alles", "twee van de drie"
    return frozenset(marks)


def _topic(said: _Stretch) -> list[Hit]:
    """Return the "wat" of "wat de expertise betreft", which asks nothing."""
    opens = [hit for hit in said.names if hit.start == said.start and "links" in hit.values]
    return opens if said.words[0] == "wat" and "betreft" in said.words else []
