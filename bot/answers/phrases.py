"""Finds the phrases of a word list in a folded message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from bot.answers.folded_text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.vocab import Vocab

ANY_LETTERS: Final = "*"


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


class PhraseBook:
    """Phrases with their meanings; a phrase that stands for two things keeps both."""

    def __init__(self, vocab: Vocab, phrases: Iterable[Phrase]) -> None:
        """Fold the phrases; a word that starts with a star matches any beginning."""
        self._vocab = vocab
        self._exact = PhraseMatcher(vocab)
        self._open = Matcher(vocab)
        self._meanings: dict[str, tuple[frozenset[str], bool]] = {}
        self.words: set[str] = set()
        self._add(phrases)

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return the phrases in these words in order, the longest where they overlap."""
        return longest(self.every(words))

    def every(self, words: Sequence[str]) -> list[Hit]:
        """Return all the phrases in these words, also those inside others."""
        if not words or not self._meanings:
            return []
        document = Doc(self._vocab, words=list(words))
        matches = [*self._exact(document), *(self._open(document) if len(self._open) else ())]
        found: dict[tuple[int, int], tuple[frozenset[str], bool]] = {}
        for key, start, end in matches:
            values, alone = self._meanings[self._vocab.strings[key]]
            before, alone_before = found.get((start, end), (frozenset(), True))
            found[start, end] = (before | values, alone and alone_before)
        return [Hit(*span, *meaning) for span, meaning in found.items()]

    def _add(self, phrases: Iterable[Phrase]) -> None:
        meanings: dict[tuple[str, ...], tuple[set[str], bool]] = {}
        endings: dict[str, set[str]] = {}
        for phrase in phrases:
            if phrase.text.startswith(ANY_LETTERS):
                endings.setdefault("".join(fold(phrase.text).words), set()).add(phrase.value)
                continue
            words = fold(phrase.text).words
            values, alone = meanings.setdefault(words, (set(), True))
            values.add(phrase.value)
            meanings[words] = (values, alone and phrase.alone)
        groups: dict[tuple[frozenset[str], bool], list[Doc]] = {}
        for words, (values, alone) in meanings.items():
            document = Doc(self._vocab, words=list(words))
            groups.setdefault((frozenset(values), alone), []).append(document)
            self.words.update(words)
        for meaning, documents in groups.items():
            self._exact.add(self._key(meaning), documents)
        for ending, values in endings.items():
            pattern = [{"TEXT": {"REGEX": f"^[a-z]{{2,}}{ending}$"}}]
            self._open.add(self._key((frozenset(values), False)), [pattern])

    def _key(self, meaning: tuple[frozenset[str], bool]) -> str:
        values, alone = meaning
        key = f"{'alone ' if alone else ''}{' '.join(sorted(values))}"
        self._meanings[key] = meaning
        return key


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
