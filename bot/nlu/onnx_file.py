"""Writes an ONNX file of a few steps and large tables, as onnxruntime reads it.

The library `onnx` does this and all the rest of the format, with 68 MB of disk: a tenth of the
whole environment, for the few fields below. Source of the field numbers:
https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (they never change), of the encoding:
https://protobuf.dev/programming-guides/encoding/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FORMAT: Final = 8  # IR version: every onnxruntime since 1.10 reads it
_OPERATORS: Final = 13  # version of the operators' set
_SEVEN_BITS: Final = 0x7F
_GOES_ON: Final = 0x80
_WHOLE: Final = 2  # the kind of a setting that is a whole number
_TYPES: Final = {np.dtype("f4"): 1, np.dtype("u1"): 2}


class Step(NamedTuple):
    """One operator: its ONNX name, what it reads, what it gives, and the axis it works along."""

    operator: str
    reads: Sequence[str]
    gives: Sequence[str]
    axis: int | None = None


class Port(NamedTuple):
    """An input or output: rows of so many numbers of one type."""

    name: str
    width: int
    kind: np.dtype


def onnx_file(
    steps: Sequence[Step], tables: Mapping[str, np.ndarray], inputs: Sequence[Port], output: Port
) -> bytes:
    """The file's content; the steps stand in the order in which they can be done.

    Raises:
        KeyError: a table or port is of a type other than float32 and uint8.
    """
    graph = [
        *(_message(1, _node(step)) for step in steps),
        _text(2, "graph"),
        *(_message(5, _table(name, table)) for name, table in tables.items()),
        *(_message(11, _port(port)) for port in inputs),
        _message(12, _port(output)),
    ]
    model = [_number(1, _FORMAT), _message(7, graph), _message(8, [_number(2, _OPERATORS)])]
    return b"".join(model)


def _node(step: Step) -> list[bytes]:
    parts = [
        *(_text(1, name) for name in step.reads),
        *(_text(2, name) for name in step.gives),
        _text(4, step.operator),
    ]
    if step.axis is not None:
        parts.append(_message(5, [_text(1, "axis"), _number(3, step.axis), _number(20, _WHOLE)]))
    return parts


def _table(name: str, table: np.ndarray) -> list[bytes]:
    return [
        *(_number(1, length) for length in table.shape),
        _number(2, _TYPES[table.dtype]),
        _text(8, name),
        _bytes(9, np.ascontiguousarray(table).tobytes()),
    ]


def _port(port: Port) -> list[bytes]:
    shape = [_message(1, [_text(2, "rows")]), _message(1, [_number(1, port.width)])]
    tensor = [_number(1, _TYPES[port.kind]), _message(2, shape)]
    return [_text(1, port.name), _message(2, [_message(1, tensor)])]


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _message(field: int, parts: Sequence[bytes]) -> bytes:
    return _bytes(field, b"".join(parts))


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    digits = bytearray()
    while value > _SEVEN_BITS:
        digits.append(value & _SEVEN_BITS | _GOES_ON)
        value >>= 7
    digits.append(value)
    return bytes(digits)
