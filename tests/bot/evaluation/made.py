"""Judgements made by hand."""

from __future__ import annotations

from bot.evaluation.figures import Judged
from bot.evaluation.messages import Message
from bot.nlu.decision import Outcome

SURE, UNSURE, DECLINED = Outcome.SURE, Outcome.UNSURE, Outcome.OUT_OF_SCOPE


def judged(  # noqa: PLR0913 - named, each with what is usual
    label: str,
    ranking: list[str],
    outcome: Outcome = SURE,
    *,
    also: frozenset[str] = frozenset(),
    language: str = "nl",
    share: float = 0.9,
) -> Judged:
    """A message meant as `label`, ranked like this; the first label has `share`."""
    rest = (1 - share) / max(len(ranking) - 1, 1)
    shares = tuple((name, share if place == 0 else rest) for place, name in enumerate(ranking))
    return Judged(Message("een bericht", language, label, also), shares, outcome)
