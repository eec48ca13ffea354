"""Reads one answer to three questions: who has the expertise, the knowledge and the experience.

"Expertise hebben we zelf, de rest besteden we uit": clause by clause, what is named and where it
is. Where one clause puts things is read as the answer to a single question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.answers.folded_text import fold
from bot.answers.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.answers.phrases import Hit, PhraseBook

    Place = Callable[[str], str | None]  # in_house, outsourced, neither or unknown, if it is said

PARTS: Final = ("expertise", "needs", "experience")
ALL: Final = "all"
REST: Final = "rest"
EXCEPT: Final = "except"
ONLY: Final = "only"
_AND: Final = re.compile(r"\b(?:en|et)\b", re.IGNORECASE)
_CLAUSES: Final = re.compile(
    r"([,;.:!\n]+|\b(?:et|maar|mais|terwijl)\b"
    r"|\ben\b(?!\s+(?:interne|externe|propre|sous|cyber))"  # Dutch "and", not French "in"
    r"|(?=\b(?:behalve|uitgezonderd|sauf|excepté|hormis)\b))",
    re.IGNORECASE,
)


@dataclass
class PartsSaid:
    """What was said: of parts by name, of the others, or of everything at once."""

    parts: dict[str, str] = field(default_factory=dict)
    others: str | None = None  # "the rest"
    whole: str | None = None  # nothing was named
    every: bool = False  # "all three"
    named: tuple[str, ...] = ()  # in order, also where nothing more was said of it

    def all_known(self) -> dict[str, str]:
        """The parts of which something was said; "the rest" is what was not named."""
        others = dict.fromkeys({*PARTS} - {*self.named}, self.others)
        found = {part: self.parts.get(part, others.get(part)) for part in PARTS}
        return {part: place for part, place in found.items() if place is not None}


@dataclass(frozen=True)
class _Clause:
    parts: tuple[str, ...]
    marks: frozenset[str]
    place: str | None
    bare: bool  # nothing but names
    joined: bool  # by "and" to the clause before it


class PartsReader:
    """Reads such answers; the parts are named in any language."""

    def __init__(self, names: PhraseBook) -> None:
        """Take the words for the parts, for all of them, for the rest, and those that only link."""
        self._names = names
        self._spelling = Spelling(names.words)

    def read(self, text: str, place: Place) -> PartsSaid:
        """Read an answer; `place` reads where one clause puts things."""
        said = PartsSaid()
        pending: list[str] = []  # named before it is said where: "expertise, ervaring: zelf"
        place_before = left_out = left_at = None
        clauses = list(self._clauses(text, place))
        joins = [*(clause.joined for clause in clauses[1:]), False]
        for clause, joins_next in zip(clauses, joins, strict=True):
            said.named += clause.parts
            said.every = said.every or ALL in clause.marks
            if EXCEPT in clause.marks:
                left_out, left_at = clause.parts, clause.place
            elif left_out and place_before and clause.place and not clause.parts:
                left_at = clause.place  # "all ourselves, except the expertise, that is hired"
            elif REST in clause.marks:
                said.others = clause.place
            elif clause.place is None and clause.joined and place_before and not pending:
                # "ourselves knowledge and experience, expertise by others"; joined on both sides
                # it may belong to either.
                said.parts |= {} if joins_next else dict.fromkeys(clause.parts, place_before)
            elif clause.place is None:
                pending += clause.parts if clause.bare else ()
            else:
                _place(said, [*pending, *clause.parts], clause)
                pending.clear()
                place_before = clause.place
        if pending and place_before:
            said.parts |= dict.fromkeys(pending, place_before)
        if left_out:
            return _all_but(said, left_out, place_before, left_at)
        if said.others is None:
            _say_generally(said, clauses, text, place)
        return said

    def _clauses(self, text: str, place: Place) -> Iterator[_Clause]:
        pieces = _CLAUSES.split(text)
        joined = False
        for clause, separator in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
            if not clause.strip():
                joined = False
                continue
            folded = fold(clause)
            hits = self._hits(folded.words)
            meant = [value for hit in hits for value in sorted(hit.values)]
            typed = [
                folded.typed(hit.start, hit.end) for hit in hits if hit.values & {*PARTS, REST}
            ]
            rest = clause
            for start, end, _ in reversed(typed):
                rest = f"{rest[:start]} {rest[end:]}"
            yield _Clause(
                tuple(one for one in meant if one in PARTS),
                frozenset(meant) - {*PARTS},
                place(rest) or place(clause),
                sum(hit.length for hit in hits) == len(folded.words),
                joined,
            )
            joined = bool(_AND.fullmatch(separator or ""))

    def _hits(self, words: tuple[str, ...]) -> list[Hit]:
        """Find names, with typing errors forgiven where that leaves one way to read them."""
        variants = self._spelling.variants(words)
        return self._names.find(variants[0] if len(variants) == 1 else words)


def _place(said: PartsSaid, parts: list[str], clause: _Clause) -> None:
    """Put what was named where the clause puts it; "only this" says that the rest is in house."""
    said.parts |= dict.fromkeys(parts, str(clause.place))
    if parts and ONLY in clause.marks and clause.place in {"outsourced", "neither"}:
        said.others = "in_house"


def _say_generally(said: PartsSaid, clauses: list[_Clause], text: str, place: Place) -> None:
    """Of nothing in particular, or the rest: "we do it, but the expertise comes from outside"."""
    if not said.named:
        said.whole = place(text)
        return
    opens = clauses[0].place == "in_house" and not clauses[0].parts
    if opens and {*said.parts.values()} - {"in_house"}:
        said.others = "in_house"


def _all_but(
    said: PartsSaid, left_out: tuple[str, ...], place: str | None, left_at: str | None
) -> PartsSaid:
    """Everything is where it was said; what is left out is elsewhere, if it is said where."""
    if place is not None:
        said.parts = {part: place for part in PARTS if part not in left_out}
        if left_at not in {None, place}:
            said.parts |= dict.fromkeys(left_out, str(left_at))
    return said
