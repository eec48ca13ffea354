"""The kernel of all pairs of examples: symmetric, so only half of it is computed and kept."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.nlu.side_by_side import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scipy.sparse import csr_matrix

BLOCK = 512  # rows that are computed and multiplied at a time


@dataclass(frozen=True)
class KernelMatrix:
    """Blocks of rows, each from the column of its own first row to the end; float32."""

    blocks: list[np.ndarray]  # (rows, examples from the block's first one on)

    @classmethod
    def of(
        cls, rows: csr_matrix, anchors: np.ndarray, meaning: tuple[float, float]
    ) -> KernelMatrix:
        """Of words and letters (examples, columns) and vectors of length 1 (examples, numbers).

        `meaning` is the vectors' weight and reach.
        """
        count, turned = len(anchors), rows.T.tocsr()
        own = threading.local()

        def block(start: int) -> np.ndarray:
            end = min(start + BLOCK, count)
            near = nearness(anchors[start:end] @ anchors[start:].T, meaning)
            # One buffer a thread: fresh memory costs as much as what is computed in it.
            if not hasattr(own, "buffer"):
                own.buffer = np.empty(BLOCK * count, dtype=np.float32)
            common = own.buffer[: near.size].reshape(near.shape)
            near += (rows[start:end] @ turned[:, start:]).toarray(out=common)
            return near

        return cls(side_by_side(block, range(0, count, BLOCK)))

    def __len__(self) -> int:
        """How many examples there are."""
        return int(self.blocks[0].shape[1])

    def add_to_diagonal(self, values: np.ndarray) -> None:
        """Add one value an example."""
        for start, end, block in self._placed():
            own = np.arange(end - start)
            block[own, own] += values[start:end]

    def diagonal(self) -> np.ndarray:
        """The value of each example with itself, shape (examples,)."""
        return np.concatenate([block.diagonal() for block in self.blocks])

    def times(self, columns: np.ndarray) -> np.ndarray:
        """The product with a matrix of shape (examples, anything)."""
        product = np.zeros_like(columns)
        for start, end, block in self._placed():
            product[start:end] += block @ columns[start:]
            product[end:] += block[:, end - start :].T @ columns[start:end]
        return product

    def columns(self, places: np.ndarray) -> np.ndarray:
        """The columns of these examples (ascending numbers), shape (examples, places)."""
        found = np.empty((len(self), len(places)), dtype=np.float32)
        for start, end, block in self._placed():
            first, last = np.searchsorted(places, [start, end])
            found[start:end, first:] = block[:, places[first:] - start]
            found[end:, first:last] = block[places[first:last] - start, end - start :].T
        return found

    def into_lower_triangle(self) -> np.ndarray:
        """The same as LAPACK wants it: square, in column order; what is above the diagonal is not.

        The blocks are given up on the way, so that little more than the square is ever in memory.
        """
        count = len(self)
        upper = np.empty((count, count), dtype=np.float32)
        for start, end, block in self._placed():
            upper[start:end, start:] = block
        self.blocks.clear()
        return upper.T

    def _placed(self) -> Iterator[tuple[int, int, np.ndarray]]:
        """The blocks, each with the numbers of its first row and of the first one behind it."""
        count = len(self)
        for block in self.blocks:
            start = count - block.shape[1]
            yield start, start + block.shape[0], block


def nearness(cosines: np.ndarray, meaning: tuple[float, float]) -> np.ndarray:
    """Weight * exp(reach * (cosine - 1)), in the place of the cosines."""
    weight, reach = meaning
    cosines -= 1
    cosines *= np.float32(reach)
    np.exp(cosines, out=cosines)
    cosines *= np.float32(weight)
    return cosines
