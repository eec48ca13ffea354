"""Whether a new encoder would pay: how many of today's examples are new to the committed one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.encoder.artifact import ARTIFACT, REMEDY, ArtifactError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bot.encoder.examples import Examples

LEARNED = "learned.txt"
PAYS_FROM = 0.2  # below this share of new examples, training the classifier alone does


@dataclass(frozen=True)
class Freshness:
    """How much of today's examples the encoder knows."""

    examples: int
    new: int

    @property
    def share_new(self) -> float:
        """The share of today's examples that the encoder has not learned, 0 to 1."""
        return self.new / self.examples if self.examples else 0.0

    @property
    def new_encoder_pays(self) -> bool:
        """True when it is time for `make encoder`."""
        return self.share_new >= PAYS_FROM


def keep_learned(directory: Path, examples: Examples) -> None:
    """Write down, beside the encoder, a mark of every example it learned."""
    marks = sorted(set(_marks(examples)))
    (directory / LEARNED).write_text("".join(f"{mark}\n" for mark in marks), encoding="utf-8")


def freshness(examples: Examples, directory: Path = ARTIFACT) -> Freshness:
    """Compare today's examples with those the encoder learned; a changed label counts as new.

    An encoder that was not fine-tuned learned none, and then no example is new to it.

    Raises:
        ArtifactError: the list of learned examples is missing.
    """
    path = directory / LEARNED
    if not path.is_file():
        raise ArtifactError(f"{path} is missing: nobody can say what the encoder learned. {REMEDY}")
    learned = set(path.read_text(encoding="utf-8").split())
    marks = list(_marks(examples))
    new = sum(mark not in learned for mark in marks) if learned else 0
    return Freshness(len(marks), new)


def _marks(examples: Examples) -> Iterable[str]:
    for label, text in zip(examples.labels, examples.texts, strict=True):
        yield hashlib.sha256(f"{label}\t{text}".encode()).hexdigest()[:10]
