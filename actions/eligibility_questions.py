"""The questions of the eligibility check: which there are, which matter, what may be answered.

Pure: knows nothing of Rasa, of texts or of how answers are read. docs/eligibility.md lists the
names, which reports and exports rely on.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UNKNOWN: Final = "unknown"  # asked, but the visitor does not know or skipped it

Value = str | float | bool


class AnswerError(ValueError):
    """An answer that its question does not allow: says which, why and what would do."""


@dataclass(frozen=True)
class Answers:
    """What was answered so far; None is not asked yet, "unknown" is asked and not known."""

    path: str | None = None
    organisation_kind: str | None = None
    establishment: str | None = None
    expertise: str | None = None
    needs: str | None = None
    experience: str | None = None
    outsourcing_share: float | str | None = None
    theme: int | str | None = None
    region: str | None = None
    fte: float | str | None = None
    self_employed: bool | str | None = None
    sector: str | None = None
    maturity: str | None = None

    def __post_init__(self) -> None:
        for name, question in QUESTIONS.items():
            value = self.get(name)
            if value is not None and value != UNKNOWN and not question.allows(value):
                message = f"'{value}' is no answer to '{name}'. Use {question.expected()}."
                raise AnswerError(message)

    @classmethod
    def of(cls, values: Mapping[str, Value | None]) -> Answers:
        """Take the answers among these values; other names are left aside."""
        return cls(**{f.name: values.get(f.name) for f in fields(cls)})  # type: ignore[arg-type]

    def get(self, question: str) -> Value | None:
        """Return the answer to a question."""
        answer: Value | None = getattr(self, question)
        return answer


@dataclass(frozen=True)
class Question:
    """A question, the answers it allows, and when it is asked at all."""

    id: str
    path: str | None  # None: before the paths part
    choices: tuple[Value, ...] = ()
    lowest: float = 0.0
    highest: float | None = None
    matters: Callable[[Answers], bool] = lambda _: True

    def allows(self, value: Value) -> bool:
        """Tell whether a value is one of its choices, or a number within its limits."""
        if self.choices:
            # To Python 1 equals True; to a visitor they are different answers.
            return any(value == one and type(value) is type(one) for one in self.choices)
        if isinstance(value, bool | str):
            return False
        return self.lowest <= value and (self.highest is None or value <= self.highest)

    def expected(self) -> str:
        """Say what would be an answer, for error messages."""
        if self.choices:
            return f"one of {', '.join(map(str, self.choices))}, or '{UNKNOWN}'"
        top = "" if self.highest is None else f" to {self.highest:g}"
        return f"a number from {self.lowest:g}{top}, or '{UNKNOWN}'"

    def value_of(self, text: str) -> Value:
        """Return the answer that a choice id such as `theme=3` holds after its sign."""
        for one in (*self.choices, UNKNOWN):
            if text == _written(one):
                return one
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if self.choices or not self.allows(number):
            message = f"'{text}' is no answer to '{self.id}'. Use {self.expected()}."
            raise AnswerError(message)
        return number


def choice_id(question: str, value: Value) -> str:
    """Return the id of the button that gives an answer, such as `self_employed=yes`."""
    return f"{question}={_written(value)}"


def questions(answers: Answers) -> tuple[str, ...]:
    """Return the questions that matter, given what is known, in the order they are asked."""
    return tuple(
        name
        for name, question in QUESTIONS.items()
        if (question.path is None or question.path == answers.path) and question.matters(answers)
    )


def next_question(answers: Answers) -> str | None:
    """Return the first question that matters and was not asked yet; None when all were."""
    return next((name for name in questions(answers) if answers.get(name) is None), None)


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else value


APPLICANT: Final = "applicant"
TARGET_SME: Final = "target_sme"
REGIONAL_THEME: Final = 5  # the theme whose call has a lot for each region

_CAPACITIES: Final = ("in_house", "outsourced", "neither")
_KINDS: Final = (
    "enterprise",
    "nonprofit",
    "federation",
    "public_body",
    "school",
    "consortium",
    "self_employed",
    "natural_person",
    "other",
)

_ALL: Final = (
    Question("path", None, (APPLICANT, TARGET_SME)),
    Question("organisation_kind", APPLICANT, _KINDS),
    Question("establishment", APPLICANT, ("belgium", "eu", "outside_eu")),
    Question("expertise", APPLICANT, _CAPACITIES),
    Question("needs", APPLICANT, _CAPACITIES),
    Question("experience", APPLICANT, _CAPACITIES),
    Question("outsourcing_share", APPLICANT, highest=100.0),
    Question("theme", APPLICANT, (1, 2, 3, 4, REGIONAL_THEME)),
    Question(
        "region",
        APPLICANT,
        ("flanders", "brussels", "wallonia"),
        matters=lambda answers: answers.theme == REGIONAL_THEME,
    ),
    Question("fte", TARGET_SME),
    Question("self_employed", TARGET_SME, (True, False)),
    Question("sector", TARGET_SME, ("traditional", "technological")),
    Question("maturity", TARGET_SME, ("low", "medium", "high")),
)

# In the order in which they are asked.
QUESTIONS: Final[Mapping[str, Question]] = MappingProxyType({one.id: one for one in _ALL})
