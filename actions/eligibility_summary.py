"""What the eligibility check heard and said, for the helpdesk's mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.eligibility_questions import QUESTIONS, TARGET_SME, Answers, next_question
from actions.eligibility_rules import judge
from actions.eligibility_words import answer_lines, reason_lines, thresholds
from bot.mail.handoff import EligibilitySummary

if TYPE_CHECKING:
    from rasa_sdk import Tracker


def summary_of(tracker: Tracker, language: str) -> EligibilitySummary | None:
    """The answers and, when the check was finished, the verdict; None without a check."""
    values = {slot: tracker.get_slot(slot) for slot in QUESTIONS}
    answers = Answers.of(values)
    if answers.path is None:
        return None
    lines = tuple(answer_lines(values, language))
    if next_question(answers) is not None:
        return EligibilitySummary(None, lines)
    verdict = judge(answers, thresholds())
    return EligibilitySummary(
        verdict.result,
        lines,
        tuple(reason_lines(verdict, language)),
        seeks_help=answers.path == TARGET_SME,
    )
