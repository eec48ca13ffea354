"""The figures count what they say, for each thing the assistant can do with a message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.evaluation.figures import TARGETS, Figures, Target, by_language, confusions, figures
from tests.bot.evaluation.made import DECLINED, SURE, UNSURE, judged

BUDGET = ["faq/budget", "faq/results", "stop", "repeat", "restart", "greet", "inform"]
OUTSIDE = ["out_of_scope", *BUDGET]


def test_figures_of_one_right_answer() -> None:
    assert figures([judged("faq/budget", BUDGET)]) == Figures(
        messages=1,
        top1=1.0,
        top3=1.0,
        in_scope_top1=1.0,
        right_or_offered=1.0,
        asked=0.0,
        in_scope_declined=0.0,
        out_of_scope_declined=None,
        wrong_with_confidence=0.0,
    )


def test_figures_of_one_wrong_answer() -> None:
    found = figures([judged("stop", BUDGET)])

    assert (found.top1, found.top3, found.right_or_offered) == (0.0, 1.0, 0.0)
    assert found.wrong_with_confidence == 1.0


def test_offered_label_helps_and_is_not_wrong_with_confidence() -> None:
    found = figures([judged("stop", BUDGET, UNSURE)])

    assert (found.right_or_offered, found.asked, found.wrong_with_confidence) == (1.0, 1.0, 0.0)


def test_fourth_choice_is_offered_and_the_fifth_is_not() -> None:
    assert figures([judged("repeat", BUDGET, UNSURE)]).right_or_offered == 1.0
    assert figures([judged("restart", BUDGET, UNSURE)]).right_or_offered == 0.0


def test_label_that_is_never_offered_makes_room() -> None:
    ranking = ["inform", "out_of_scope", "greet", *BUDGET[:4]]

    assert figures([judged("repeat", ranking, UNSURE)]).right_or_offered == 1.0
    assert figures([judged("greet", ranking, UNSURE)]).right_or_offered == 0.0


def test_needless_refusal() -> None:
    found = figures([judged("greet", OUTSIDE, DECLINED)])

    assert (found.in_scope_declined, found.right_or_offered) == (1.0, 0.0)
    assert found.wrong_with_confidence == 0.0


@pytest.mark.parametrize(
    ("label", "share", "helped"),
    [
        ("faq/budget", 0.5, 1.0),
        ("faq/budget", 0.95, 0.0),  # too small a share is not offered
        ("faq/results", 0.5, 0.0),
        ("contact_human", 0.95, 1.0),  # beside every refusal
    ],
)
def test_refusal_that_offers_what_was_meant_is_not_needless(
    label: str, share: float, helped: float
) -> None:
    found = figures([judged(label, ["out_of_scope", "faq/budget"], DECLINED, share=share)])

    assert (found.right_or_offered, found.in_scope_declined) == (helped, 1 - helped)
    assert found.asked == 0.0


def test_refusal_of_an_engine_that_offers_nothing_is_needless() -> None:
    ranking = ["out_of_scope", "faq/budget"]
    offers = [
        judged(label, ranking, DECLINED, share=0.5) for label in ("faq/budget", "contact_human")
    ]

    found = figures([replace(one, offers_beside_refusal=False) for one in offers])

    assert (found.right_or_offered, found.in_scope_declined) == (0.0, 1.0)


def test_refusal_that_is_also_right_is_not_needless() -> None:
    also = frozenset({"out_of_scope"})

    found = figures([judged("greet", OUTSIDE, DECLINED, also=also)])

    assert (found.in_scope_declined, found.right_or_offered, found.top1) == (0.0, 1.0, 1.0)


def test_out_of_scope_is_only_declined_by_a_refusal() -> None:
    found = figures(
        [
            judged("out_of_scope", OUTSIDE, DECLINED),
            judged("out_of_scope", BUDGET, UNSURE),
            judged("out_of_scope", BUDGET, SURE),
        ]
    )

    assert found.out_of_scope_declined == pytest.approx(1 / 3)
    assert found.wrong_with_confidence == pytest.approx(1 / 3)
    assert found.in_scope_top1 is None


def test_also_right_label_counts_as_right() -> None:
    assert figures([judged("greet", BUDGET, also=frozenset({"faq/budget"}))]).top1 == 1.0


def test_languages_are_told_apart() -> None:
    found = by_language([judged("greet", BUDGET), judged("faq/budget", BUDGET, language="fr")])

    assert {language: one.top1 for language, one in found.items()} == {"nl": 0.0, "fr": 1.0}


def test_confusions_are_counted_and_sorted() -> None:
    found = confusions(
        [
            judged("thank", BUDGET),
            judged("greet", BUDGET),
            judged("greet", BUDGET),
            judged("faq/budget", BUDGET),
        ]
    )

    assert found == [("greet", "faq/budget", 2), ("thank", "faq/budget", 1)]


@pytest.mark.parametrize(
    ("target", "reached"),
    [
        (Target("top1", 0.5), True),
        (Target("top1", 0.51), False),
        (Target("top1", 0.5, most=True), True),
        (Target("top1", 0.49, most=True), False),
    ],
)
def test_target(target: Target, *, reached: bool) -> None:
    half = figures([judged("greet", BUDGET), judged("faq/budget", BUDGET)])

    assert target.reached(half) is reached


def test_figure_without_messages_reaches_its_target() -> None:
    none = figures([])

    assert all(target.reached(none) for target in TARGETS)
