"""The words and letters of a message as sparse numbers: what the sentence vector does not see.

Two blocks, each tf-idf with length 1 and scaled by its share in the kernel: character n-grams
inside words (endings, compounds, misspelt stems) and words with word pairs.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from bot.nlu.recipe import DEPLOYED, Recipe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scipy.sparse import csr_matrix

TOKEN = re.compile(r"\w+|[^\w\s]")
WORD = re.compile(r"\w+")
NGRAM_LENGTHS = (3, 4, 5)
SEEN_AT_LEAST = 2  # in so many examples
_TOKENS = 2_048  # whose pieces are kept: examples and visitors say the same words again and again
TINY = 1e-9  # the square sum of a text that holds nothing known
COMMON_FROM = 0.05  # n-grams in more of the examples tell nothing and cost most of the training


def character_ngrams(text: str) -> Iterator[str]:
    """The pieces of 3 to 5 letters of each token, its edges marked by blanks."""
    return chain.from_iterable(map(_ngrams_of, TOKEN.findall(text)))


@lru_cache(maxsize=_TOKENS)
def _ngrams_of(token: str) -> list[str]:
    return pieces_of(token, NGRAM_LENGTHS)


def pieces_of(word: str, lengths: Sequence[int]) -> list[str]:
    """The pieces of these lengths, shortest first; a word shorter than one stands for itself."""
    padded = f" {word} "
    pieces: list[str] = []
    for length in lengths:
        if len(padded) <= length:
            pieces.append(padded)
            break
        pieces += [padded[i : i + length] for i in range(len(padded) - length + 1)]
    return pieces


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
    def learn(cls, texts: Sequence[Iterable[str]], weight: float, common_from: float) -> Block:
        """Keep the pieces that are neither rare nor everywhere, in alphabetical order."""
        seen: Counter[str] = Counter()
        for pieces in texts:
            seen.update(set(pieces))
        most = max(common_from * len(texts), SEEN_AT_LEAST)
        kept = sorted(piece for piece, n in seen.items() if SEEN_AT_LEAST <= n <= most)
        documents = np.array([seen[piece] for piece in kept], dtype=np.float64)
        idf = np.log((1 + len(texts)) / (1 + documents)) + 1
        return cls({p: i for i, p in enumerate(kept)}, idf.astype(np.float32), weight)

    def rows(self, texts: Iterable[Iterable[str]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Columns and values of all texts' pieces, text by text, and how many each has.

        The square sum of a text's values is the block's weight.
        """
        counts = [self._counted(pieces) for pieces in texts]
        lengths = np.array([len(times) for times in counts])
        count = int(lengths.sum())
        columns = np.fromiter(chain.from_iterable(counts), np.int32, count)
        times = np.fromiter(chain.from_iterable(c.values() for c in counts), np.float32, count)
        values = (1 + np.log(times)) * self.idf[columns]
        owners = np.repeat(np.arange(len(counts)), lengths)
        squares = np.bincount(owners, values**2, minlength=len(counts))
        scale = np.sqrt(self.weight / np.maximum(squares, TINY))
        return columns, np.asarray(values * scale[owners], dtype=np.float32), lengths

    def _counted(self, pieces: Iterable[str]) -> Counter[int | None]:
        counts = Counter(map(self.columns.get, pieces))
        del counts[None]  # pieces that are not known
        return counts


@dataclass(frozen=True)
class LexicalFeatures:
    """Character n-grams first, then words and pairs, in one row of columns."""

    characters: Block
    words: Block

    @classmethod
    def learn(cls, texts: Sequence[str], recipe: Recipe = DEPLOYED) -> LexicalFeatures:
        """Vocabularies and idf from (repaired) texts."""
        return cls.learn_with_rows(texts, recipe)[0]

    @classmethod
    def learn_with_rows(
        cls, texts: Sequence[str], recipe: Recipe = DEPLOYED
    ) -> tuple[LexicalFeatures, csr_matrix]:
        """Also give the matrix of the same texts, which are cut up once for both."""
        letters = [list(character_ngrams(text)) for text in texts]
        words = [list(words_and_pairs(text)) for text in texts]
        features = cls(
            Block.learn(letters, recipe.characters_weight, COMMON_FROM),
            Block.learn(words, recipe.words_weight, 1.0),
        )
        return features, features._matrix(letters, words)

    def __len__(self) -> int:
        """How many columns there are."""
        return len(self.characters.columns) + len(self.words.columns)

    def row(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Columns and values of one (repaired) text."""
        letters, letter_values, _ = self.characters.rows([character_ngrams(text)])
        words, word_values, _ = self.words.rows([words_and_pairs(text)])
        offset = np.int32(len(self.characters.columns))
        return (
            np.concatenate([letters, words + offset]),
            np.concatenate([letter_values, word_values]),
        )

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row a text; answering needs one row at a time, and does without 20 MB of scipy."""
        return self._matrix(map(character_ngrams, texts), map(words_and_pairs, texts))

    def _matrix(
        self, letters: Iterable[Iterable[str]], words: Iterable[Iterable[str]]
    ) -> csr_matrix:
        from scipy.sparse import csr_matrix, hstack

        def block(block: Block, texts: Iterable[Iterable[str]]) -> csr_matrix:
            columns, values, lengths = block.rows(texts)
            ends = np.concatenate([[0], np.cumsum(lengths)])
            return csr_matrix((values, columns, ends), shape=(len(lengths), len(block.columns)))

        matrix = hstack([block(self.characters, letters), block(self.words, words)], "csr")
        matrix.sort_indices()
        return matrix
