"""Forgives typing errors in long words: towards the one word of a list that is nearest."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

SHORTEST: Final = 5  # shorter words have too many neighbours
_MOST_VARIANTS: Final = 6
_LONG: Final = 9  # from this length on, two slips are forgiven


class Spelling:
    """The words that typing errors are forgiven towards."""

    def __init__(self, words: Collection[str]) -> None:
        """Index the words by what is left of them with one letter dropped.

        Two arrays, the hashes in order and the words they belong to, take a tenth of the memory of
        a dictionary of lists. Hashes that collide do no harm: every candidate is measured.
        """
        self._known = frozenset(words)
        self._words = sorted(word for word in words if len(word) >= SHORTEST and word.isalpha())
        rows = sorted(
            (hash(left), at)
            for at, word in enumerate(self._words)
            for left in _with_one_dropped(word)
        )
        self._hashes = array("q", (left for left, _ in rows))
        self._owners = array("I", (at for _, at in rows))

    def variants(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the words with unknown ones replaced by their nearest neighbours.

        Where neighbours are equally near there is a variant for each; nothing to replace, or too
        many ways, gives none.
        """
        nearest = [self._nearest(word) for word in words]
        if not any(nearest) or prod(len(near) or 1 for near in nearest) > _MOST_VARIANTS:
            return []
        return list(product(*(near or (word,) for word, near in zip(words, nearest, strict=True))))

    def _nearest(self, word: str) -> tuple[str, ...]:
        if word in self._known or not word.isalpha():
            return ()
        once = re.sub(r"(.)\1{2,}", r"\1\1", word)
        for shortened in (once, re.sub(r"(.)\1+", r"\1", once)):
            if once != word and shortened in self._known:
                return (shortened,)
        if len(word) < SHORTEST:
            return ()
        candidates = {near for left in _with_one_dropped(word) for near in self._near(left)}
        steps = {near: distance(word, near) for near in sorted(candidates)}
        fewest = min(steps.values(), default=len(word))
        if fewest > (2 if len(word) >= _LONG else 1):
            return ()
        return tuple(near for near, count in steps.items() if count == fewest)

    def _near(self, left: str) -> Iterator[str]:
        key = hash(left)
        at = bisect_left(self._hashes, key)
        while at < len(self._hashes) and self._hashes[at] == key:
            yield self._words[self._owners[at]]
            at += 1


def distance(one: str, other: str) -> int:
    """Count the letters to add, drop, replace or swap with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, left in enumerate(one, start=1):
        row = [i]
        for j, right in enumerate(other, start=1):
            steps = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                steps = min(steps, rows[-2][j - 2] + 1)
            row.append(steps)
        rows.append(row)
    return rows[-1][-1]


def _with_one_dropped(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
