"""Reads the answer to a question of the eligibility check, in one language."""

from __future__ import annotations

from bisect import bisect
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from bot.answers.capacity_clauses import PARTS
from bot.answers.capacity_places import CAPACITIES, Whereabouts, whereabouts
from bot.answers.choices import (
    UNCLEAR,
    SmallWords,
    read_choice,
    that_count,
    without_denied,
    without_subordinate,
    without_wavering,
)
from bot.answers.doubts import not_knowing
from bot.answers.paths import MINE, helps_others, own_trade, read_path
from bot.answers.phrases import Hit, longest
from bot.answers.places import HOME, REGIONS
from bot.answers.reading import UNKNOWN, UNREADABLE, Reading, undecided, understood
from bot.answers.shares import read_share
from bot.answers.spelling import Spelling
from bot.answers.staff import read_staff
from bot.answers.themes import read_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.answers.folded_text import FoldedText
    from bot.answers.lexicon import Lexicon
    from bot.answers.phrases import PhraseBook

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "path": ("applicant", "target_sme"),
    "organisation_kind": (
        "enterprise",
        "nonprofit",
        "federation",
        "public_body",
        "school",
        "consortium",
        "self_employed",
        "natural_person",
        "other",
    ),
    "establishment": ("belgium", "eu", "outside_eu"),
    "expertise": CAPACITIES,
    "needs": CAPACITIES,
    "experience": CAPACITIES,
    "region": REGIONS,
    "sector": ("traditional", "technological"),
    "maturity": ("low", "medium", "high"),
}
_BOOKS: Final = {
    "path": "paths",
    "organisation_kind": "organisation_kinds",
    **dict.fromkeys(PARTS, "capacities"),
    "sector": "sectors",
    "maturity": "maturity",
}
# In these a second word often only describes the first: "federatie van bakkers".
_WITH_SUBORDINATES: Final = frozenset({"organisation_kind", "establishment", "sector"})
# Answers to where somebody is that say nothing of a region.
_TOO_WIDE: Final = frozenset({HOME, "belgium", "eu", UNCLEAR})
_YES_NO: Final = {"yes": True, "no": False}
_FEW: Final = 4  # words in which a yes or a no may stand anywhere


