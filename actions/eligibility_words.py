"""The answers and reasons of the check in words, for the summary, the verdict and the mail."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from actions.eligibility_questions import Answers, choice_id, questions
from actions.eligibility_rules import Thresholds
from bot.languages import LANGUAGES, NO_BREAK_SPACE
from bot.texts.generator import shared_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actions.eligibility_questions import Value
    from actions.eligibility_rules import Reason, Verdict

# Answers that are numbers, with the sign that follows; their words stand in the text.
_UNITS = {"outsourcing_share": f"{NO_BREAK_SPACE}%", "fte": ""}


@lru_cache(maxsize=1)
def thresholds() -> Thresholds:
    """The numbers of the facts that the rules compare with."""
    words = shared_texts()
    return Thresholds(
        subcontracting_max=words.fact_number("subcontracting_max"),
        fte_limit=words.fact_number("fte_limit"),
    )


def answer_words(question: str, value: Value, language: str) -> str:
    """An answer as its button says it, or with its unit."""
    words = shared_texts()
    if question in _UNITS and not isinstance(value, str):
        number = LANGUAGES[language].number(value) + _UNITS[question]
        return words.render(f"utter_answer_{question}", language, {"answer": number}).text
    return words.label(choice_id(question, value), language)


def answer_lines(answers: Mapping[str, Any], language: str) -> list[str]:
    """One line for each question answered on the path taken, in the order they are asked."""
    asked = questions(Answers.of(dict(answers)))
    lines = lines_of({name: answers.get(name) for name in asked}, language)
    return lines or [shared_texts().render("utter_answer_none", language).text]


def lines_of(answers: Mapping[str, Any], language: str) -> list[str]:
    """One line for each of these answers."""
    words = shared_texts()
    lines = []
    for question, value in answers.items():
        if value is not None:
            values = {
                "question": words.label(f"change={question}", language),
                "answer": answer_words(question, value, language),
            }
            lines.append(words.render("utter_eligibility_line", language, values).text)
    return lines


def question_words(names: Iterable[str], language: str) -> list[str]:
    """What each question is called, as on the button that changes its answer."""
    return [shared_texts().label(f"change={name}", language) for name in names]


def reason_lines(verdict: Verdict, language: str) -> list[str]:
    """One line for each reason, what decides first."""
    order = ("does_not_qualify", "unclear", "qualifies")
    reasons = sorted(verdict.reasons, key=lambda one: order.index(one.outcome))
    return [_reason_line(one, language) for one in reasons]


def as_list(lines: Iterable[str]) -> str:
    """Lines as a list in a message."""
    return "\n".join(f"- {line}" for line in lines)


def _reason_line(reason: Reason, language: str) -> str:
    question = {"regional_conditions": "region"}.get(reason.rule, reason.rule)
    values = {"answer": answer_words(question, reason.answer, language)}
    return shared_texts().render(reason.text, language, values).text
