"""The eligibility check: asks what matters, shows a summary, and ends in a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from actions.conversation import named_in
from actions.eligibility_questions import QUESTIONS, AnswerError, Answers, next_question, questions
from actions.eligibility_rules import settle
from actions.eligibility_words import answer_lines, as_list, thresholds
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

_NUMBERS: Final = frozenset({"outsourcing_share", "fte"})  # "ten to fifteen" is a range
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


class EligibilityInterview(Interview):
    """The questions of actions/eligibility_questions.py, then the summary."""

    form = FORM
    ending = "action_tell_verdict"
    slots = (*QUESTIONS, CONFIRMED, HELPED)
    skippable = frozenset(QUESTIONS) - {"path"}
    changeable = frozenset(QUESTIONS)
    yes_or_no = frozenset({"self_employed", CONFIRMED})
    keeps_answers = True
    answer_labels: ClassVar[Mapping[str, frozenset[str]]] = {
        "path": frozenset({"faq/own_sme_support", "faq/who_can_apply", "check_eligibility"}),
        "organisation_kind": frozenset({"faq/who_can_apply", "faq/consortium"}),
        "establishment": frozenset({"faq/foreign_applicants"}),
        "expertise": _CAPACITY_LABELS,
        "needs": _CAPACITY_LABELS,
        "experience": _CAPACITY_LABELS,
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
        if asked is not None:
            return asked
        return None if answers.get(CONFIRMED) else CONFIRMED

    def read(self, slot: str, text: str, language: str, answers: Mapping[str, Any]) -> Read:
        """Read an answer; a range counts where all of it leads to the same outcome."""
        if slot == CONFIRMED:
            agreed = read_answer("yes_no", text, language)
            return Read(understood=agreed.value is True, value=True)
        reading = read_answer(slot, text, language)
        if reading.status == "unknown":
            helped = slot != "theme" or bool(answers.get(HELPED))
            return Read(understood=helped and slot in self.skippable, value=UNKNOWN)
        if reading.status == "understood":
            return Read(understood=True, value=_typed(slot, reading.value))
        if slot not in _NUMBERS:
            return Read(understood=False)
        given = Answers.of(dict(answers))
        settled = settle(given, slot, reading.alternatives, thresholds())
        return Read(understood=settled is not None, value=settled)

    def told(self, tracker: Tracker, slot: str | None) -> dict[str, Any]:
        """What a message says of the visitor's own organisation, and the one theme it names.

        A place that answers for the region says nothing of where the seat is.
        """
        named = named_in(tracker)
        claimed = answers_in(named)
        themes = {one.value for one in named if one.entity == "theme"}
        if len(themes) == 1:
            claimed["theme"] = themes.pop()
        if slot == "region":
            claimed.pop("establishment", None)
        return {name: _typed(name, value) for name, value in claimed.items() if name in QUESTIONS}

    def chosen(self, slot: str, value: Any) -> Any:
        """The answer that a button holds."""
        if slot == CONFIRMED:
            return True
        try:
            return QUESTIONS[slot].value_of(str(value))
        except (AnswerError, KeyError):
            return None

    def before_asking(self, sitting: Sitting, slot: str) -> None:
        """Show the summary before asking whether it is right."""
        if slot == CONFIRMED:
            lines = answer_lines(sitting.answers, sitting.language)
            sitting.say("utter_eligibility_summary", summary=as_list(lines))

    def missed(self, sitting: Sitting, slot: str, text: str) -> bool:  # noqa: ARG002 - the aims help whatever was typed
        """Who does not know the theme is first told the aims."""
        if slot != "theme" or sitting.answers.get(HELPED):
            return False
        sitting.answers[HELPED] = True
        sitting.say("utter_eligibility_theme_help")
        return True

    def kept(self, answers: Mapping[str, Any], language: str) -> dict[str, Any]:
        """The answers that are kept when the visitor stops."""
        return {"kept": as_list(answer_lines(answers, language))}

    def changed(self, slot: str, answers: dict[str, Any]) -> None:
        """After a change the summary is shown again, and what no longer matters is forgotten."""
        answers[CONFIRMED] = None
        if slot == "path":
            for one, question in QUESTIONS.items():
                if question.path is not None:
                    answers[one] = None

    def tidy(self, answers: dict[str, Any]) -> None:
        """Forget answers to questions that do not matter on the path taken."""
        if answers.get("path") is None:
            return
        mattering = questions(Answers.of(answers))
        for slot in QUESTIONS:
            if slot not in mattering:
                answers[slot] = None


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
