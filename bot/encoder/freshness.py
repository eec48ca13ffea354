"""Whether a new encoder would pay: how many of today's examples the committed one does not know.

`make evaluate` says so in its report.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.encoder.artifact import ARTIFACT, REMEDY, ArtifactError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bot.encoder.examples import Examples

LEARNED = "learned.txt"
PAYS_FROM = 0.2  # below this share of new examples, training the classifier alone does
UNREAD_PAYS_FROM = 0.01  # of examples with a piece that was cut away


@dataclass(frozen=True)
class Freshness:
    """How much of today's examples the encoder knows."""

    examples: int
    new: int  # of them, not learned by an encoder that learned others
    unread: int  # of them, with a piece that the encoder cannot read

    @property
    def new_encoder_pays(self) -> bool:
        """True when it is time for `make encoder`."""
        count = max(self.examples, 1)
        return self.new / count >= PAYS_FROM or self.unread / count >= UNREAD_PAYS_FROM

    @property
    def advice(self) -> str:
        """The same as a sentence of the report, with its reasons."""
        verdict = "pays now (make encoder)" if self.new_encoder_pays else "would not pay"
        return (
            f"A new sentence encoder {verdict}: of {self.examples} examples {self.new} are new to "
            f"what it learned (it pays from {PAYS_FROM:.0%}), and {self.unread} hold something it "
            f"cannot read (from {UNREAD_PAYS_FROM:.0%})."
        )


def keep_learned(directory: Path, examples: Examples) -> None:
    """Write down, beside the encoder, a mark of every example it learned."""
    marks = sorted(set(_marks(examples)))
    (directory / LEARNED).write_text("".join(f"{one}\n" for one in marks), encoding="utf-8")


def freshness(
    examples: Examples, reads: Callable[[str], bool], directory: Path = ARTIFACT
) -> Freshness:
    """Compare today's examples with those the encoder learned; a changed label counts as new.

    `reads` is the encoder's own (`MessageEncoder.reads`). An encoder that was not fine-tuned
    learned none, and then no example is new to it.

    Raises:
        ArtifactError: the list of learned examples is missing.
    """
    path = directory / LEARNED
    if not path.is_file():
        raise ArtifactError(f"{path} is missing: nobody can say what the encoder learned. {REMEDY}")
    learned = set(path.read_text(encoding="utf-8").split())
    marks = list(_marks(examples))
    new = sum(one not in learned for one in marks) if learned else 0
    unread = sum(not reads(text) for text in examples.texts)
    return Freshness(len(marks), new, unread)


def mark(label: str, text: str) -> str:
    """What stands in the list for an example: its label and text, not to be read back."""
    return hashlib.sha256(f"{label}\t{text}".encode()).hexdigest()[:10]


def _marks(examples: Examples) -> Iterable[str]:
    for label, text in zip(examples.labels, examples.texts, strict=True):
        yield mark(label, text)
