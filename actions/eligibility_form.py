"""The eligibility check: asks what matters, shows a summary, and ends in a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from actions import capacities
from actions.conversation import label_of, language_of, named_in, text_of
from actions.early_answers import (
    EARLY,
    asks_for_theme,
    early_answers,
    with_path,
    without_trade,
)
from actions.eligibility_questions import (
    APPLICANT,
    QUESTIONS,
    TARGET_SME,
    AnswerError,
    Answers,
    next_question,
    questions,
)
from actions.eligibility_rules import settle
from actions.eligibility_words import (
    answer_lines,
    as_list,
    lines_of,
    question_words,
    thresholds,
)
from actions.heard import finds_fault, takes_back, without_no
from actions.interview import UNKNOWN, Interview, Read, Sitting
from actions.interview_turns import conduct
from actions.plain_action import PlainAction
from bot.answers import answers_in, read_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

FORM: Final = "eligibility_form"
CONFIRMED: Final = "eligibility_confirmed"
HELPED: Final = "eligibility_theme_helped"  # the aims were told to choose a theme from

# What may stay open between answers that lead to the same: "ten to fifteen people".
_SETTLED: Final = frozenset({"outsourcing_share", "fte"})
_THEME_LABELS: Final = frozenset(
    {
        "faq/theme_organisational",
        "faq/theme_technical",
        "faq/theme_training",
        "faq/theme_support",
        "faq/theme_regional",
        "faq/themes",
    }
)
_CAPACITY_LABELS: Final = frozenset({"faq/requirements", "faq/subcontracting"})
_CAPACITIES: Final = frozenset({*capacities.PARTS, *capacities.ASKED})
_OWN_WORDS: Final = frozenset({"path", "establishment"})  # for a doubt about these


class EligibilityInterview(Interview):
    """The questions of actions/eligibility_questions.py, then the summary."""

    form = FORM
    ending = "action_tell_verdict"
    slots = (*QUESTIONS, *capacities.ASKED, CONFIRMED, HELPED)
    skippable = frozenset({*QUESTIONS, *capacities.ASKED}) - {"path"}
    changeable = frozenset(QUESTIONS)
    yes_or_no = frozenset({"self_employed", CONFIRMED})
    summarised = frozenset({CONFIRMED})
    keeps_answers = True
    called_by = "check_eligibility"
    told_counts = frozenset({"path"})
    answer_labels: ClassVar[Mapping[str, frozenset[str]]] = {
        "path": frozenset({"faq/own_sme_support", "faq/who_can_apply", "check_eligibility"}),
        "organisation_kind": frozenset({"faq/who_can_apply", "faq/consortium"}),
        "establishment": frozenset({"faq/foreign_applicants"}),
        **dict.fromkeys(_CAPACITIES, _CAPACITY_LABELS),
        "outsourcing_share": frozenset({"faq/subcontracting"}),
        "theme": _THEME_LABELS,
        "region": frozenset({"faq/theme_regional"}),
        "fte": frozenset({"faq/target_smes"}),
        "sector": frozenset({"faq/target_smes"}),
        "maturity": frozenset({"restart"}),  # "on débute": beginners
    }

    def open_question(self, answers: Mapping[str, Any]) -> str | None:
        """The next question that matters; then the summary."""
        asked = next_question(Answers.of(dict(answers)))
        if asked in capacities.PARTS:
            return capacities.question_for(answers)
        if asked is not None:
            return asked
        return None if answers.get(CONFIRMED) else CONFIRMED

    def read(self, slot: str, text: str, language: str, answers: Mapping[str, Any]) -> Read:
        """Read an answer; a range counts where all of it leads to the same outcome."""
        if slot == CONFIRMED:
            agreed = read_answer("yes_no", text, language)
            return Read(understood=agreed.value is True, value=True)
        if slot in capacities.ASKED:
            together = capacities.read(slot, text, language)
            return Read(understood=together is not None, value=together)
        reading = read_answer(slot, text, language)
        if reading.status == "unknown":
            helped = slot != "theme" or bool(answers.get(HELPED))
            return Read(understood=helped and slot in self.skippable, value=UNKNOWN)
        if reading.status == "understood":
            return Read(understood=True, value=_typed(slot, reading.value))
        if slot not in _SETTLED:
            return Read(understood=False)
        given = Answers.of(dict(answers))
        settled = settle(given, slot, reading.alternatives, thresholds())
        return Read(understood=settled is not None, value=settled)

    def told(self, tracker: Tracker, slot: str | None) -> dict[str, Any]:
        """What a message says of the visitor's own organisation, and the one theme it names.

        Where the seat is says nothing of the region of the project, nor the other way round.
        """
        named, text, language = named_in(tracker), text_of(tracker), language_of(tracker)
        if not (label_of(tracker) == "go_back" or takes_back(text) or finds_fault(text)):
            named = without_trade(slot, named, text)
        claimed = answers_in(named)
        themes = {one.value for one in named if one.entity == "theme"}
        if len(themes) == 1 and not asks_for_theme(slot, text, language):
            claimed["theme"] = themes.pop()
        claimed.pop("establishment" if slot == "region" else "", None)
        if slot in EARLY or (tracker.get_slot("region") is None and slot != "region"):
            claimed.pop("region", None)
        if slot in capacities.ASKED:
            # Its own reader takes in what is said of each.
            claimed = {name: one for name, one in claimed.items() if name not in capacities.PARTS}
        if slot in EARLY and tracker.get_slot("path") != TARGET_SME:
            claimed = early_answers(slot, text, language, claimed)
        if tracker.get_slot("path") is None:
            claimed = with_path(claimed) if slot is None else claimed
        elif "?" in text:
            claimed.pop("path", None)  # a question by the way takes no other path
        return {name: _typed(name, value) for name, value in claimed.items() if name in QUESTIONS}

    def chosen(self, slot: str, value: Any) -> Any:
        """The answer that a button holds."""
        if slot == CONFIRMED:
            return True
        if slot in capacities.ASKED:
            return capacities.chosen(slot, str(value))
        try:
            return QUESTIONS[slot].value_of(str(value))
        except (AnswerError, KeyError):
            return None

    def spread(self, values: Mapping[str, Any], answers: Mapping[str, Any]) -> Mapping[str, Any]:
        """An answer to expertise, needs and experience together is an answer to each."""
        spread: dict[str, Any] = {}
        for slot, value in values.items():
            together = slot in capacities.ASKED
            spread |= capacities.answers_by(slot, value, answers) if together else {slot: value}
        return spread

    def question(self, slot: str, answers: Mapping[str, Any]) -> str:
        """What is missing is asked in other words than what is outsourced."""
        asked = super().question(slot, answers)
        missing = slot == capacities.WHICH and answers.get(capacities.TOGETHER) == "neither"
        return f"{asked}_missing" if missing else asked

    def values(self, slot: str, answers: Mapping[str, Any], language: str) -> dict[str, Any]:
        """The parts that are still open."""
        if slot != capacities.REST:
            return {}
        return {"parts": as_list(question_words(capacities.open_parts(answers), language))}

    def before_asking(self, sitting: Sitting, slot: str) -> None:
        """Show the summary before asking whether it is right."""
        if slot == CONFIRMED:
            lines = answer_lines(sitting.answers, sitting.language)
            sitting.say("utter_eligibility_summary", summary=as_list(lines))

    def missed(self, sitting: Sitting, slot: str, text: str) -> bool:
        """Correct the one answer a "no, ..." can be about; help to choose a path or a theme."""
        if slot == CONFIRMED:
            corrected = self._corrections(text, sitting)
            if len(corrected) == 1:
                sitting.remember(corrected)
            return len(corrected) == 1
        reading = read_answer(slot, text, sitting.language) if slot in _OWN_WORDS else None
        if reading and slot == "establishment" and reading.alternatives:
            sitting.say("utter_unreadable_establishment_ambiguous")
            return True
        if reading and slot == "path" and reading.status == "unknown":
            sitting.say("utter_explain_path")
            return True
        if slot != "theme" or sitting.answers.get(HELPED):
            return False
        sitting.answers[HELPED] = True
        sitting.say("utter_eligibility_theme_help")
        return True

    def _corrections(self, text: str, sitting: Sitting) -> dict[str, Any]:
        """The answers of the summary that a message, read as an answer to each, would change."""
        said = without_no(text)
        found: dict[str, Any] = {}
        for slot in questions(Answers.of(sitting.answers)):
            answer = self.read(slot, said, sitting.language, sitting.answers)
            other = answer.value not in (UNKNOWN, sitting.answers[slot])
            if answer.understood and other and said != text:
                found[slot] = answer.value
        return found

    def kept(self, answers: Mapping[str, Any], language: str) -> dict[str, Any]:
        """The answers that are kept when the visitor stops."""
        return {"kept": as_list(answer_lines(answers, language))}

    def noted(
        self, values: Mapping[str, Any], answers: Mapping[str, Any], language: str
    ) -> dict[str, Any]:
        """The answers that were told or corrected, a line each."""
        spread = self.spread(values, answers)
        given = Answers.of({**answers, **spread})
        asked = questions(given) if given.path else tuple(QUESTIONS)
        lines = lines_of({slot: spread[slot] for slot in asked if slot in spread}, language)
        return {"summary": as_list(lines)} if lines else {}

    def changed(self, slot: str, answers: dict[str, Any]) -> None:
        """After a change the summary is shown again, and what no longer matters is forgotten."""
        answers[CONFIRMED] = None
        if slot == "path":
            for one in {*QUESTIONS, *capacities.ASKED} - {"path"}:
                answers[one] = None
        if slot == capacities.TOGETHER:
            for one in capacities.PARTS:
                answers[one] = None

    def tidy(self, answers: dict[str, Any]) -> None:
        """Forget answers to questions that do not matter on the path taken."""
        if answers.get("path") is None:
            return
        mattering = questions(Answers.of(answers))
        for slot in QUESTIONS:
            if slot not in mattering:
                answers[slot] = None
        if answers["path"] != APPLICANT:
            answers[capacities.TOGETHER] = None


def _typed(slot: str, value: Any) -> Any:
    """Themes are read as numbers of any kind; a share and a head count stay decimal."""
    return int(value) if slot == "theme" and value != UNKNOWN else value


class ValidateEligibilityForm(PlainAction):
    """Conducts the check, turn by turn; the name is the one Rasa looks for."""

    called = f"validate_{FORM}"

    @staticmethod
    def act(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        """One turn."""
        return conduct(EligibilityInterview(), dispatcher, tracker)
