"""Whatever anybody may answer, in any order, the rules keep what they promise."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import permutations
from typing import TYPE_CHECKING, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from actions.eligibility_questions import QUESTIONS, UNKNOWN, Answers, next_question, questions
from actions.eligibility_rules import OUTCOMES, judge
from tests.actions.test_eligibility_rules import FITTING_APPLICANT, LIMITS

if TYPE_CHECKING:
    from actions.eligibility_questions import Value

ANY_PACE: Final = settings(deadline=None)  # a busy machine is no mistake of the rules


def allowed(name: str) -> st.SearchStrategy[Value | None]:
    """Draw an answer that a question allows, unknown and not asked included."""
    question = QUESTIONS[name]
    values = (
        st.sampled_from(question.choices)
        if question.choices
        else st.floats(question.lowest, question.highest or 1000.0)
    )
    return st.one_of(st.none(), st.just(UNKNOWN), values)


ANY_ANSWERS: Final = st.builds(
    Answers, **{field.name: allowed(field.name) for field in fields(Answers)}
)


@ANY_PACE
@given(ANY_ANSWERS)
def test_any_combination_gives_exactly_one_result(answers: Answers) -> None:
    """And a reason for each rule of the path that applies, once."""
    verdict = judge(answers, LIMITS)
    rules = [one.rule for one in verdict.reasons]

    assert verdict.result in OUTCOMES
    assert verdict.reasons
    assert len(rules) == len(set(rules))


@ANY_PACE
@given(ANY_ANSWERS, st.floats(0, 100), st.floats(0, 100))
def test_more_outsourcing_never_makes_it_better(answers: Answers, one: float, other: float) -> None:
    """Who does not qualify with a share does not qualify with a larger one."""
    less, more = (
        judge(replace(answers, outsourcing_share=share), LIMITS).result
        for share in sorted((one, other))
    )

    assert not (less == "does_not_qualify" and more != "does_not_qualify")


@ANY_PACE
@given(ANY_ANSWERS)
def test_unknowns_alone_never_disqualify(answers: Answers) -> None:
    """Whoever is out because of an answer is so because of that answer."""
    unknown = {field.name: UNKNOWN for field in fields(Answers) if field.name != "path"}

    assert judge(replace(answers, **unknown), LIMITS).result == "unclear"


@ANY_PACE
@given(ANY_ANSWERS, st.sampled_from([name for name in QUESTIONS if name != "path"]))
def test_forgetting_an_answer_never_disqualifies(answers: Answers, name: str) -> None:
    """A doubt in place of an answer can only lead away from "no"."""
    forgotten = replace(answers, **{name: UNKNOWN})

    if judge(answers, LIMITS).result != "does_not_qualify":
        assert judge(forgotten, LIMITS).result != "does_not_qualify"


@ANY_PACE
@given(ANY_ANSWERS)
def test_answers_off_the_path_change_nothing(answers: Answers) -> None:
    """Only questions that matter have a say."""
    kept = {name: answers.get(name) for name in questions(answers)}

    assert judge(Answers.of(kept), LIMITS) == judge(answers, LIMITS)


@ANY_PACE
@given(ANY_ANSWERS, st.randoms(use_true_random=False))
def test_order_of_answering_does_not_matter(answers: Answers, random: object) -> None:
    """The same answers, given one by one in any order, lead to the same verdict."""
    names = [field.name for field in fields(Answers)]
    random.shuffle(names)  # type: ignore[attr-defined]
    given_one_by_one = Answers()
    for name in names:
        given_one_by_one = replace(given_one_by_one, **{name: answers.get(name)})

    assert judge(given_one_by_one, LIMITS) == judge(answers, LIMITS)


@ANY_PACE
@given(ANY_ANSWERS)
def test_check_ends_within_eight_questions_on_a_path(answers: Answers) -> None:
    """Asking what is open, whatever is answered, comes to an end."""
    asked = []
    current = Answers()
    while (question := next_question(current)) is not None:
        asked.append(question)
        answer = answers.get(question)
        current = replace(current, **{question: UNKNOWN if answer is None else answer})

    assert len(asked) == len(set(asked))
    assert len([name for name in asked if name != "path"]) <= 8


def test_permutations_of_a_correction_agree() -> None:
    """An answer corrected before or after others counts the same."""
    changes: list[tuple[str, Value]] = [("theme", 5), ("region", "brussels"), ("needs", "neither")]
    verdicts = set()
    for order in permutations(changes):
        answers = FITTING_APPLICANT
        for name, value in order:
            answers = replace(answers, **{name: value})
        verdicts.add(judge(answers, LIMITS))

    assert len(verdicts) == 1
