"""The check asks what matters, in order, and takes no answer that a question does not allow."""

from __future__ import annotations

import pytest

from actions.eligibility_questions import (
    QUESTIONS,
    UNKNOWN,
    AnswerError,
    Answers,
    Value,
    choice_id,
    next_question,
    questions,
)

APPLICANT = (
    "path",
    "organisation_kind",
    "establishment",
    "expertise",
    "needs",
    "experience",
    "outsourcing_share",
    "theme",
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (Answers(), ("path",)),
        (Answers(path=UNKNOWN), ("path",)),
        (Answers(path="applicant"), APPLICANT),
        (Answers(path="applicant", theme=4), APPLICANT),
        (Answers(path="applicant", theme=5), (*APPLICANT, "region")),
        (Answers(path="target_sme"), ("path", "fte", "self_employed", "sector", "maturity")),
        # An answer of the other path brings no question of that path.
        (
            Answers(path="target_sme", theme=5),
            ("path", "fte", "self_employed", "sector", "maturity"),
        ),
    ],
)
def test_questions_that_matter(answers: Answers, expected: tuple[str, ...]) -> None:
    """In the order in which they are asked; the region only for theme 5."""
    assert questions(answers) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (Answers(), "path"),
        (Answers(path="target_sme"), "fte"),
        (Answers(path="target_sme", fte=0.0), "self_employed"),
        (Answers(path="target_sme", fte=UNKNOWN, self_employed=False), "sector"),
        (
            Answers(path="target_sme", sector="traditional", maturity="low", fte=1.0),
            "self_employed",
        ),
        (
            Answers(
                path="target_sme", fte=1.0, self_employed=False, sector=UNKNOWN, maturity="low"
            ),
            None,
        ),
        (Answers(path=UNKNOWN), None),
    ],
)
def test_next_question_is_the_first_open_one(answers: Answers, expected: str | None) -> None:
    """Zero, "no" and "unknown" are answers; only None is open."""
    assert next_question(answers) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("path", "applicant"),
        ("theme", 5),
        ("self_employed", False),
        ("self_employed", UNKNOWN),
        ("outsourcing_share", 0),
        ("outsourcing_share", 100.0),
        ("fte", 1250.0),
    ],
)
def test_allowed_answer_is_taken(name: str, value: Value) -> None:
    """Choices, numbers within their limits, and unknown."""
    assert Answers.of({name: value}).get(name) == value


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "path",
            "both",
            "'both' is no answer to 'path'. Use one of applicant, target_sme, or 'unknown'.",
        ),
        ("theme", 6, "'6' is no answer to 'theme'. Use one of 1, 2, 3, 4, 5, or 'unknown'."),
        ("theme", True, "'True' is no answer to 'theme'. Use one of 1, 2, 3, 4, 5, or 'unknown'."),
        (
            "self_employed",
            1,
            "'1' is no answer to 'self_employed'. Use one of True, False, or 'unknown'.",
        ),
        (
            "outsourcing_share",
            100.5,
            (
                "'100.5' is no answer to 'outsourcing_share'. "
                "Use a number from 0 to 100, or 'unknown'."
            ),
        ),
        ("fte", -1.0, "'-1.0' is no answer to 'fte'. Use a number from 0, or 'unknown'."),
        ("fte", "veel", "'veel' is no answer to 'fte'. Use a number from 0, or 'unknown'."),
        ("fte", True, "'True' is no answer to 'fte'. Use a number from 0, or 'unknown'."),
    ],
)
def test_other_answer_is_refused(name: str, value: Value, message: str) -> None:
    """The error names the value, the question and what would do."""
    with pytest.raises(AnswerError) as caught:
        Answers.of({name: value})

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("theme", "3", 3),
        ("self_employed", "yes", True),
        ("self_employed", "no", False),
        ("sector", "traditional", "traditional"),
        ("outsourcing_share", "0", 0.0),
        ("fte", "7.5", 7.5),
        ("fte", "unknown", UNKNOWN),
    ],
)
def test_choice_id_and_value_are_each_others_inverse(name: str, text: str, value: Value) -> None:
    """A button says what its answer is."""
    assert QUESTIONS[name].value_of(text) == value
    assert choice_id(name, value) == f"{name}={text}"


@pytest.mark.parametrize(
    ("name", "text"), [("theme", "6"), ("sector", "yes"), ("fte", "many"), ("fte", "nan")]
)
def test_choice_id_of_no_answer_is_refused(name: str, text: str) -> None:
    """What no button says is no answer."""
    with pytest.raises(AnswerError):
        QUESTIONS[name].value_of(text)
