"""Finds the phrases of a word list in a folded message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.answers.folded_text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ANY_LETTERS: Final = "*"
_BEGINNING: Final = re.compile("[a-z]{2,}")  # what stands before an ending that matches


@dataclass(frozen=True)
class Phrase:
    """A phrase and what it means; with `alone`, only when nothing else of weight was said."""

    text: str
    value: str
    alone: bool = False


@dataclass(frozen=True)
class Hit:
    """A phrase found: the words from start up to end, and what they can mean."""

    start: int
    end: int
    values: frozenset[str]
    alone: bool = False

    @property
    def length(self) -> int:
        """How many words it covers."""
        return self.end - self.start


class _Meaning(NamedTuple):
    values: frozenset[str]
    alone: bool

    def and_also(self, other: _Meaning) -> _Meaning:
        return _Meaning(self.values | other.values, self.alone and other.alone)


class PhraseBook:
    """Phrases with their meanings; a phrase that stands for two things keeps both.

    Found by the words themselves, in dictionaries: of a message most words begin no phrase, and
    that takes two looks. spaCy's matchers make a document of the message for every list.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Fold the phrases; a word that starts with a star matches any beginning."""
        self._meanings: dict[str, _Meaning] = {}  # by the words, with a blank between them
        self._endings: dict[str, _Meaning] = {}
        self._longest: dict[str, int] = {}  # by the first word of phrases
        self.words: set[str] = set()
        same: dict[_Meaning, _Meaning] = {}
        for phrase in phrases:
            self._add(phrase)
        for known in (self._meanings, self._endings):
            for key, meaning in known.items():
                known[key] = same.setdefault(meaning, meaning)

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return the phrases in these words in order, the longest where they overlap."""
        return longest(self.every(words))

    def every(self, words: Sequence[str]) -> list[Hit]:
        """Return all the phrases in these words, also those inside others."""
        if not self._endings and self._longest.keys().isdisjoint(words):
            return []
        return [
            Hit(start, end, *meaning)
            for start, word in enumerate(words)
            if self._endings or word in self._longest
            for end, meaning in self._from(words, start)
        ]

    def _from(self, words: Sequence[str], start: int) -> Iterator[tuple[int, _Meaning]]:
        single = self._meaning(words[start])
        if single:
            yield start + 1, single
        last = min(start + self._longest.get(words[start], 0), len(words))
        for end in range(start + 2, last + 1):
            meaning = self._meanings.get(" ".join(words[start:end]))
            if meaning:
                yield end, meaning

    def _meaning(self, word: str) -> _Meaning | None:
        meaning = self._meanings.get(word)
        for ending, also in self._endings.items():
            if word.endswith(ending) and _BEGINNING.fullmatch(word, 0, len(word) - len(ending)):
                meaning = also.and_also(meaning) if meaning else also
        return meaning

    def _add(self, phrase: Phrase) -> None:
        words = fold(phrase.text).words
        if phrase.text.startswith(ANY_LETTERS):
            known, key = self._endings, "".join(words)
            meaning = _Meaning(frozenset({phrase.value}), alone=False)
        else:
            known, key = self._meanings, " ".join(words)
            meaning = _Meaning(frozenset({phrase.value}), phrase.alone)
            self.words.update(words)
            if words:
                self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))
        known[key] = known[key].and_also(meaning) if key in known else meaning


def longest(hits: list[Hit]) -> list[Hit]:
    """Return the hits that do not overlap, the longest ones first where they would."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda hit: (-hit.length, hit.start)):
        places = set(range(hit.start, hit.end))
        if not places & taken:
            taken |= places
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
