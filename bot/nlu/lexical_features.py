"""The words and letters of a message as sparse numbers: what the sentence vector does not see.

Two blocks, each tf-idf with length 1 and scaled by its share in the kernel: character n-grams
inside words (endings, compounds, misspelt stems) and words with word pairs.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from bot.nlu.recipe import DEPLOYED, Recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scipy.sparse import csr_matrix

    NgramsOf = Callable[[str], tuple[str, ...]]

TOKEN = re.compile(r"\w+|[^\w\s]")
WORD = re.compile(r"\w+")
NGRAM_LENGTHS = (3, 4, 5)
SEEN_AT_LEAST = 2  # in so many examples
COMMON_FROM = 0.05  # n-grams in more of the examples tell nothing and cost most of the training


def _ngrams_of(token: str) -> tuple[str, ...]:
    return tuple(pieces_of(token, NGRAM_LENGTHS))


def character_ngrams(text: str, ngrams_of: NgramsOf = _ngrams_of) -> Iterator[str]:
    """The pieces of 3 to 5 letters of each token, its edges marked by blanks.

    `ngrams_of` gives those of one token; who cuts many texts remembers them.
    """
    return chain.from_iterable(map(ngrams_of, TOKEN.findall(text)))


def pieces_of(word: str, lengths: Sequence[int]) -> Iterator[str]:
    """The pieces of these lengths, shortest first; a word shorter than one stands for itself."""
    padded = f" {word} "
    for length in lengths:
        if len(padded) <= length:
            yield padded
            break
        for start in range(len(padded) - length + 1):
            yield padded[start : start + length]


def words_and_pairs(text: str) -> Iterator[str]:
    """The words, and each two neighbours joined by a blank."""
    words = WORD.findall(text)
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


@dataclass(frozen=True)
class Block:
    """One family of features: its vocabulary (piece -> column) and their idf."""

    columns: dict[str, int]
    idf: np.ndarray
    weight: float

    @classmethod
    def learn(cls, pieces: Sequence[Counter[str]], weight: float, common_from: float) -> Block:
        """Keep the pieces that are neither rare nor everywhere, in alphabetical order."""
        seen = Counter(piece for counts in pieces for piece in counts)
        most = max(common_from * len(pieces), SEEN_AT_LEAST)
        kept = sorted(piece for piece, n in seen.items() if SEEN_AT_LEAST <= n <= most)
        documents = np.array([seen[piece] for piece in kept], dtype=np.float64)
        idf = np.log((1 + len(pieces)) / (1 + documents)) + 1
        return cls({p: i for i, p in enumerate(kept)}, idf.astype(np.float32), weight)

    def row(self, counts: Counter[str]) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values of one text; the values' square sum is the block's weight."""
        found = [(self.columns[p], n) for p, n in counts.items() if p in self.columns]
        if not found:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        columns = np.array([column for column, _ in found], dtype=np.int32)
        times = np.array([n for _, n in found], dtype=np.float32)
        values = (1 + np.log(times)) * self.idf[columns]
        return columns, values * np.float32(np.sqrt(self.weight) / np.linalg.norm(values))


@dataclass(frozen=True)
class LexicalFeatures:
    """Character n-grams first, then words and pairs, in one row of columns."""

    characters: Block
    words: Block

    @classmethod
    def learn(cls, texts: Sequence[str], recipe: Recipe = DEPLOYED) -> LexicalFeatures:
        """Vocabularies and idf from (repaired) texts."""
        remembered = cache(_ngrams_of)
        letters = [Counter(character_ngrams(text, remembered)) for text in texts]
        words = [Counter(words_and_pairs(text)) for text in texts]
        return cls(
            Block.learn(letters, recipe.characters_weight, COMMON_FROM),
            Block.learn(words, recipe.words_weight, 1.0),
        )

    def __len__(self) -> int:
        """How many columns there are."""
        return len(self.characters.columns) + len(self.words.columns)

    def row(self, text: str, ngrams_of: NgramsOf = _ngrams_of) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values of one (repaired) text."""
        letters, letter_values = self.characters.row(Counter(character_ngrams(text, ngrams_of)))
        words, word_values = self.words.row(Counter(words_and_pairs(text)))
        offset = np.int32(len(self.characters.columns))
        return (
            np.concatenate([letters, words + offset]),
            np.concatenate([letter_values, word_values]),
        )

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row a text; answering needs one row at a time, and does without 20 MB of scipy."""
        from scipy.sparse import csr_matrix

        remembered = cache(_ngrams_of)
        rows = [self.row(text, remembered) for text in texts]
        ends = np.cumsum([0] + [len(columns) for columns, _ in rows])
        columns = np.concatenate([columns for columns, _ in rows])
        values = np.concatenate([values for _, values in rows])
        matrix = csr_matrix((values, columns, ends), shape=(len(texts), len(self)))
        matrix.sort_indices()
        return matrix
