"""The part of the classifier that compares a message's sentence vector with every example's.

What it costs is reading a vector for each example from memory. So they are kept in 8 bits, each in
steps of its own, which fit into a processor's cache; one run of onnxruntime, which has products of
8-bit matrices, gives the scores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from bot.encoder.one_core import session_of
from bot.nlu.onnx_file import Port, Step, onnx_file

if TYPE_CHECKING:
    from pathlib import Path

_STEPS: Final = 127  # of 8 bits with a sign
_ZERO: Final = 128  # what stands for 0 in 8 bits without one
_AT_ONCE: Final = 256  # messages: some 60 MB while they are compared
_EXACT: Final = np.dtype("f4")
# Examples are filled up to a multiple of this: where the processor has AMX, onnxruntime 1.23 counts
# wrongly for every 32nd message among many, at those examples that do not fill 16 columns.
_COLUMNS: Final = 16


class MeaningKernel:
    """Scores by nearness in meaning: the sum of `weight * exp(reach * (cosine - 1))` by duals."""

    def __init__(self, source: bytes | Path) -> None:
        """From the content of a file that `meaning_file` made, or from where it stands.

        Raises:
            ValueError: it is no such file, or damaged.
        """
        try:
            self._session = session_of(source)
        except Exception as error:  # onnxruntime raises bare Exceptions of its own
            raise ValueError(f"the comparison of meanings is unreadable: {error}") from error
        self._source = source

    def save(self, path: Path) -> None:
        """Write the file that this one was read from."""
        path.write_bytes(
            self._source if isinstance(self._source, bytes) else self._source.read_bytes()
        )

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        """Centred vectors (messages, width) to scores (messages, labels), float32."""
        numbers, steps = _rounded(vectors)
        found = [
            self._session.run(
                None,
                {
                    "message": numbers[start : start + _AT_ONCE],
                    "message steps": steps[start : start + _AT_ONCE],
                },
            )[0]
            for start in range(0, len(vectors), _AT_ONCE)
        ]
        return np.asarray(found[0] if len(found) == 1 else np.concatenate(found))


def meaning_file(anchors: np.ndarray, duals: np.ndarray, weight: float, reach: float) -> bytes:
    """What a `MeaningKernel` is read from.

    Anchors (examples, width), centred and of length 1, and duals (examples, labels); `weight` and
    `reach` are those of the kernel.
    """
    missing = (0, -len(anchors) % _COLUMNS), (0, 0)
    numbers, steps = _rounded(np.pad(anchors, missing))
    duals = np.pad(duals, missing)  # none of theirs: what fills up adds nothing to a score
    width, labels = anchors.shape[1], duals.shape[1]
    tables = {
        "anchors": numbers.T,
        "zero": np.array(_ZERO, dtype=np.uint8),
        "anchor steps": np.asarray(steps[:, 0] * reach, dtype=_EXACT),
        "reach": np.array(reach, dtype=_EXACT),
        "duals": np.asarray(duals * weight, dtype=_EXACT),
    }
    return onnx_file(
        (
            Step("MatMulInteger", ("message", "anchors", "zero", "zero"), ("products",)),
            Step("DequantizeLinear", ("products", "anchor steps"), ("in message steps",), axis=1),
            Step("Mul", ("in message steps", "message steps"), ("nearness",)),
            Step("Sub", ("nearness", "reach"), ("below the nearest",)),
            Step("Exp", ("below the nearest",), ("likeness",)),
            Step("MatMul", ("likeness", "duals"), ("scores",)),
        ),
        tables,
        (Port("message", width, numbers.dtype), Port("message steps", 1, _EXACT)),
        Port("scores", labels, _EXACT),
    )


def _rounded(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Vectors in 8 bits, and the length of each one's steps (vectors, 1)."""
    steps = np.abs(vectors).max(axis=1, keepdims=True) / np.float32(_STEPS)
    steps = np.maximum(steps, np.finfo(_EXACT).tiny)
    return np.asarray(np.rint(vectors / steps) + _ZERO, dtype=np.uint8), steps
