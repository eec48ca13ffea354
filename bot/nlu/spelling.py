"""Typing errors, before the words are counted: an unknown word becomes the known word it resembles.

What is known is learned from the examples alone, both languages together. A repaired text is only
for the classifier's eyes: the visitor, the store and the entities keep what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+")
KNOWN_FROM = 2  # seen once, a word may itself be a typing error
TARGET_FROM = 4  # a repair must be a word that really occurs
SHORTEST_TARGET = 4
SHORTEST_REPAIRED = 5  # "da", "ni", "jsp": short words have too many neighbours


def folded(text: str) -> str:
    """The text in small letters without accents: "Été" and "ete" are one word."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


@dataclass(frozen=True)
class Spelling:
    """The words of the examples with their counts; repairs one slip a word."""

    counts: dict[str, int]
    _shortened: dict[str, list[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the possible repairs by what remains when one letter is left out."""
        shortened: dict[str, list[str]] = defaultdict(list)
        for word, count in self.counts.items():
            if count >= TARGET_FROM and len(word) >= SHORTEST_TARGET:
                for rest in _shorter(word):
                    shortened[rest].append(word)
        object.__setattr__(self, "_shortened", dict(shortened))

    @classmethod
    def learn(cls, texts: Iterable[str]) -> Spelling:
        """Remember the words that occur at least twice."""
        counts = Counter(word for text in texts for word in WORD.findall(folded(text)))
        return cls({w: n for w, n in sorted(counts.items()) if n >= KNOWN_FROM})

    def repaired(self, text: str) -> str:
        """The folded text with each unknown word replaced by the commonest word one slip away."""
        return WORD.sub(lambda match: self._repaired_word(match[0]), folded(text))

    def _repaired_word(self, word: str) -> str:
        if word in self.counts or len(word) < SHORTEST_REPAIRED:
            return word
        candidates = {
            target
            for rest in _shorter(word)
            for target in self._shortened.get(rest, ())
            if one_slip_apart(word, target)
        }
        return min(candidates, key=lambda w: (-self.counts[w], w), default=word)


def one_slip_apart(first: str, second: str) -> bool:
    """Whether one dropped, added, replaced or two swapped letters make the one out of the other."""
    if len(first) == len(second):
        differing = [i for i in range(len(first)) if first[i] != second[i]]
        if len(differing) <= 1:
            return len(differing) == 1
        left, right = differing[0], differing[-1]
        swapped = first[left] == second[right] and first[right] == second[left]
        return swapped and right == left + 1
    shorter, longer = sorted((first, second), key=len)
    return len(longer) - len(shorter) == 1 and shorter in _shorter(longer)


def _shorter(word: str) -> set[str]:
    """The word itself, and the word with each one letter left out."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}
