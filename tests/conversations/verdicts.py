"""Answers and reasons of the eligibility check as a story gives them, put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.languages import LANGUAGES, NO_BREAK_SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.texts.rendering import Texts

_PREFIX: Final = "utter_eligibility_verdict_"
_UNITS: Final = {"outsourcing_share": f"{NO_BREAK_SPACE}%", "fte": ""}
# The question whose answer a rule looks at, where it is not called after it.
_QUESTION_OF: Final = {"regional_conditions": "region"}
_ORDER: Final = ("does_not_qualify", "unclear", "qualifies")


def verdict_of(name: str, reasons: Mapping[str, Any]) -> dict[str, Any]:
    """The verdict that the API gives beside the text of this name."""
    path = next(one for one in ("applicant", "target_sme") if f"{_PREFIX}{one}_" in name)
    return {
        "path": path,
        "result": name.removeprefix(f"{_PREFIX}{path}_"),
        "reasons": [
            {"rule": rule, "outcome": outcome, "answer": answer}
            for rule, answer, outcome in _parted(reasons)
        ],
    }


@dataclass(frozen=True)
class Phrasing:
    """Puts answers and reasons into words, with the texts of data/texts."""

    texts: Texts
    language: str
    day: date

    def answers(self, answers: Mapping[str, Any]) -> str:
        """The list in a summary, in the order given."""
        lines = [
            self._say(
                "utter_eligibility_line",
                question=self._label(f"change={question}"),
                answer=self._answer(question, value),
            )
            for question, value in answers.items()
        ]
        return _as_list(lines or [self._say("utter_answer_none")])

    def reasons(self, reasons: Mapping[str, Any]) -> str:
        """The list in a verdict: what decides comes first."""
        ordered = sorted(_parted(reasons), key=lambda one: _ORDER.index(one[2]))
        return _as_list(
            [
                self._say(
                    f"utter_reason_{rule}_{_ending(answer, outcome)}",
                    answer=self._answer(_QUESTION_OF.get(rule, rule), answer),
                )
                for rule, answer, outcome in ordered
            ]
        )

    def _answer(self, question: str, value: Any) -> str:
        if question in _UNITS and not isinstance(value, str):
            number = LANGUAGES[self.language].number(value) + _UNITS[question]
            return self._say(f"utter_answer_{question}", answer=number)
        written = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
        return self._label(f"{question}={written}")

    def _say(self, name: str, **values: str) -> str:
        call = self.texts.facts.current_call(self.day)
        return self.texts.render(name, self.language, call.phase(self.day), values, call).text

    def _label(self, choice: str) -> str:
        call = self.texts.facts.current_call(self.day)
        return self.texts.label(choice, self.language, call.phase(self.day))


def _parted(reasons: Mapping[str, Any]) -> list[tuple[str, Any, str]]:
    """Rule, answer and outcome; a story names the outcome where it does not qualify."""
    return [
        (rule, *written) if isinstance(written, list) else (rule, written, "qualifies")
        for rule, written in reasons.items()
    ]


def _ending(answer: Any, outcome: str) -> str:
    return "unknown" if answer == "unknown" and outcome == "unclear" else outcome


def _as_list(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
