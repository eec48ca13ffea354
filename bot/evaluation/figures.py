"""What the measured figures are, and what they must reach. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.nlu.decision import (
    BESIDE_EVERY_REFUSAL,
    OUT_OF_SCOPE,
    RANKING_LENGTH,
    Outcome,
    choices,
    perhaps,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.evaluation.messages import Message

TOP = 3


@dataclass(frozen=True)
class Judged:
    """A message, the labels as ranked (best first, with shares), and what was done with it."""

    message: Message
    ranking: tuple[tuple[str, float], ...]
    outcome: Outcome
    offers_beside_refusal: bool = True  # as ours does

    @property
    def labels(self) -> list[str]:
        """The labels of the ranking."""
        return [label for label, _ in self.ranking]

    @property
    def top1(self) -> bool:
        """Whether the first label is right."""
        return self.labels[0] in self.message.right

    @property
    def top3(self) -> bool:
        """Whether a right label is among the first three."""
        return bool(set(self.labels[:TOP]) & self.message.right)

    @property
    def declined(self) -> bool:
        """Whether the assistant said that it cannot answer this."""
        return self.outcome is Outcome.OUT_OF_SCOPE

    @property
    def helped(self) -> bool:
        """Whether what is right was done, or offered: in "did you mean", or beside a refusal."""
        if self.outcome is Outcome.SURE:
            return self.top1
        if self.outcome is Outcome.UNSURE:
            return bool(set(choices(self.labels[:RANKING_LENGTH])) & self.message.right)
        if OUT_OF_SCOPE in self.message.right:
            return True
        offered = {BESIDE_EVERY_REFUSAL, *perhaps(self.ranking)}
        return self.offers_beside_refusal and bool(offered & self.message.right)

    @property
    def misled(self) -> bool:
        """Whether a wrong answer was given without asking."""
        return self.outcome is Outcome.SURE and not self.top1


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1; None where there is no message of that sort."""

    messages: int
    top1: float | None
    top3: float | None
    in_scope_top1: float | None
    right_or_offered: float | None
    asked: float | None
    in_scope_declined: float | None
    out_of_scope_declined: float | None
    wrong_with_confidence: float | None


@dataclass(frozen=True)
class Target:
    """A figure and what it must reach: at least, or (when `most`) at most."""

    figure: str
    value: float
    most: bool = False

    def reached(self, figures: Figures) -> bool:
        """Whether these figures are as good as that; a figure without messages is."""
        found = getattr(figures, self.figure)
        if found is None:
            return True
        return bool(found <= self.value if self.most else found >= self.value)


TARGETS = (
    Target("in_scope_top1", 0.88),
    Target("right_or_offered", 0.95),
    Target("out_of_scope_declined", 0.90),
    Target("in_scope_declined", 0.04, most=True),
    Target("wrong_with_confidence", 0.04, most=True),
)
LANGUAGE_DIFFERENCE = 0.03  # of top-1, at most


def figures(judged: Sequence[Judged]) -> Figures:
    """Count. `right_or_offered`, `asked` and `in_scope_declined` are of the messages in scope."""
    inside = [one for one in judged if one.message.in_scope]
    outside = [one for one in judged if not one.message.in_scope]
    return Figures(
        messages=len(judged),
        top1=_share([one.top1 for one in judged]),
        top3=_share([one.top3 for one in judged]),
        in_scope_top1=_share([one.top1 for one in inside]),
        right_or_offered=_share([one.helped for one in inside]),
        asked=_share([one.outcome is Outcome.UNSURE for one in inside]),
        in_scope_declined=_share([one.declined and not one.helped for one in inside]),
        out_of_scope_declined=_share([one.declined for one in outside]),
        wrong_with_confidence=_share([one.misled for one in judged]),
    )


def by_language(judged: Sequence[Judged]) -> dict[str, Figures]:
    """The figures of each language that occurs."""
    languages = sorted({one.message.language for one in judged}, reverse=True)
    return {
        language: figures([one for one in judged if one.message.language == language])
        for language in languages
    }


def confusions(judged: Sequence[Judged]) -> list[tuple[str, str, int]]:
    """(meant, understood, how often) of the wrong first labels, the most frequent first."""
    pairs = Counter((one.message.label, one.labels[0]) for one in judged if not one.top1)
    return [(meant, found, n) for (meant, found), n in sorted(pairs.items(), key=_by_count)]


def _by_count(pair: tuple[tuple[str, str], int]) -> tuple[int, tuple[str, str]]:
    return -pair[1], pair[0]


def _share(yes: Sequence[bool]) -> float | None:
    return sum(yes) / len(yes) if yes else None
