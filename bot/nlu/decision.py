"""What follows from the probabilities: answer, ask "did you mean", or decline. Pure.

The two thresholds are chosen by `choose_thresholds` on the cross-validated probabilities of the
project's own examples, at every training, and stored with the model.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OUT_OF_SCOPE = "out_of_scope"
PICTURE = "So"  # what Unicode calls other symbols: emoji, hearts, check marks
# Nothing to tap: "did you mean hello?" is no question, and "yes" no topic.
NEVER_OFFERED = frozenset(
    {
        OUT_OF_SCOPE,
        "inform",
        "affirm",
        "deny",
        "greet",
        "goodbye",
        "thank",
        "feedback_positive",
    }
)
MOST_CHOICES = 4  # what a phone shows at a glance
# What a refused message may mean after all is offered from this share on. On a held fifth of our
# examples it mends a third of the needless refusals, and one right one in eight offers something.
PERHAPS = 0.1
MOST_PERHAPS = 2
BESIDE_EVERY_REFUSAL = "contact_human"
_NO_SUBJECT = frozenset({"stop", "restart", "go_back", "repeat", "feedback_negative"})
RANKING_LENGTH = len(NEVER_OFFERED) + MOST_CHOICES  # so that there always are so many to offer
UNASKABLE = 0.6  # pleasantries, yes and no are done from here on: asking would never find them

# Below what is wanted (0.04): a threshold that just holds on the examples that chose it does not on
# others. The wrong answers a full point, for visitors' messages are harder than most examples.
MOST_DECLINED = 0.035  # of the messages in scope
MOST_WRONG = 0.03  # of all messages: a wrong answer given without asking
FEWEST_EXAMPLES = 200
SURE_RANGE = (0.45, 0.9)  # asks back neither hardly ever nor at every turn
DECLINE_RANGE = (0.2, 0.6)


class Outcome(Enum):
    """What the assistant does with a message."""

    SURE = "sure"
    UNSURE = "unsure"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Thresholds:
    """`sure`: least share of the best label to act on it; `decline`: least share to decline."""

    sure: float
    decline: float


USUAL_THRESHOLDS = Thresholds(sure=0.7, decline=0.3)


def decide(ranking: Sequence[tuple[str, float]], thresholds: Thresholds) -> Outcome:
    """Judge a ranking of (label, share), best first."""
    for label, share in ranking:
        if label == OUT_OF_SCOPE and share >= thresholds.decline:
            return Outcome.OUT_OF_SCOPE
    best, share = ranking[0]
    if best != OUT_OF_SCOPE and share >= _least_share(best, thresholds.sure):
        return Outcome.SURE
    return Outcome.UNSURE if choices([label for label, _ in ranking]) else Outcome.OUT_OF_SCOPE


def _least_share(label: str, sure: float) -> float:
    # Outside an interview a lone value is mostly half a question ("how much"): that is asked.
    followed_early = label in NEVER_OFFERED and label != "inform"
    return min(sure, UNASKABLE) if followed_early else sure


def choices(labels: Sequence[str]) -> list[str]:
    """The labels that "did you mean" offers, best first, at most four."""
    return [label for label in labels if label not in NEVER_OFFERED][:MOST_CHOICES]


def perhaps(ranking: Sequence[tuple[str, float]]) -> list[str]:
    """The subjects that a refused message may be about after all, best first.

    Mostly none, two at most. "Stop" or "say that again" is no subject.
    """
    likely = choices([label for label, share in ranking if share >= PERHAPS])
    beside = _NO_SUBJECT | {BESIDE_EVERY_REFUSAL}
    return [label for label in likely if label not in beside][:MOST_PERHAPS]


def says_nothing(text: str) -> bool:
    """Whether a text holds no letter, digit or emoji ("???", "..."): nothing to read."""
    return not any(
        character.isalnum() or unicodedata.category(character) == PICTURE for character in text
    )


def choose_thresholds(shares: np.ndarray, targets: np.ndarray, labels: Sequence[str]) -> Thresholds:
    """The lowest thresholds that keep needless refusals and wrong answers rare.

    `shares` (examples, labels) must be cross-validated; `targets` are label numbers. Where the
    data cannot be kept within the limits, the upper end of the range is taken; where there are
    too few, the thresholds that earlier data gave.
    """
    if OUT_OF_SCOPE not in labels or len(targets) < FEWEST_EXAMPLES:
        return USUAL_THRESHOLDS
    refusal = list(labels).index(OUT_OF_SCOPE)
    refused = shares[:, refusal]
    decline = _lowest(
        DECLINE_RANGE, lambda t: float((refused >= t)[targets != refusal].mean()) <= MOST_DECLINED
    )
    best = shares.argmax(axis=1)
    wrong = (best != targets) & (best != refusal) & (refused < decline)
    highest = shares.max(axis=1)

    def few_wrong(threshold: float) -> bool:
        least = np.array([_least_share(label, threshold) for label in labels])
        return float((wrong & (highest >= least[best])).mean()) <= MOST_WRONG

    return Thresholds(_lowest(SURE_RANGE, few_wrong), decline)


def _lowest(limits: tuple[float, float], holds: Callable[[float], bool]) -> float:
    # Rounded before they are tried: what is stored is what was found to hold.
    steps = np.round(np.arange(limits[0], limits[1] + 0.005, 0.01), 2)
    return float(next((step for step in steps if holds(step)), limits[1]))
