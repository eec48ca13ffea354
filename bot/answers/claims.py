"""Tells what a visitor says of himself from what he asks, supposes or says of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.answers.choices import SmallWords

SENTENCE_ENDS: Final = frozenset(".?!\n;")
CLAUSE_ENDS: Final = SENTENCE_ENDS | {",", ":", "(", ")"}
_REACH: Final = 3  # how many words further "for" still works


@dataclass(frozen=True)
class Claims:
    """The words of a message, the small words among them, and the places of what was found."""

    words: tuple[str, ...]
    small: SmallWords
    covered: frozenset[int]

    def clause(self, at: int) -> tuple[int, int]:
        """Return where the clause around a word starts and ends."""
        return self._around(at, CLAUSE_ENDS)

    def is_serious(self, at: int) -> bool:
        """Tell whether the clause neither asks nor supposes something."""
        if self.is_role(at):
            return not self.imagines(at)
        return not self._asks(at) and not self._supposes(at)

    def imagines(self, at: int) -> bool:
        """Tell whether the sentence only plays with the thought: "stel dat wij als vzw ..."."""
        return self.small.any("imagined", self._around(at, SENTENCE_ENDS)[0], at)

    def is_role(self, at: int) -> bool:
        """Tell whether it says as what "we" ask or do something: "mochten wij als vzw uit Gent".

        "Als vzw" is such a role; "als een vzw" only after "we", for it may begin a condition.
        """
        if not self.small.any("we", *self._around(at, SENTENCE_ENDS)):
            return False
        start, _ = self.clause(at)
        for i in range(at - 1, start - 1, -1):
            if self.small.any("roles", i, i + 1):
                plain = not self.small.any("articles", i + 1, i + 2)
                return plain or self.small.any("roles_at_once", i, i + 1) or self._are_we(i - 1)
            if self._is_strange(i):
                return False
        return False

    def is_of_others(self, at: int) -> bool:
        """Tell whether it is said of somebody else, or of those whom it is meant for."""
        start, _ = self.clause(at)
        for_whom = self.small.any("for_words", max(start, at - _REACH), at)
        stated = self.small.any("states", at - 2, at)
        return (for_whom and not stated) or self.small.any("others", start, at)

    def is_apposition(self, at: int) -> bool:
        """Tell whether the clause only says who "we" are: "is it for us, a bakery of 12?"."""
        start, _ = self.clause(at)
        return (
            self.small.any("articles", start, start + 1)
            and self.small.any("us", start - 2, start - 1)
            and self.words[start - 1] in CLAUSE_ENDS - SENTENCE_ENDS
        )

    def is_led_by(self, lists: Collection[str], at: int, spare: int) -> bool:
        """Tell whether a phrase such as "we are" leads up to a word.

        Between them stand things found, and words that link; `spare` others may stand there too,
        but not right after the phrase: "we hebben gisteren" leads nowhere.
        """
        if self.is_apposition(at) or self.is_role(at):
            return True
        start, _ = self._around(at, SENTENCE_ENDS)
        strange = 0
        for i in range(at - 1, start - 1, -1):
            if any(self.small.any(name, i, i + 1) for name in lists):
                return strange <= spare and (i + 1 == at or not self._is_strange(i + 1))
            strange += self._is_strange(i)
        return False

    def has(self, name: str, at: int) -> bool:
        """Tell whether the clause around a word has a word of a list."""
        return self.small.any(name, *self.clause(at))

    def is_bare_list(self) -> bool:
        """Tell whether the message is nothing but what was found: "vzw uit Gent, 12 mensen"."""
        everything = all(not self._is_strange(at) for at in range(len(self.words)))
        return everything and "?" not in self.words

    def _is_strange(self, at: int) -> bool:
        known = at in self.covered or self.small.any("link_words", at, at + 1)
        return self.words[at][0].isalnum() and not known

    def _asks(self, at: int) -> bool:
        if self.is_apposition(at):
            return False
        start, end = self.clause(at)
        stated = self.small.any("states", start, start + 1)
        opened = self.small.any("may_ask", start, start + 1) and not stated
        # "Ik heb een frituur en zoek wat hulp": what is stated before is not asked.
        told = self.small.any("states", start, at)
        if opened or self.small.any("asks", start, at if told else end):
            return True
        if end == len(self.words) or self.words[end] != "?":
            return False
        # "We are a non-profit can we apply?": the statement comes before the question.
        turns = self.small.any("may_ask", at + 1, end)
        return not (turns and self.small.any("states", start, at))

    def _are_we(self, at: int) -> bool:
        return self.small.any("we", at, at + 1)

    def _supposes(self, at: int) -> bool:
        start, _ = self.clause(at)
        stated = self.small.places.get("states", frozenset())
        supposed = self.small.places.get("hypotheses", frozenset())
        return any(start <= i < at for i in supposed - stated)

    def _around(self, at: int, ends: Collection[str]) -> tuple[int, int]:
        start = end = at
        while start > 0 and self.words[start - 1] not in ends:
            start -= 1
        while end < len(self.words) and self.words[end] not in ends:
            end += 1
        return start, end
