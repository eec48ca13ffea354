"""Reads one answer to three questions: who has the expertise, the knowledge and the experience.

"Expertise hebben we zelf, de rest besteden we uit": clause by clause, what is named and where it
is. Where one clause puts things is read as the answer to a single question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.answers.capacity_clauses import (
    ALL,
    EXCEPT,
    NO,
    NOT_ALL,
    NOT_THIS,
    ONLY,
    PARTS,
    REST,
    SAME,
    YES,
    ClauseReader,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.capacity_clauses import Clause, Place
    from bot.answers.lexicon import CapacityWords

_ELSEWHERE: Final = frozenset({"outsourced", "neither"})
_NOWHERE: Final = frozenset({"in_house", "outsourced"})


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


class PartsReader:
    """Reads such answers; the parts are named in any language."""

    def __init__(self, words: CapacityWords) -> None:
        """Take the words of such answers."""
        self._clauses = ClauseReader(words)

    def read(self, text: str, place: Place) -> PartsSaid:
        """Read an answer; `place` reads where one clause puts things."""
        clauses = self._clauses.clauses(text, place)
        if any(NOT_ALL in clause.marks for clause in clauses):
            return PartsSaid()
        if not any(clause.parts or clause.marks & {ALL, REST} for clause in clauses):
            return self._of_the_whole(text, clauses, place)
        joins = [*(clause.joined for clause in clauses[1:]), False]
        taken = _Taking()
        for clause, joins_next in zip(clauses, joins, strict=True):
            taken.take(clause, joins_next=joins_next)
        return taken.ended()

    def _of_the_whole(self, text: str, clauses: list[Clause], place: Place) -> PartsSaid:
        """Nothing is named: one place for everything, or three in their order."""
        listed = self._clauses.listed(text)
        if listed:
            return PartsSaid(dict(zip(PARTS, listed, strict=True)), named=PARTS)
        # "Yes" to "in house, or by others?" says neither of the two.
        agrees = all(clause.marks & {YES, SAME} and clause.place is None for clause in clauses)
        return PartsSaid(whole=None if agrees else place(text)[0])


class _Taking:
    """An answer as it is taken in, clause by clause."""

    def __init__(self) -> None:
        self._said = PartsSaid()
        self._pending: list[str] = []  # named before it is said where: "expertise, ervaring: zelf"
        self._headed = False  # by a colon: "expertise: mijn broer werkt hier, dus zelf"
        self._left_hanging = False  # and something that is not understood was said of it
        self._held: list[str] = []  # only said where not, or agreed to: what follows may say more
        self._denied: frozenset[str] = frozenset()  # where what is held is not
        self._last: str | None = None  # the place named last
        self._all: str | None = None  # where everything is
        self._general: str | None = None  # where things are, said before anything is named
        self._left_out: tuple[str, ...] = ()
        self._left_at: str | None = None
        self._awaits = ""  # whose place the next clause may say: the rest's, or what is left out

    def take(self, clause: Clause, *, joins_next: bool) -> None:
        """Take in one clause."""
        said, awaited, self._awaits = self._said, self._awaits, ""
        said.named += tuple(part for part in clause.parts if part not in said.named)
        said.every = said.every or ALL in clause.marks
        place = clause.place or self._agreed(clause)
        if EXCEPT in clause.marks:
            self._left_out, self._left_at, self._awaits = clause.parts, clause.place, EXCEPT
        elif REST in clause.marks:
            said.others = place if NO not in clause.marks else None
            self._awaits = "" if place else REST
        elif ALL in clause.marks and not clause.parts:
            self._all = place or self._all
            self._last = place or self._last
            self._awaits = "" if place else ALL
        elif clause.parts:
            self._take_names(clause, place, joins_next=joins_next)
        elif clause.place:
            self._take_place(clause.place, awaited)
        else:
            self._take_remark(clause, place)

    def ended(self) -> PartsSaid:
        """What the whole answer says."""
        said = self._said
        base = self._all or self._general or self._last
        if self._pending and self._last and not self._left_hanging:
            self._put(self._pending, self._last)
        if self._left_out:
            self._leave_out(base)
        elif self._all and said.others is None:
            left_open = self._open()
            everything = {part: self._all for part in PARTS if part not in left_open}
            said.parts = everything | said.parts
        elif said.others is None and self._general == "in_house":
            # "We do it, but the expertise comes from outside."
            said.others = "in_house" if {*said.parts.values()} & _ELSEWHERE else None
        return said

    def _open(self) -> set[str]:
        """What was named without its place being said."""
        return {part for part in self._said.named if part not in self._said.parts} | {
            part for part in self._held if self._denied
        }

    def _agreed(self, clause: Clause) -> str | None:
        """Where a mere yes, no or "also" puts things, given what was said before."""
        if SAME in clause.marks:
            return self._last
        if YES in clause.marks:
            return "outsourced" if self._denied == {"outsourced"} else "in_house"
        return None

    def _take_names(self, clause: Clause, place: str | None, *, joins_next: bool) -> None:
        if self._left_hanging:
            self._pending, self._left_hanging = [], False
        self._headed = clause.heads
        parts = [*self._pending, *clause.parts]
        if NO in clause.marks and self._last == "neither" and self._held:
            self._put_and_hold([*self._held, *parts], "neither")
        elif clause.marks & {NOT_THIS, NO}:
            # Not in house, or not where the last one is: what follows may say where it is.
            before = self._held if self._denied else []
            relative = self._last if NOT_THIS in clause.marks else None
            self._hold([*before, *parts], frozenset({relative or "in_house"}))
            self._pending = []
        elif place is not None:
            # "Niet, die huren we in": what is agreed to or missing may yet be said otherwise.
            held = [*self._held, *parts] if place == self._last else parts
            self._put(parts, place)
            if ONLY in clause.marks and place in _ELSEWHERE:
                self._said.others = "in_house"
            if clause.place in {None, "neither"}:
                self._put_and_hold(held, place)
            self._pending = []
        elif clause.denied:
            self._hold(parts, clause.denied)
            self._pending = []
        elif clause.joined and self._last and not self._pending:
            # "Ourselves knowledge and experience, expertise by others"; joined on both sides it
            # may belong to either.
            self._said.parts |= {} if joins_next else dict.fromkeys(clause.parts, self._last)
        else:
            self._pending, self._held = (parts if clause.bare else []), []

    def _take_place(self, place: str, awaited: str) -> None:
        if awaited == EXCEPT:
            self._left_at = place
        elif awaited == REST:
            self._said.others = place
        elif awaited == ALL:
            self._all = self._last = place
        elif self._pending:
            self._put(self._pending, place)
            self._pending = []
        elif self._held:
            self._put(self._held, place)
        else:
            self._general = self._general or (None if self._said.named else place)
            self._last = place

    def _take_remark(self, clause: Clause, place: str | None) -> None:
        """Take what neither names a part nor puts it anywhere by itself."""
        if self._pending and place:
            self._put_and_hold(self._pending, place)  # "expertise: ja"
            self._pending = []
        elif self._pending and NO in clause.marks:
            self._hold(self._pending, frozenset({"in_house"}))
            self._pending = []
        elif clause.denied and self._held:
            self._deny(clause.denied)
        elif not clause.bare and self._headed:
            self._left_hanging = True
        elif not clause.bare:
            self._pending = []  # something else was said of it

    def _hold(self, parts: Iterable[str], denied: frozenset[str]) -> None:
        self._held, self._denied = list(parts), denied
        for part in self._held if denied else ():
            self._said.parts.pop(part, None)

    def _deny(self, denied: frozenset[str]) -> None:
        """Where it is not in house and not outsourced either, it is nowhere."""
        self._denied |= denied
        if self._denied >= _NOWHERE:
            self._put(self._held, "neither")

    def _put(self, parts: Iterable[str], place: str) -> None:
        self._said.parts |= dict.fromkeys(parts, place)
        self._last, self._held, self._denied = place, [], frozenset()

    def _put_and_hold(self, parts: list[str], place: str) -> None:
        self._put(parts, place)
        self._hold(parts, frozenset())

    def _leave_out(self, place: str | None) -> None:
        """Everything is where it was said; what is left out is elsewhere, if it is said where."""
        said, out = self._said, self._left_out
        if place is not None:
            told = {part: at for part, at in said.parts.items() if part not in out}
            said.parts = {part: place for part in PARTS if part not in out} | told
            if self._left_at not in {None, place}:
                said.parts |= dict.fromkeys(out, str(self._left_at))