class AnswerReader:
    """Reads answers in one language; what it is not sure of, it leaves unreadable."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the word lists of the language."""
        self._lexicon = lexicon
        self._spellings: dict[str, Spelling] = {}

    @cached_property
    def _readers(self) -> Mapping[str, Callable[[FoldedText], Reading]]:
        choices = {question: partial(self._choice, question) for question in _BOOKS}
        return {
            **choices,
            **dict.fromkeys(PARTS, lambda folded: self._whereabouts(folded).reading),
            "path": self._path,
            "establishment": self._establishment,
            "region": self._region,
            "outsourcing_share": lambda folded: read_share(folded.words, self._lexicon),
            "fte": lambda folded: read_staff(folded.words, self._lexicon),
            "theme": lambda folded: read_theme(folded.words, self._lexicon),
            "self_employed": self._self_employed,
            "yes_no": self._yes_no,
        }

    def questions(self) -> tuple[str, ...]:
        """Return the ids of the questions whose answers can be read."""
        return tuple(self._readers)

    def familiarity(self, folded: FoldedText) -> int:
        """Count the words by which the language can be told."""
        return sum(word in self._lexicon.own_words for word in folded.words)

    def read(self, question: str, folded: FoldedText) -> Reading:
        """Read an answer as it was typed."""
        words = folded.words
        if not words:
            return UNREADABLE
        found = self._lexicon.answers("not_known").find(words)
        small = self._small(words)
        doubts = [*that_count(found, words, small), *not_knowing(small)]
        if not doubts:
            return self._readers[question](folded)
        after = small.places.get("what_is_not_known", frozenset())
        if any(doubt.end in after for doubt in doubts):
            return UNKNOWN
        hidden = {at for doubt in doubts for at in range(doubt.start, doubt.end)}
        rest = tuple("," if at in hidden else word for at, word in enumerate(words))
        reading = self._readers[question](folded.with_words(rest))
        return UNKNOWN if reading == UNREADABLE else reading

    def read_misspelt(self, question: str, folded: FoldedText) -> Reading:
        """Read an answer with typing errors forgiven; all ways to forgive them must agree."""
        variants = self._spelling(question).variants(folded.words)
        readings = {self.read(question, folded.with_words(words)) for words in variants}
        return readings.pop() if len(readings) == 1 else UNREADABLE

    def denied(self, question: str, folded: FoldedText) -> frozenset[str]:
        """Return what an answer says a capacity is not; nothing for other questions."""
        return self._whereabouts(folded).denied if question in PARTS else frozenset()

    def _whereabouts(self, folded: FoldedText) -> Whereabouts:
        book, small = self._lexicon.answers("capacities"), self._small(folded.words)
        hits = longest(that_count(book.every(folded.words), folded.words, small))
        return whereabouts(hits, small)

    def _path(self, folded: FoldedText) -> Reading:
        return read_path(self._path_hits(folded))

    def _path_hits(self, folded: FoldedText) -> list[Hit]:
        """Find what tells or points to a path, if that was asked."""
        helping = helps_others(folded.words, self._lexicon, self._small(folded.words))
        named = self._hits(self._lexicon.answers(_BOOKS["path"]), "path", folded)
        trades = self._lexicon.answers("sectors").find(folded.words)
        named += [own_trade(hit) for hit in trades if self._is_mine(hit, folded)]
        return [
            *helping,
            *(hit for hit in named if not any(_within(hit, pair) for pair in helping)),
        ]

    def _is_mine(self, hit: Hit, folded: FoldedText) -> bool:
        return hit.start > 0 and folded.words[hit.start - 1] in MINE

    def _choice(self, question: str, folded: FoldedText) -> Reading:
        hits = self._hits(self._lexicon.answers(_BOOKS[question]), question, folded)
        return read_choice(hits, CHOICES[question])

    def _establishment(self, folded: FoldedText) -> Reading:
        places = self._lexicon.places
        hits = [
            _meaning(hit, {places.establishment(value) for value in hit.values})
            for hit in self._hits(places.answers, "establishment", folded)
            if not places.is_doubtful(hit, folded)
        ]
        return read_choice(self._seats(hits, folded) or hits, CHOICES["establishment"])

    def _seats(self, hits: list[Hit], folded: FoldedText) -> list[Hit]:
        """Return the places in a clause that names the seat: elsewhere may be a branch."""
        small = self._small(folded.words)
        ends = [
            at
            for at in range(len(folded.words))
            if any(small.any(name, at, at + 1) for name in ("signs", "breaks", "conjunctions"))
        ]
        told = {bisect(ends, at) for at in small.places.get("seat", ())}
        return [hit for hit in hits if bisect(ends, hit.start) in told]

    def _region(self, folded: FoldedText) -> Reading:
        places = self._lexicon.places
        hits = [
            _meaning(hit, hit.values & {*REGIONS} or {UNCLEAR})
            for hit in self._hits(places.answers, "region", folded)
            if not places.is_doubtful(hit, folded) and not hit.values & _TOO_WIDE
        ]
        return read_choice(hits, REGIONS)

    def _self_employed(self, folded: FoldedText) -> Reading:
        named = self._hits(self._lexicon.answers("self_employment"), "self_employed", folded)
        small = self._small(folded.words)
        named = [hit for hit in named if not small.any("others", 0, hit.start)]
        inside = {at for hit in named for at in range(hit.start, hit.end)}
        answers = self._yes_no_hits(folded, final=False)
        said = [hit for hit in answers if hit.start not in inside]
        hits = without_wavering([*named, *said], small)
        return _as_truth(read_choice(hits, tuple(_YES_NO)))

    def _yes_no(self, folded: FoldedText) -> Reading:
        return _as_truth(read_choice(self._yes_no_hits(folded), tuple(_YES_NO)))

    def _yes_no_hits(self, folded: FoldedText, *, final: bool = True) -> list[Hit]:
        """Return the yes and no that open the message, or stand in a short one.

        A yes that is `final` agrees to everything; a "but" takes it back.
        """
        small = self._small(folded.words)
        hits = self._lexicon.answers("yes_no").find(folded.words)
        opening: list[Hit] = []
        for hit in hits:
            lead = range(opening[-1].end if opening else 0, hit.start)
            free = all(
                small.any("fillers", at, at + 1) or small.any("signs", at, at + 1) for at in lead
            )
            if free or len(folded.words) <= _FEW:
                taken_back = (
                    final
                    and small.any("breaks", hit.end, hit.end + 2)
                    and not any(
                        other.start < hit.end + 2 and other.start >= hit.end for other in hits
                    )
                )
                opening.append(_meaning(hit, {UNCLEAR}) if taken_back else hit)
        return opening

    def _hits(self, book: PhraseBook, question: str, folded: FoldedText) -> list[Hit]:
        small = self._small(folded.words)
        counting = longest(that_count(book.every(folded.words), folded.words, small))
        hits = without_wavering(without_denied(counting, small), small)
        return without_subordinate(hits, small) if question in _WITH_SUBORDINATES else hits

    def asks(self, folded: FoldedText) -> bool:
        """Tell whether a message is a question rather than an answer."""
        small = self._small(folded.words)
        if small.any("asks", 0, 1):
            return True
        return "?" in folded.words[1:] and small.any("may_ask", 0, 1)

    def _small(self, words: tuple[str, ...]) -> SmallWords:
        return SmallWords.find(words, self._lexicon.small_words)

    def _spelling(self, question: str) -> Spelling:
        if question not in self._spellings:
            self._spellings[question] = Spelling(self._vocabulary(question))
        return self._spellings[question]

    def _vocabulary(self, question: str) -> set[str]:
        lexicon = self._lexicon
        words = {*lexicon.answers("not_known").words, *lexicon.small_words.words}
        if question in _BOOKS:
            return words | lexicon.answers(_BOOKS[question]).words
        if question in {"establishment", "region"}:
            return words | lexicon.places.answers.words | lexicon.number_words
        if question in {"self_employed", "yes_no"}:
            own = lexicon.answers("self_employment" if question == "self_employed" else "yes_no")
            return words | own.words | lexicon.answers("yes_no").words
        words |= lexicon.numbers.vocabulary()
        if question == "theme":
            return words | lexicon.answers("themes").words | lexicon.themes.words()
        return words | lexicon.quantities.words | lexicon.amounts.words


def _within(hit: Hit, other: Hit) -> bool:
    return other.start <= hit.start and hit.end <= other.end


def _meaning(hit: Hit, values: set[str] | frozenset[str]) -> Hit:
    return Hit(hit.start, hit.end, frozenset(values))


def _as_truth(reading: Reading) -> Reading:
    if reading.status == "understood":
        return understood(_YES_NO[str(reading.value)])
    return undecided(tuple(_YES_NO[str(value)] for value in reading.alternatives))
