"""Answer, ask or decline: decided by shares and two thresholds, and the thresholds by data."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.decision import (
    MOST_DECLINED,
    MOST_WRONG,
    NEVER_OFFERED,
    RANKING_LENGTH,
    USUAL_THRESHOLDS,
    Outcome,
    Thresholds,
    choices,
    choose_thresholds,
    decide,
    perhaps,
    says_nothing,
)

THRESHOLDS = Thresholds(sure=0.7, decline=0.3)


@pytest.mark.parametrize(
    ("ranking", "outcome"),
    [
        ([("faq/budget", 0.7), ("greet", 0.3)], Outcome.SURE),
        ([("faq/budget", 0.69), ("greet", 0.31)], Outcome.UNSURE),
        ([("faq/budget", 0.7), ("out_of_scope", 0.3)], Outcome.OUT_OF_SCOPE),
        ([("faq/budget", 0.71), ("out_of_scope", 0.29)], Outcome.SURE),
        ([("out_of_scope", 0.9), ("greet", 0.1)], Outcome.OUT_OF_SCOPE),
        ([("inform", 0.9), ("greet", 0.1)], Outcome.SURE),
        ([("inform", 0.5), ("faq/budget", 0.3)], Outcome.UNSURE),
        ([("thank", 0.6), ("faq/budget", 0.3)], Outcome.SURE),  # asking would never find it
        ([("inform", 0.6), ("faq/budget", 0.3)], Outcome.UNSURE),  # "how much" asks something
        ([("faq/budget", 0.6), ("inform", 0.3)], Outcome.UNSURE),
        ([("greet", 0.59), ("out_of_scope", 0.2)], Outcome.OUT_OF_SCOPE),  # nothing to offer
    ],
)
def test_decide(ranking: list[tuple[str, float]], outcome: Outcome) -> None:
    assert decide(ranking, THRESHOLDS) is outcome


def test_choices_keep_the_order_and_leave_out_what_nobody_means() -> None:
    ranking = ["inform", "faq/budget", "out_of_scope", "greet", "stop", "affirm", "faq/results"]

    assert choices(ranking) == ["faq/budget", "stop", "faq/results"]


@pytest.mark.parametrize(
    ("ranking", "offered"),
    [
        ([("out_of_scope", 0.9), ("faq/budget", 0.1)], ["faq/budget"]),
        ([("out_of_scope", 0.91), ("faq/budget", 0.09)], []),
        (
            [("stop", 0.3), ("faq/budget", 0.2), ("out_of_scope", 0.4), ("report_incident", 0.1)],
            ["faq/budget", "report_incident"],  # to stop is no subject
        ),
        (
            [("faq/a", 0.2), ("privacy", 0.2), ("faq/c", 0.2), ("out_of_scope", 0.4)],
            ["faq/a", "privacy"],
        ),
        ([("out_of_scope", 0.6), ("greet", 0.4)], []),
        ([("out_of_scope", 0.6), ("contact_human", 0.4)], []),  # is offered with every refusal
    ],
)
def test_what_a_refused_message_may_mean_is_offered(
    ranking: list[tuple[str, float]], offered: list[str]
) -> None:
    assert perhaps(ranking) == offered


def test_choices_are_four_at_most() -> None:
    assert choices(["a", "b", "c", "d", "e"]) == ["a", "b", "c", "d"]


def test_ranking_holds_four_choices_whatever_else_comes_first() -> None:
    ranking = [*sorted(NEVER_OFFERED), "a", "b", "c", "d"][:RANKING_LENGTH]

    assert choices(ranking) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("text", ["", "???", " . ", "…", "+-"])
def test_says_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["?a", "4", "é", "😀", "👍🏽", "❤️"])
def test_says_something(text: str) -> None:
    assert not says_nothing(text)


LABELS = ["a", "b", "out_of_scope"]


def test_chosen_thresholds_keep_wrong_answers_and_refusals_rare() -> None:
    random = np.random.default_rng(2)
    targets = random.integers(0, 3, 3000)
    scores = 3 * np.eye(3)[targets] + random.normal(0, 1.4, (3000, 3))
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)

    chosen = choose_thresholds(shares, targets, LABELS)

    refused = shares[:, 2] >= chosen.decline
    best = shares.argmax(axis=1)
    answered = ~refused & (best != 2) & (shares.max(axis=1) >= chosen.sure)
    assert refused[targets != 2].mean() <= MOST_DECLINED
    assert (answered & (best != targets)).mean() <= MOST_WRONG
    lower = shares[:, 2] >= chosen.decline - 0.01
    assert lower[targets != 2].mean() > MOST_DECLINED or chosen.decline == pytest.approx(0.2)


def test_wrong_courtesies_are_counted_from_the_share_at_which_they_are_done() -> None:
    """A wrong answer at 0.7 spoils nothing once the threshold is above it; a wrong "hello" does."""
    targets = np.zeros(300, dtype=int)
    shares = np.tile([0.95, 0.05, 0.0], (300, 1))
    shares[:30] = [0.3, 0.7, 0.0]

    asked = choose_thresholds(shares, targets, ["a", "b", "out_of_scope"])
    done = choose_thresholds(shares, targets, ["a", "greet", "out_of_scope"])

    assert (asked.sure, done.sure) == (0.71, 0.9)


def test_perfect_shares_give_the_lowest_thresholds() -> None:
    targets = np.arange(300) % 3

    assert choose_thresholds(np.eye(3)[targets], targets, LABELS) == Thresholds(0.45, 0.2)


def test_too_little_data_give_the_usual_thresholds() -> None:
    targets = np.arange(30) % 3

    assert choose_thresholds(np.eye(3)[targets], targets, LABELS) == USUAL_THRESHOLDS


def test_catalogue_without_out_of_scope_gives_the_usual_thresholds() -> None:
    targets = np.arange(300) % 2

    assert choose_thresholds(np.eye(2)[targets], targets, ["a", "b"]) == USUAL_THRESHOLDS
