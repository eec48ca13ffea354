"""The rules decide exactly as the documents say, and leave open what they leave open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from actions.eligibility_questions import QUESTIONS, UNKNOWN, Answers
from actions.eligibility_rules import RULES, Reason, Thresholds, Verdict, judge, settle

if TYPE_CHECKING:
    from actions.eligibility_questions import Value

LIMITS: Final = Thresholds(subcontracting_max=49, fte_limit=50)

FITTING_APPLICANT: Final = Answers(
    path="applicant",
    organisation_kind="nonprofit",
    establishment="belgium",
    expertise="in_house",
    needs="in_house",
    experience="outsourced",
    outsourcing_share=30.0,
    theme=3,
)
FITTING_SME: Final = Answers(
    path="target_sme", fte=12.0, self_employed=False, sector="traditional", maturity="low"
)


def result(answers: Answers, **changed: Value | None) -> str:
    """Judge answers of which some are changed."""
    return judge(replace(answers, **changed), LIMITS).result


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "qualifies"),
        ({"organisation_kind": "enterprise"}, "qualifies"),
        ({"organisation_kind": "federation"}, "qualifies"),
        ({"organisation_kind": "public_body"}, "qualifies"),
        ({"organisation_kind": "school"}, "qualifies"),
        ({"organisation_kind": "consortium"}, "qualifies"),
        ({"organisation_kind": "self_employed"}, "unclear"),
        ({"organisation_kind": "natural_person"}, "unclear"),
        ({"organisation_kind": "other"}, "unclear"),
        ({"organisation_kind": UNKNOWN}, "unclear"),
        ({"establishment": "eu"}, "qualifies"),
        ({"establishment": "outside_eu"}, "unclear"),
        ({"establishment": UNKNOWN}, "unclear"),
        ({"expertise": "outsourced"}, "qualifies"),
        ({"expertise": "neither"}, "does_not_qualify"),
        ({"expertise": UNKNOWN}, "unclear"),
        ({"needs": "outsourced"}, "qualifies"),
        ({"needs": "neither"}, "does_not_qualify"),
        ({"needs": UNKNOWN}, "unclear"),
        ({"experience": "in_house"}, "qualifies"),
        ({"experience": "neither"}, "does_not_qualify"),
        ({"experience": UNKNOWN}, "unclear"),
        ({"outsourcing_share": 0.0}, "qualifies"),
        ({"outsourcing_share": 49.0}, "qualifies"),
        ({"outsourcing_share": 49.01}, "does_not_qualify"),
        ({"outsourcing_share": 50.0}, "does_not_qualify"),
        ({"outsourcing_share": UNKNOWN}, "unclear"),
        ({"theme": 1}, "qualifies"),
        ({"theme": 5, "region": "flanders"}, "unclear"),
        ({"theme": 5, "region": UNKNOWN}, "unclear"),
        ({"theme": UNKNOWN}, "unclear"),
        # One certain "no" outweighs what is not known.
        ({"expertise": "neither", "establishment": UNKNOWN}, "does_not_qualify"),
        ({"theme": 5, "region": "brussels", "outsourcing_share": 60.0}, "does_not_qualify"),
    ],
)
def test_applicant_is_judged_by_each_condition(changed: dict[str, Value], expected: str) -> None:
    """Each condition has its "yes" and its negative twin."""
    assert result(FITTING_APPLICANT, **changed) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "qualifies"),
        ({"fte": 49.9}, "qualifies"),
        ({"fte": 50.0}, "does_not_qualify"),
        ({"fte": 0.0, "self_employed": True}, "qualifies"),
        ({"fte": 0.0}, "qualifies"),
        ({"fte": UNKNOWN}, "unclear"),
        ({"fte": 60.0, "self_employed": True}, "does_not_qualify"),
        ({"self_employed": True}, "qualifies"),
        ({"self_employed": UNKNOWN}, "qualifies"),
        ({"sector": "technological"}, "does_not_qualify"),
        ({"sector": UNKNOWN}, "unclear"),
        ({"maturity": "medium"}, "unclear"),
        ({"maturity": "high"}, "does_not_qualify"),
        ({"maturity": UNKNOWN}, "unclear"),
    ],
)
def test_sme_is_judged_by_each_condition(changed: dict[str, Value], expected: str) -> None:
    """Self-employed people count with no staff at all; a limit that is reached is passed."""
    assert result(FITTING_SME, **changed) == expected


def test_verdict_gives_every_reason_with_its_answer_and_source() -> None:
    """In the order of the questions."""
    assert judge(replace(FITTING_SME, fte=50.0), LIMITS) == Verdict(
        "target_sme",
        "does_not_qualify",
        (
            Reason("fte", "does_not_qualify", 50.0, "department_page"),
            Reason("self_employed", "qualifies", False, "department_page"),
            Reason("sector", "qualifies", "traditional", "department_page"),
            Reason("maturity", "qualifies", "low", "department_page"),
        ),
    )


def test_verdict_as_json_has_the_documented_names() -> None:
    """What the chat's interface gives, and staff count."""
    verdict = judge(Answers(path="target_sme", fte=3.0, self_employed=True), LIMITS)

    assert verdict.as_json() == {
        "path": "target_sme",
        "result": "unclear",
        "reasons": [
            {"rule": "fte", "outcome": "qualifies", "answer": 3.0},
            {"rule": "self_employed", "outcome": "qualifies", "answer": True},
            {"rule": "sector", "outcome": "unclear", "answer": "unknown"},
            {"rule": "maturity", "outcome": "unclear", "answer": "unknown"},
        ],
    }


