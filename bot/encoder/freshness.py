"""Whether a new encoder would pay: how many of today's examples the committed one cannot read.

It has learned none of them, so it never grows stale by their number; but its pieces were chosen for
the examples of its day. `make evaluate` says so in its report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAYS_FROM = 0.01  # of the examples with a piece that was cut away


@dataclass(frozen=True)
class Freshness:
    """How much of today's examples the encoder reads."""

    examples: int
    unread: int  # of them, with a piece that the encoder cannot read

    @property
    def new_encoder_pays(self) -> bool:
        """True when it is time for `make encoder`."""
        return self.unread / max(self.examples, 1) >= PAYS_FROM

    @property
    def advice(self) -> str:
        """The same as a sentence of the report, with its reason."""
        verdict = "pays now (make encoder)" if self.new_encoder_pays else "would not pay"
        return (
            f"A new sentence encoder {verdict}: of {self.examples} examples {self.unread} hold "
            f"something it cannot read (it pays from {PAYS_FROM:.0%})."
        )


def freshness(texts: Sequence[str], reads: Callable[[str], bool]) -> Freshness:
    """Count what the encoder cannot read; `reads` is its own (`MessageEncoder.reads`)."""
    return Freshness(len(texts), sum(not reads(text) for text in texts))
