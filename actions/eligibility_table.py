"""Writes the tables of docs/eligibility.md from the rules: python -m actions.eligibility_table."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from actions.capacities import PARTS
from actions.eligibility_questions import QUESTIONS, UNKNOWN, Answers, choice_id
from actions.eligibility_rules import OUTCOMES, RULES, Thresholds, overall, reason_text
from bot.facts.calls import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from actions.eligibility_questions import Question, Value
    from actions.eligibility_rules import Rule

PROJECT: Final = Path(__file__).parent.parent
PAGE: Final = PROJECT / "docs" / "eligibility.md"
FACTS: Final = PROJECT / "data" / "facts.yml"
TABLES: Final = ("questions", "rules", "results")

_STEP: Final = 0.01


def thresholds_of(facts: Facts) -> Thresholds:
    """Return the numbers of the facts that the rules compare with."""
    return Thresholds(facts.number("subcontracting_max"), facts.number("fte_limit"))


def with_tables(page: str, thresholds: Thresholds) -> str:
    """Return the page with each table written anew between its markers.

    Raises:
        ValueError: a marker is missing.
    """
    written = {
        "questions": _table(("slot", "path", "answers", "asked"), _question_rows()),
        "rules": _table(
            ("rule", "slot", "answer", "outcome", "reason text", "fact"), _rule_rows(thresholds)
        ),
        "results": _table(("among the outcomes of the rules", "result"), _result_rows()),
    }
    for name, table in written.items():
        start, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
        between = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
        if not between.search(page):
            message = f"The page has no '{start}' ... '{end}'. Put these two lines back."
            raise ValueError(message)
        page = between.sub(lambda _, new=f"{start}\n{table}\n{end}": new, page)  # type: ignore[misc]
    return page


def _question_rows() -> Iterator[Sequence[str]]:
    for question in QUESTIONS.values():
        if question.choices:
            answers = ", ".join(f"`{choice_id(question.id, one)}`" for one in question.choices)
        else:
            answers = question.expected().partition(",")[0]
        asked = "theme 5" if question.id == "region" else "always"
        if question.id in PARTS:
            asked = "together"
        yield f"`{question.id}`", question.path or "both", answers, asked


def _rule_rows(thresholds: Thresholds) -> Iterator[Sequence[str]]:
    for rule in RULES:
        for answer in (*_samples(QUESTIONS[rule.needs], thresholds), UNKNOWN):
            answers = Answers.of({rule.needs: answer})
            outcome = rule.outcome(answers, thresholds)
            text = reason_text(rule.id, outcome, answer)
            yield (
                f"`{rule.id}`",
                f"`{rule.needs}`",
                _shown(answer),
                outcome,
                f"`{text}`",
                _fact(rule),
            )


def _samples(question: Question, thresholds: Thresholds) -> tuple[Value, ...]:
    """Return all the choices of a question, or numbers on both sides of its threshold."""
    if question.choices:
        return question.choices
    if question.id == "fte":
        limit = thresholds.fte_limit
        return (0.0, limit - _STEP, limit, limit + _STEP)
    limit = thresholds.subcontracting_max
    return (0.0, limit, limit + _STEP, question.highest or limit)


def _result_rows() -> Iterator[Sequence[str]]:
    qualifies, does_not, unclear = OUTCOMES
    for among in ((does_not, unclear, qualifies), (unclear, qualifies), (qualifies,)):
        yield " and ".join(among), overall(among)


def _fact(rule: Rule) -> str:
    return f"`{rule.fact}` ({rule.source})"


def _shown(answer: Value) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return answer if isinstance(answer, str) else f"{answer:g}"


def _table(heads: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def main() -> int:
    """Write the page; its text outside the markers stays."""
    thresholds = thresholds_of(Facts.load(FACTS))
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(with_tables(page, thresholds), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
