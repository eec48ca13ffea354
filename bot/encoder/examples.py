"""The catalogue's examples as the encoder's making reads them, and their fingerprint."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import yaml

if TYPE_CHECKING:
    from pathlib import Path


class ExamplesError(ValueError):
    """The examples cannot be used; says which file, why and what would help."""


@dataclass(frozen=True)
class Examples:
    """Texts with their labels and languages, in a fixed order, no text with one label twice."""

    texts: list[str]
    labels: list[str]
    languages: list[str]

    def chosen(self, which: np.ndarray) -> Examples:
        """Only the examples whose place is marked True."""
        places = np.flatnonzero(which)
        return Examples(
            [self.texts[i] for i in places],
            [self.labels[i] for i in places],
            [self.languages[i] for i in places],
        )

    def fingerprint(self) -> str:
        """A sha256 over texts, labels and languages: the same data give the same value."""
        digest = hashlib.sha256()
        for row in sorted(zip(self.languages, self.labels, self.texts, strict=True)):
            digest.update("\t".join(row).encode() + b"\n")
        return digest.hexdigest()


def read_examples(directory: Path) -> Examples:
    """All examples under directory/<language>/*.yml.

    Raises:
        ExamplesError: there are none, or a file is not in Rasa's form of training data.
    """
    rows: dict[tuple[str, str, str], None] = {}
    for path in sorted(directory.glob("*/*.yml")):
        for label, text in _rows(path):
            rows[path.parent.name, label, text] = None
    if not rows:
        raise ExamplesError(f"{directory} holds no <language>/*.yml with examples to learn from.")
    languages, labels, texts = zip(*rows, strict=True)
    return Examples(list(texts), list(labels), list(languages))


def held_fold(examples: Examples, folds: int, seed: int, number: int = 0) -> np.ndarray:
    """Marks one of the folds: every label and language gives its share; the rest is to learn from.

    Every example is in exactly one of the folds 0 to folds - 1 of the same seed.
    """
    order = np.random.default_rng(seed).permutation(len(examples.texts))
    held = np.zeros(len(order), dtype=bool)
    seen: dict[tuple[str, str], int] = {}
    for place in order:
        group = (examples.labels[place], examples.languages[place])
        held[place] = seen.get(group, 0) % folds == number
        seen[group] = seen.get(group, 0) + 1
    return held


def _rows(path: Path) -> list[tuple[str, str]]:
    try:
        # A safe loader as well, ten times faster.
        blocks = yaml.load(path.read_bytes(), yaml.CSafeLoader)["nlu"]
        return [
            (block["intent"], line[2:].strip())
            for block in blocks
            if "intent" in block
            for line in block["examples"].splitlines()
            if line.strip()
        ]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise ExamplesError(
            f"{path} cannot be read as training data ({error}): each entry under `nlu:` needs "
            "`intent:` and `examples: |` with lines that start with '- '."
        ) from error
