"""The letters of a text as columns of a fixed number: what the language identifier looks at.

Hashed, so that no vocabulary is kept. scikit-learn could do the same; importing it takes 40 MB.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from bot.nlu.lexical_features import pieces_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_matrix

COLUMNS = 2**15
_LENGTHS = (1, 2, 3, 4)
_WORDS = 2_048  # kept: people say the same ones again and again


def letter_row(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Columns (below COLUMNS, ascending) and values of one text; the values have length 1.

    Both are empty for a text without a character that is no white space.
    """
    counts = Counter(chain.from_iterable(map(_columns_of, text.lower().split())))
    columns = np.array(sorted(counts), dtype=np.int32)
    values = np.array([counts[column] for column in columns.tolist()], dtype=np.float32)
    return columns, values / np.float32(np.linalg.norm(values) or 1.0)


def letter_matrix(texts: Sequence[str]) -> csr_matrix:
    """The same, one row a text, shape (len(texts), COLUMNS); only training needs it."""
    from scipy.sparse import csr_matrix

    @cache  # the examples say the same words again and again
    def columns_of(word: str) -> np.ndarray:
        return np.array(_columns_of(word), dtype=np.int64)

    words = [text.lower().split() for text in texts]
    counts = [sum(len(columns_of(word)) for word in own) for own in words]
    nothing = np.empty(0, dtype=np.int64)
    columns = np.concatenate([nothing, *map(columns_of, chain.from_iterable(words))])
    places = np.repeat(np.arange(len(texts)), counts) * COLUMNS + columns
    found, times = np.unique(places, return_counts=True)
    owners, columns = np.divmod(found, COLUMNS)
    squares = np.bincount(owners, times**2, minlength=len(texts)).astype(np.float32)
    values = times.astype(np.float32) / np.sqrt(squares)[owners]
    return csr_matrix((values, (owners, columns)), shape=(len(texts), COLUMNS))


@lru_cache(maxsize=_WORDS)
def _columns_of(word: str) -> list[int]:
    """Of its runs of 1 to 4 characters, its edges marked by blanks."""
    pieces = pieces_of(word, _LENGTHS)
    return [crc32(piece.encode("utf-8", "replace")) % COLUMNS for piece in pieces]
