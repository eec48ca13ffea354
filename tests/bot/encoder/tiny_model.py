"""A model file of a few kilobytes, in the very form the source's weights come in."""

from __future__ import annotations

import struct

import numpy as np

WIDTH, LAYERS, HEADS, INNER, PIECES, POSITIONS = 64, 3, 4, 128, 40, 16
EPSILON = 1e-12


def tiny_file(seed: int = 1, positions: int = POSITIONS) -> bytes:
    """The file's bytes: header, an unread tokenizer, directory, tensors."""
    tensors = _tensors(np.random.default_rng(seed), positions)
    head = b"E5S1" + struct.pack(
        "<I7ifi", 1, WIDTH, LAYERS, HEADS, INNER, PIECES, positions, 2, EPSILON, 32
    )
    offsets, scores, letters = bytes(4 * (PIECES + 1)), bytes(4 * PIECES), b"letters"
    head += struct.pack("<5iQ", PIECES, 0, 2, 1, 3, len(letters)) + offsets + scores + letters
    head += struct.pack("<iI", 0, 0)
    sizes = sum(23 + len(name) for name in tensors)
    place, entries, values = len(head) + 4 + sizes, b"", b""
    for name, raw in tensors.items():
        entries += struct.pack("<H", len(name)) + name.encode()
        entries += struct.pack("<BIQQ", 0, 0, place + len(values), len(raw))
        values += raw
    return head + struct.pack("<i", len(tensors)) + entries + values


def blocks(scales: list[float], levels: list[int]) -> bytes:
    """One row: a scale a block and 32 levels (0-15) that all its blocks share."""
    low, high = np.array(levels[:16], dtype=np.uint8), np.array(levels[16:], dtype=np.uint8)
    nibbles = (low | high << 4).tobytes()
    return b"".join(np.float16(scale).tobytes() + nibbles for scale in scales)


def _tensors(random: np.random.Generator, positions: int) -> dict[str, bytes]:
    def matrix(rows: int, columns: int) -> bytes:
        return b"".join(
            blocks([random.uniform(0.01, 0.03)], list(random.integers(0, 16, 32)))
            for _ in range(rows * columns // 32)
        )

    def vector(size: int, middle: float = 0.0) -> bytes:
        return (middle + random.normal(0, 0.02, size)).astype("<f4").tobytes()

    tensors = {
        "emb.word": matrix(PIECES, WIDTH),
        "emb.pos": vector(positions * WIDTH),
        "emb.type": vector(2 * WIDTH),
        "emb.ln.w": vector(WIDTH, 1.0),
        "emb.ln.b": vector(WIDTH),
    }
    for layer in range(LAYERS):
        for name, rows, columns in (
            ("q", WIDTH, WIDTH),
            ("k", WIDTH, WIDTH),
            ("v", WIDTH, WIDTH),
            ("ao", WIDTH, WIDTH),
            ("fi", INNER, WIDTH),
            ("fo", WIDTH, INNER),
        ):
            tensors[f"l{layer}.{name}.w"] = matrix(rows, columns)
            tensors[f"l{layer}.{name}.b"] = vector(rows)
        for name in ("aln", "oln"):
            tensors[f"l{layer}.{name}.w"] = vector(WIDTH, 1.0)
            tensors[f"l{layer}.{name}.b"] = vector(WIDTH)
    return tensors
