"""The letters of a text as columns of a fixed number: what the language identifier looks at.

Hashed, so that no vocabulary is kept. scikit-learn could do the same; importing it takes 40 MB.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
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
    """One row a text, shape (len(texts), COLUMNS); only training needs it."""
    from scipy.sparse import csr_matrix

    rows = [letter_row(text) for text in texts]
    ends = np.cumsum([0] + [len(columns) for columns, _ in rows])
    columns = np.concatenate([columns for columns, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_matrix((values, columns, ends), shape=(len(texts), COLUMNS))


@lru_cache(maxsize=_WORDS)
def _columns_of(word: str) -> list[int]:
    """Of its runs of 1 to 4 characters, its edges marked by blanks."""
    pieces = pieces_of(word, _LENGTHS)
    return [crc32(piece.encode("utf-8", "replace")) % COLUMNS for piece in pieces]
