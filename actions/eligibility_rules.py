"""The rules of eligibility, one entry each, and the verdict they lead to.

Pure: knows nothing of Rasa, of the database or of texts. The thresholds come from the facts, so
that the check and the answers of the assistant cannot disagree. A new rule is one entry in RULES,
plus its texts `utter_reason_<rule>_<outcome>`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from actions.eligibility_questions import APPLICANT, REGIONAL_THEME, TARGET_SME, UNKNOWN, Answers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from actions.eligibility_questions import Value

Outcome = Literal["qualifies", "does_not_qualify", "unclear"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("qualifies", "does_not_qualify", "unclear")

SOURCE: Final = "department_page"  # every rule rests on this one document


@dataclass(frozen=True)
class Thresholds:
    """The numbers of the facts that rules compare with."""

    subcontracting_max: float  # percent of the budget: this much still qualifies
    fte_limit: float  # full-time equivalents: this many no longer qualify


@dataclass(frozen=True)
class Rule:
    """What one condition asks of an answer. `applies` tells when the condition exists at all."""

    id: str
    path: str
    needs: str  # the question whose answer decides
    fact: str  # the fact of data/facts.yml that the rule puts into practice
    decide: Callable[[Value, Thresholds], Outcome]
    applies: Callable[[Answers], bool] = lambda _: True
    source: str = SOURCE

    def outcome(self, answers: Answers, thresholds: Thresholds) -> Outcome:
        """Return what an answer leads to; without an answer that is known nothing is certain."""
        answer = answers.get(self.needs)
        known = UNKNOWN if answer is None else answer
        return self.decide(known, thresholds)


@dataclass(frozen=True)
class Reason:
    """One rule's part in the verdict, and the answer it rests on."""

    rule: str
    outcome: Outcome
    answer: Value
    source: str

    @property
    def text(self) -> str:
        """The name of the text that says it."""
        return reason_text(self.rule, self.outcome, self.answer)


@dataclass(frozen=True)
class Verdict:
    """The result of the check with every reason; `path` is None while it is not known."""

    path: str | None
    result: Outcome
    reasons: tuple[Reason, ...]

    def as_json(self) -> dict[str, object]:
        """Return the verdict as the chat's interface gives it."""
        reasons = [
            {"rule": one.rule, "outcome": one.outcome, "answer": one.answer} for one in self.reasons
        ]
        return {"path": self.path, "result": self.result, "reasons": reasons}


def judge(answers: Answers, thresholds: Thresholds) -> Verdict:
    """Weigh the answers: one "no" decides, one doubt leaves it unclear, else it qualifies."""
    if answers.path not in (APPLICANT, TARGET_SME):
        return Verdict(None, "unclear", (Reason("path", "unclear", UNKNOWN, SOURCE),))
    reasons = tuple(
        Reason(
            rule.id,
            rule.outcome(answers, thresholds),
            _known(answers.get(rule.needs)),
            rule.source,
        )
        for rule in RULES
        if rule.path == answers.path and rule.applies(answers)
    )
    return Verdict(answers.path, overall([one.outcome for one in reasons]), reasons)


def overall(outcomes: Sequence[Outcome]) -> Outcome:
    """Return the result of several outcomes: the worst certain one, else the doubt."""
    for outcome in ("does_not_qualify", "unclear"):
        if outcome in outcomes:
            return outcome
    return "qualifies"


def settle(
    answers: Answers, question: str, alternatives: Sequence[Value], thresholds: Thresholds
) -> Value | None:
    """Return the first of several possible answers when it makes no difference which it is.

    "Ten to fifteen people" needs no further question: every number between leads to the same.
    """
    values = {name: answers.get(name) for name in vars(answers)}
    outcomes = {
        rule.outcome(Answers.of({**values, question: value}), thresholds)
        for value in alternatives
        for rule in RULES
        if rule.needs == question
    }
    return alternatives[0] if alternatives and len(outcomes) == 1 else None


def reason_text(rule: str, outcome: Outcome, answer: Value) -> str:
    """Return the name of the text for a rule's outcome; doubt for want of an answer has its own."""
    ending = UNKNOWN if answer == UNKNOWN and outcome == "unclear" else outcome
    return f"utter_reason_{rule}_{ending}"


def _known(answer: Value | None) -> Value:
    return UNKNOWN if answer is None else answer


def _by_value(
    outcomes: Mapping[Value, Outcome],
) -> Callable[[Value, Thresholds], Outcome]:
    """Decide by a table; what it does not name is unclear."""
    return lambda answer, _: outcomes.get(answer, "unclear")


def _share(answer: Value, thresholds: Thresholds) -> Outcome:
    if isinstance(answer, str):
        return "unclear"
    return "qualifies" if answer <= thresholds.subcontracting_max else "does_not_qualify"


def _size(answer: Value, thresholds: Thresholds) -> Outcome:
    if isinstance(answer, str):
        return "unclear"
    return "qualifies" if answer < thresholds.fte_limit else "does_not_qualify"


def _always(outcome: Outcome) -> Callable[[Value, Thresholds], Outcome]:
    return lambda _, __: outcome


# The documents name organisations, enterprises and consortia. Of a person who applies alone, self-
# employed or not, they say nothing.
_KINDS: Final = _by_value(
    dict.fromkeys(
        ("enterprise", "nonprofit", "federation", "public_body", "school", "consortium"),
        "qualifies",
    )
)
_CAPACITY: Final = _by_value(
    {"in_house": "qualifies", "outsourced": "qualifies", "neither": "does_not_qualify"}
)

RULES: Final = (
    Rule("organisation_kind", APPLICANT, "organisation_kind", "applicants", _KINDS),
    Rule(
        "establishment",
        APPLICANT,
        "establishment",
        "eu_applicants",
        _by_value({"belgium": "qualifies", "eu": "qualifies"}),
    ),
    Rule("expertise", APPLICANT, "expertise", "proof_expertise", _CAPACITY),
    Rule("needs", APPLICANT, "needs", "proof_needs", _CAPACITY),
    Rule("experience", APPLICANT, "experience", "proof_experience", _CAPACITY),
    Rule("outsourcing_share", APPLICANT, "outsourcing_share", "subcontracting_max", _share),
    Rule(
        "theme",
        APPLICANT,
        "theme",
        "number_of_calls",
        _by_value(dict.fromkeys((1, 2, 3, 4, REGIONAL_THEME), "qualifies")),
    ),
    Rule(
        "regional_conditions",
        APPLICANT,
        "region",
        "special_conditions",
        # The documents say that there are special conditions, but not which.
        _always("unclear"),
        applies=lambda answers: answers.theme == REGIONAL_THEME,
    ),
    Rule("fte", TARGET_SME, "fte", "fte_limit", _size),
    # Self-employed people are included, so the answer never decides against anybody.
    Rule("self_employed", TARGET_SME, "self_employed", "fte_limit", _always("qualifies")),
    Rule(
        "sector",
        TARGET_SME,
        "sector",
        "target_sector",
        _by_value({"traditional": "qualifies", "technological": "does_not_qualify"}),
    ),
    Rule(
        "maturity",
        TARGET_SME,
        "maturity",
        "target_maturity",
        # "Low" is what the documents ask; where it ends they do not say.
        _by_value({"low": "qualifies", "high": "does_not_qualify"}),
    ),
)