def test_regional_conditions_exist_only_for_theme_5() -> None:
    """A region left over from an earlier answer changes nothing."""
    left_over = judge(replace(FITTING_APPLICANT, region="wallonia"), LIMITS)
    regional = judge(replace(FITTING_APPLICANT, theme=5, region="wallonia"), LIMITS)

    assert left_over == judge(FITTING_APPLICANT, LIMITS)
    assert [one.rule for one in regional.reasons if one.outcome != "qualifies"] == [
        "regional_conditions"
    ]


def test_verdict_without_a_path_is_unclear() -> None:
    """There are no conditions to look at, so there is no yes and no no."""
    assert judge(Answers(fte=80.0, expertise="neither"), LIMITS) == Verdict(
        None, "unclear", (Reason("path", "unclear", "unknown", "department_page"),)
    )


@pytest.mark.parametrize(
    ("thresholds", "expected"),
    [(Thresholds(60, 50), "qualifies"), (Thresholds(59.5, 50), "does_not_qualify")],
)
def test_threshold_is_the_one_passed_in(thresholds: Thresholds, expected: str) -> None:
    """The rules hold no number of their own."""
    assert judge(replace(FITTING_APPLICANT, outsourcing_share=60.0), thresholds).result == expected


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (Reason("fte", "qualifies", 3.0, "x"), "utter_reason_fte_qualifies"),
        (Reason("fte", "unclear", UNKNOWN, "x"), "utter_reason_fte_unknown"),
        (Reason("maturity", "unclear", "medium", "x"), "utter_reason_maturity_unclear"),
        (
            Reason("self_employed", "qualifies", UNKNOWN, "x"),
            "utter_reason_self_employed_qualifies",
        ),
    ],
)
def test_reason_names_its_text(reason: Reason, text: str) -> None:
    """Doubt for want of an answer is worded otherwise than doubt of the documents."""
    assert reason.text == text


@pytest.mark.parametrize(
    ("question", "alternatives", "settled"),
    [
        ("fte", (15.0, 10.0), 15.0),
        ("fte", (55.0, 45.0), None),
        ("fte", (51.0, 50.01, 100_000.0), 51.0),
        ("outsourcing_share", (40.0, 30.0), 40.0),
        ("outsourcing_share", (50.0, 40.0), None),
        ("establishment", ("eu", "belgium"), "eu"),
        ("establishment", ("belgium", "outside_eu"), None),
        ("organisation_kind", ("federation", "nonprofit"), "federation"),
        ("organisation_kind", ("nonprofit", "other"), None),
        ("sector", (), None),
    ],
)
def test_alternatives_are_settled_only_where_they_agree(
    question: str, alternatives: tuple[Value, ...], settled: Value | None
) -> None:
    """What makes no difference needs no further question; what does is asked."""
    assert settle(Answers(), question, alternatives, LIMITS) == settled


def test_every_rule_rests_on_a_question_of_its_path() -> None:
    """No rule waits for an answer that nobody asks for."""
    assert {(rule.id, rule.path) for rule in RULES} == {
        (rule.id, QUESTIONS[rule.needs].path) for rule in RULES
    }
    assert {rule.needs for rule in RULES} == {
        name for name, question in QUESTIONS.items() if question.path
    }
