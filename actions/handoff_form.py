"""The hand-off: asks for what the mailbox needs, shows the mail, and sends it on a yes only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from actions.conversation import label_of, question_before, text_of
from actions.handoff_mail import mail_of, mark_moment
from actions.interview import HANDOFF, UNKNOWN, Interview, Read, Sitting
from actions.interview_turns import conduct
from actions.plain_action import PlainAction
from bot.answers import read_answer
from bot.languages import language_named
from bot.mail.addresses import Accepted, Suggested, check_address
from bot.mail.handoff import LINE_LIMIT, QUESTION_LIMIT
from bot.texts.phrases import phrase_finder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

QUESTION = "handoff_question"
EMAIL = "handoff_email"
CONSENT = "handoff_consent"

_ORDER = (QUESTION, EMAIL, "handoff_name", "handoff_firm", "handoff_language", CONSENT)
_FEWEST_LETTERS = 3


class HandoffInterview(Interview):
    """Question, address, name, firm, language, and the consent to send."""

    form = HANDOFF
    ending = "action_send_handoff"
    slots = (
        *_ORDER,
        "handoff_known_question",
        "handoff_suggestion",
        "handoff_moment",
        "handoff_reference",
    )
    skippable = frozenset({"handoff_name", "handoff_firm"})
    changeable = frozenset(_ORDER) - {CONSENT}
    own_words = frozenset({EMAIL, "handoff_name", "handoff_firm"})
    free_text = frozenset({QUESTION})
    answer_labels: ClassVar[Mapping[str, frozenset[str]]] = {
        "handoff_language": frozenset({"change_language"}),
        # The address in an answer is no wish to be put through.
        EMAIL: frozenset({"contact_human", "faq/contact"}),
    }
    # A correction in one's own words could be taken for the question or a name: ask again.
    yes_or_no = frozenset({QUESTION, "handoff_name", "handoff_firm", CONSENT})
    keeps_answers = False

    def open_question(self, answers: Mapping[str, Any]) -> str | None:
        """The first slot without an answer."""
        return next((slot for slot in _ORDER if answers.get(slot) is None), None)

    def known(self, tracker: Tracker) -> dict[str, Any]:
        """The question that was typed already, to be confirmed."""
        typed = text_of(tracker) if label_of(tracker) != "contact_human" else None
        question = typed or question_before(tracker)
        return {"handoff_known_question": question} if question else {}

    def question(self, slot: str, answers: Mapping[str, Any]) -> str:
        """Some questions change when something is known already."""
        asked = super().question(slot, answers)
        if slot == QUESTION and answers.get("handoff_known_question"):
            return f"{asked}_known"
        if slot == EMAIL and answers.get("handoff_suggestion"):
            return f"{asked}_suggested"
        return asked

    def values(self, slot: str, answers: Mapping[str, Any], language: str) -> dict[str, Any]:  # noqa: ARG002 - these need no language
        """The known question and the suggested address, to be shown."""
        if slot == QUESTION and answers.get("handoff_known_question"):
            return {"question": answers["handoff_known_question"]}
        if slot == EMAIL and answers.get("handoff_suggestion"):
            return {"suggestion": answers["handoff_suggestion"]}
        return {}

    def before_asking(self, sitting: Sitting, slot: str) -> None:
        """Show the very mail before asking whether it may be sent."""
        if slot != CONSENT:
            return
        mark_moment(sitting)
        mail = mail_of(sitting.tracker, sitting.answers, sitting.language)
        sitting.say("utter_handoff_mail", mail=mail)

    def read(self, slot: str, text: str, language: str, answers: Mapping[str, Any]) -> Read:
        """Read an answer; an address that looks like a slip is only a suggestion."""
        if slot == QUESTION:
            return _read_question(text, language, answers)
        if slot == EMAIL:
            return _read_address(text, language, answers)
        if slot == "handoff_language":
            named = language_named(text)
            return Read(named is not None, named)
        if slot == CONSENT:
            agreed = read_answer("yes_no", text, language)
            answer = {True: "yes", False: "no"}
            # "No, the address is wrong" is no refusal.
            corrects = phrase_finder().find(text, f"utter_ask_{HANDOFF}_") is not None
            understood = agreed.status == "understood" and not (corrects and agreed.value is False)
            return Read(understood, answer[bool(agreed.value)] if understood else None)
        return _read_line(text, language)

    def told(self, tracker: Tracker, slot: str | None) -> dict[str, Any]:  # noqa: ARG002 - an address is one anywhere
        """An address given by the way, as long as there is none."""
        if tracker.get_slot(EMAIL):
            return {}
        found = check_address(text_of(tracker))
        return {EMAIL: found.address} if isinstance(found, Accepted) else {}

    def missed(self, sitting: Sitting, slot: str, text: str) -> bool:
        """An address with a slip is offered corrected instead of refused."""
        if slot != EMAIL:
            return False
        had_one = sitting.answers.get("handoff_suggestion") is not None
        found = check_address(text)
        suggestion = found.address if isinstance(found, Suggested) else None
        sitting.answers["handoff_suggestion"] = suggestion
        # "No" to a suggestion is no unreadable address: the plain question comes back.
        return suggestion is not None or had_one

    def changed(self, slot: str, answers: dict[str, Any]) -> None:
        """Another address is not what was suggested for the one before."""
        if slot == EMAIL:
            answers["handoff_suggestion"] = None


def _read_question(text: str, language: str, answers: Mapping[str, Any]) -> Read:
    known = answers.get("handoff_known_question")
    agreed = read_answer("yes_no", text, language)
    if agreed.status == "understood" and len(text.split()) <= _FEWEST_LETTERS:
        return Read(understood=bool(known) and agreed.value is True, value=known)
    found = check_address(text)
    besides = text.replace(found.address, "") if isinstance(found, Accepted) else text
    # Only an address is the answer to the next question, not to this one.
    letters = sum(character.isalpha() for character in besides)
    return Read(letters >= _FEWEST_LETTERS and len(text) <= QUESTION_LIMIT, text.strip())


def _read_address(text: str, language: str, answers: Mapping[str, Any]) -> Read:
    suggestion = answers.get("handoff_suggestion")
    if suggestion:
        agreed = read_answer("yes_no", text, language)
        if agreed.status == "understood" and agreed.value is True:
            return Read(understood=True, value=suggestion)
    found = check_address(text)
    return Read(isinstance(found, Accepted), getattr(found, "address", None))


def _read_line(text: str, language: str) -> Read:
    declined = read_answer("yes_no", text, language)
    if declined.status == "unknown" or declined.value is False:
        return Read(understood=True, value=UNKNOWN)
    line = " ".join(text.split())
    fits = 0 < len(line) <= LINE_LIMIT and "\n" not in text.strip() and "://" not in line
    fits = fits and not line.endswith("?")
    return Read(fits, line)


class ValidateHandoffForm(PlainAction):
    """Conducts the hand-off, turn by turn; the name is the one Rasa looks for."""

    called = f"validate_{HANDOFF}"

    @staticmethod
    def act(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        """One turn."""
        return conduct(HandoffInterview(), dispatcher, tracker)
