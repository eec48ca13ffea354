"""What the kernel ridge's equations gave at the last training: the next one begins there.

Kept by example in one file of plain numbers, beside the sentence vectors. It holds nothing that
could not be computed again; whoever uses it computes how far off it is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROBES = 128  # columns of signs, behind one column a label
MOST_NEW = 0.05  # of the examples; where more are new, the last solution is no near one
_KEY_BYTES = PROBES // 8


class KeptSolution:
    """Of these examples (texts and label names), in this file; without a file nothing is kept."""

    def __init__(
        self, texts: Sequence[str], names: Sequence[str], path: Path | None = None
    ) -> None:
        """Read nothing yet."""
        self._labels = sorted(set(names))
        self._keys = _keys(texts, names)
        self._path = path

    @property
    def signs(self) -> np.ndarray:
        """1 or -1, (examples, PROBES), as good as random: an example always has the same ones.

        They are the bits of its checksum.
        """
        bits = np.unpackbits(np.frombuffer(self._keys, dtype=np.uint8))
        return bits.reshape(-1, PROBES).astype(np.float32) * 2 - 1

    def read(self) -> np.ndarray | None:
        """The last solution, (examples, labels + PROBES): 0 for new examples and new labels.

        None where there is none, or one of too many other examples; a damaged file is removed.
        """
        if self._path is None or not self._path.exists():
            return None
        try:
            with self._path.open("rb") as file:
                stored = np.load(file)
                keys, labels = _cut(stored["keys"].tobytes()), stored["labels"].tolist()
                solution = stored["solution"].reshape(len(keys), len(labels) + PROBES)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            self._path.unlink()
            return None
        places = {key: place for place, key in enumerate(keys)}
        found = [places.get(key, -1) for key in _cut(self._keys)]
        if found.count(-1) > MOST_NEW * len(found):
            return None
        columns = {label: column for column, label in enumerate(labels)}
        chosen = [columns.get(label, -1) for label in self._labels]
        chosen += range(len(labels), len(labels) + PROBES)
        padded = np.pad(
            solution, ((0, 1), (0, 1))
        )  # place -1, its last row and column, holds zeros
        return padded[np.ix_(found, chosen)]

    def write(self, solution: np.ndarray) -> None:
        """Keep a solution of the shape that `read` gives, for the next training."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_suffix(".partial.npz")
        np.savez(
            partial,
            keys=np.frombuffer(self._keys, dtype=np.uint8),
            labels=np.array(self._labels),
            solution=solution.astype(np.float32),
        )
        partial.replace(self._path)


def _keys(texts: Sequence[str], names: Sequence[str]) -> bytes:
    """A checksum for each example; examples that say the same have different ones."""
    seen: Counter[tuple[str, str]] = Counter()
    keys = []
    for pair in zip(texts, names, strict=True):
        seen[pair] += 1
        content = "\0".join([*pair, str(seen[pair])])
        keys.append(
            hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=_KEY_BYTES).digest()
        )
    return b"".join(keys)


def _cut(keys: bytes) -> list[bytes]:
    return [keys[start : start + _KEY_BYTES] for start in range(0, len(keys), _KEY_BYTES)]
