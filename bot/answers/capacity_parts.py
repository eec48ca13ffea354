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
_CLAUSES: Final = re.compile(
    r"[,;.:!\n]+|\b(?:et|maar|mais|terwijl)\b"
    r"|\ben\b(?!\s+(?:interne|externe|propre|sous|cyber))"  # Dutch "and", not French "in"
    r"|(?=\b(?:behalve|uitgezonderd|sauf|excepté|hormis)\b)",
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
        """The parts of which something was said, "the rest" included."""
        found = {part: self.parts.get(part, self.others) for part in PARTS}
        return {part: place for part, place in found.items() if place is not None}


@dataclass(frozen=True)
class _Clause:
    parts: tuple[str, ...]
    marks: frozenset[str]
    place: str | None
    bare: bool  # nothing but names


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
        place_before = left_out = None
        clauses = list(self._clauses(text, place))
        for clause in clauses:
            said.named += clause.parts
            said.every = said.every or ALL in clause.marks
            if EXCEPT in clause.marks:
                left_out = clause.parts
            elif REST in clause.marks:
                said.others = clause.place
            elif clause.place is None:
                pending += clause.parts if clause.bare else ()
            else:
                _place(said, [*pending, *clause.parts], clause)
                pending.clear()
                place_before = clause.place
        if pending and place_before:
            said.parts |= dict.fromkeys(pending, place_before)
        if left_out:
            return _all_but(said, left_out, place_before)
        if not said.named and said.others is None:
            said.whole = place(text)
        elif said.others is None:
            said.others = _in_general(clauses, said)
        return said

    def _clauses(self, text: str, place: Place) -> Iterator[_Clause]:
        for clause in filter(str.strip, _CLAUSES.split(text)):
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
            )

    def _hits(self, words: tuple[str, ...]) -> list[Hit]:
        """Find names, with typing errors forgiven where that leaves one way to read them."""
        variants = self._spelling.variants(words)
        return self._names.find(variants[0] if len(variants) == 1 else words)


def _place(said: PartsSaid, parts: list[str], clause: _Clause) -> None:
    """Put what was named where the clause puts it; "only this" says that the rest is in house."""
    said.parts |= dict.fromkeys(parts, str(clause.place))
    if parts and ONLY in clause.marks and clause.place in {"outsourced", "neither"}:
        said.others = "in_house"


def _in_general(clauses: list[_Clause], said: PartsSaid) -> str | None:
    """Where the rest is: "we do it ourselves, but the expertise comes from outside"."""
    opens = clauses[0].place == "in_house" and not clauses[0].parts
    return "in_house" if opens and {*said.parts.values()} - {"in_house"} else None


def _all_but(said: PartsSaid, left_out: tuple[str, ...], place: str | None) -> PartsSaid:
    """Everything is where it was said, but nothing is known of what is left out."""
    if place is not None:
        said.parts = {part: place for part in PARTS if part not in left_out}
    return said
