"""The check has all its words, and its own words are understood when they are typed back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from actions.eligibility_questions import (
    APPLICANT,
    QUESTIONS,
    TARGET_SME,
    UNKNOWN,
    Answers,
    choice_id,
)
from actions.eligibility_rules import OUTCOMES, RULES, Thresholds, reason_text
from bot.answers import Reading, read_answer
from bot.facts.calls import PHASES, Facts
from bot.languages import LANGUAGES
from bot.texts.rendering import Texts

if TYPE_CHECKING:
    from actions.eligibility_questions import Value

DATA: Final = Path(__file__).parents[2] / "data"
FACTS: Final = Facts.load(DATA / "facts.yml")
TEXTS: Final = Texts.load(DATA / "texts", FACTS)
LIMITS: Final = Thresholds(subcontracting_max=49, fte_limit=50)

SAMPLES: Final[dict[str, tuple[Value, ...]]] = {
    "fte": (0.0, 50.0, UNKNOWN),
    "outsourcing_share": (0.0, 50.0, UNKNOWN),
}
IN_QUOTES: Final = re.compile(r"[“«]\s*(.*?)\s*[”»]")


def answers_to(question: str) -> tuple[Value, ...]:
    """Return answers that lead to each outcome of a rule."""
    return SAMPLES.get(question, (*QUESTIONS[question].choices, UNKNOWN))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_outcome_of_a_rule_has_its_words(rule: object) -> None:
    """Whatever is answered, the reason can be said."""
    needs, decided = rule.needs, set()  # type: ignore[attr-defined]
    for answer in answers_to(needs):
        outcome = rule.outcome(Answers.of({needs: answer}), LIMITS)  # type: ignore[attr-defined]
        decided.add(reason_text(rule.id, outcome, answer))  # type: ignore[attr-defined]

    assert decided - set(TEXTS.responses) == set()


def test_no_reason_is_left_without_a_rule() -> None:
    """A reason that no answer leads to is a slip."""
    leads = {
        reason_text(rule.id, rule.outcome(Answers.of({rule.needs: answer}), LIMITS), answer)
        for rule in RULES
        for answer in answers_to(rule.needs)
    }

    assert {name for name in TEXTS.responses if name.startswith("utter_reason_")} == leads


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_can_be_asked_explained_and_asked_again(question: str) -> None:
    """Its question, why it is asked, what is expected, and how to go on without."""
    names = {
        f"utter_ask_eligibility_form_{question}",
        f"utter_explain_{question}",
        f"utter_unreadable_{question}",
        f"utter_offer_skip_{question}",
    }

    assert names - set(TEXTS.responses) == set()


@pytest.mark.parametrize("path", [APPLICANT, TARGET_SME])
@pytest.mark.parametrize("result", OUTCOMES)
def test_every_verdict_has_its_words(path: str, result: str) -> None:
    """In every language and phase, with room for the reasons and its source."""
    response = TEXTS.responses[f"utter_eligibility_verdict_{path}_{result}"]
    texts = [text for _, _, text in response.texts()]

    assert len(texts) == len(LANGUAGES) * len(PHASES)
    assert [text for text in texts if "{reasons}" not in text] == []
    assert response.sources == ("department_page",)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_rests_on_a_fact_of_its_source(rule: object) -> None:
    """The source of a reason is where its condition stands."""
    fact = FACTS.of(FACTS.calls[0])[rule.fact]  # type: ignore[attr-defined]

    assert rule.source in fact.sources  # type: ignore[attr-defined]


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_on_a_button_are_understood_when_they_are_typed(language: str, phase: str) -> None:
    """By typing only, the check goes the same way as by buttons only."""
    wrong = {}
    for name, question in QUESTIONS.items():
        for value in question.choices:
            label = TEXTS.label(choice_id(name, value), language, phase)  # type: ignore[arg-type]
            reading = read_answer(name, label, language)
            if reading != Reading("understood", value):
                wrong[f"{name}: {label}"] = reading

    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_examples_the_assistant_gives_are_understood(question: str, language: str) -> None:
    """What it tells people to type, it must be able to read."""
    texts = [
        text
        for name in (f"utter_unreadable_{question}", f"utter_ask_eligibility_form_{question}")
        for text in TEXTS.responses[name].words[language].values()
    ]
    examples = {example for text in texts for example in IN_QUOTES.findall(text)}

    unread = {e for e in examples if read_answer(question, e, language).status != "understood"}

    assert unread == set()
