"""The one way an interview goes, for the eligibility check and for the hand-off.

A Rasa form whose validation asks, reads, corrects, explains, pauses and resumes. What differs
between the two forms (questions, readers, ending) is an Interview.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from actions.conversation import confidence_of, label_of, language_of, text_of
from actions.interview_turn import Heard, Kind, kind_of
from actions.replies import reply
from bot.languages import LANGUAGES, language_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]

PAUSED: Final = "paused_interviews"  # the forms that were left and can be resumed
MISREADS: Final = "interview_misreads"  # how often the open question was not understood
ANSWERED: Final = "interview_answered"  # the questions answered, in order, to go back over
_OFFER_SKIP_AFTER: Final = 2

UNKNOWN: Final = "unknown"  # asked, and skipped or not known
HANDOFF: Final = "handoff_form"


@dataclass(frozen=True)
class Read:
    """An answer as it was read: understood with its value, or not."""

    understood: bool
    value: Any = None


class Interview(ABC):
    """What one form asks, how it reads answers, and what follows at the end."""

    form: ClassVar[str]
    ending: ClassVar[str]  # the action that follows the last answer
    slots: ClassVar[tuple[str, ...]]  # every slot it may fill
    skippable: ClassVar[frozenset[str]]  # the questions that may stay without an answer
    answer_labels: ClassVar[Mapping[str, frozenset[str]]]  # meanings that are answers to a question
    keeps_answers: ClassVar[bool]  # whether stopping keeps what was answered

    @abstractmethod
    def open_question(self, answers: Mapping[str, Any]) -> str | None:
        """The next slot to ask for, or None when all is known."""

    @abstractmethod
    def read(self, slot: str, text: str, language: str, answers: Mapping[str, Any]) -> Read:
        """Read an answer to the open question; changes nothing."""

    @abstractmethod
    def told(self, text: str, language: str) -> dict[str, Any]:
        """The answers a free message gives by the way."""

    def known(self, tracker: Tracker, language: str) -> dict[str, Any]:
        """What is known at the start from what was said before."""
        return self.told(text_of(tracker), language)

    def values(self, slot: str, answers: Mapping[str, Any], language: str) -> dict[str, Any]:  # noqa: ARG002 - most questions are fixed words
        """What fills the words of a question."""
        return {}

    def question(self, slot: str, answers: Mapping[str, Any]) -> str:  # noqa: ARG002
        """The name of the text that asks for a slot."""
        return f"utter_ask_{self.form}_{slot}"

    def before_asking(self, sitting: Sitting, slot: str) -> None:  # noqa: B027
        """What to say before a question, such as a summary."""

    def missed(self, sitting: Sitting, slot: str, text: str) -> bool:  # noqa: ARG002
        """Try to make something of an unreadable answer; True when there is a better question."""
        return False

    def kept(self, answers: Mapping[str, Any], language: str) -> dict[str, Any]:  # noqa: ARG002
        """What fills the words said when the visitor stops."""
        return {}

    def changed(self, slot: str, answers: dict[str, Any]) -> None:  # noqa: B027 - most answers stand alone
        """Take back what follows from an answer that was changed."""


@dataclass
class Sitting:
    """One turn of an interview: the answers as they change, and what to tell Rasa."""

    interview: Interview
    dispatcher: CollectingDispatcher
    tracker: Tracker
    language: str
    answers: dict[str, Any]
    before: dict[str, Any]
    misreads: int
    events: Events = field(default_factory=list)

    def say(self, response: str, **values: Any) -> None:
        """Say a text of the interview in the language in use."""
        self.dispatcher.utter_message(response=response, language=self.language, values=values)

    def ask(self, slot: str) -> Events:
        """Ask a question and wait for its answer."""
        interview = self.interview
        interview.before_asking(self, slot)
        self.say(
            interview.question(slot, self.answers),
            **interview.values(slot, self.answers, self.language),
        )
        return self.wait_for(slot)

    def wait_for(self, slot: str) -> Events:
        """Wait for the answer to a question without asking it once more."""
        return self._ended([SlotSet("requested_slot", slot)])

    def ask_next(self) -> Events:
        """Ask what is still open, or go to the ending."""
        slot = self.interview.open_question(self.answers)
        if slot is not None:
            return self.ask(slot)
        return self.leave(self.interview.ending, resumable=False)

    def leave(self, followup: str, *, resumable: bool) -> Events:
        """Close the form and go on with another action; what was answered stays."""
        paused = [one for one in self.paused() if one != self.interview.form]
        if resumable:
            paused.append(self.interview.form)
        return self._ended(
            [
                SlotSet(PAUSED, paused),
                SlotSet("requested_slot", None),
                ActiveLoop(None),
                FollowupAction(followup),
            ]
        )

    def paused(self) -> list[str]:
        """The forms that were left and can be resumed, the latest last."""
        return list(self.tracker.get_slot(PAUSED) or [])

    def forget(self) -> None:
        """Forget every answer."""
        for slot in self.interview.slots:
            self.answers[slot] = None
        self.events.append(SlotSet(ANSWERED, []))

    def remember(self, values: Mapping[str, Any]) -> None:
        """Take answers, and note their order to go back over them."""
        answered = [one for one in self.answered() if one not in values]
        for slot, value in values.items():
            if self.answers.get(slot) not in (None, value):
                self.interview.changed(slot, self.answers)
            self.answers[slot] = value
        self.events.append(SlotSet(ANSWERED, [*answered, *values]))
        self.misreads = 0

    def answered(self) -> list[str]:
        """The questions answered so far, oldest first."""
        return list(self.tracker.get_slot(ANSWERED) or [])

    def _ended(self, closing: Events) -> Events:
        changed = [
            SlotSet(slot, self.answers.get(slot))
            for slot in self.interview.slots
            if self.answers.get(slot) != self.before.get(slot)
        ]
        # Rasa takes a turn that sets no slot for a failure of the form, so one is always set.
        return [*changed, *self.events, SlotSet(MISREADS, self.misreads), *closing]


def conduct(interview: Interview, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """One turn of an interview: returns the events that Rasa's form keeps."""
    before = {slot: tracker.get_slot(slot) for slot in interview.slots}
    sitting = Sitting(
        interview,
        dispatcher,
        tracker,
        language_of(tracker),
        dict(before),
        before=before,
        misreads=int(tracker.get_slot(MISREADS) or 0),
    )
    slot = tracker.get_slot("requested_slot")
    if slot is None:
        return _begin(sitting)
    heard = _hear(sitting, slot)
    kind = kind_of(heard)
    if kind is Kind.CHOICE:
        return _take_choice(sitting, heard, slot)
    if kind is Kind.COMMAND:
        return _obey(sitting, heard, slot)
    if kind is Kind.ASIDE:
        sitting.events += reply(heard.label, dispatcher, tracker)
        return sitting.ask(slot)
    if kind is Kind.UNREADABLE:
        return _not_understood(sitting, slot)
    answer = interview.read(slot, heard.text, sitting.language, sitting.answers)
    given = dict(heard.told)
    if answer.understood:
        given[slot] = answer.value
    sitting.remember(given)
    return sitting.ask_next()


def _begin(sitting: Sitting) -> Events:
    interview, tracker = sitting.interview, sitting.tracker
    if interview.form in sitting.paused():
        sitting.say(f"utter_{interview.form}_resumed")
        return sitting.ask_next()
    sitting.forget()
    sitting.say(f"utter_{interview.form}_intro")
    sitting.remember(interview.known(tracker, sitting.language))
    return sitting.ask_next()


def _hear(sitting: Sitting, slot: str) -> Heard:
    text = text_of(sitting.tracker)
    told = sitting.interview.told(text, sitting.language)
    told.pop(slot, None)
    answer = sitting.interview.read(slot, text, sitting.language, sitting.answers)
    label = label_of(sitting.tracker)
    return Heard(
        text=text,
        label=label,
        confidence=confidence_of(sitting.tracker),
        answered=answer.understood,
        expected=label in sitting.interview.answer_labels.get(slot, ()),
        told=told,
        choice=_choice(sitting.tracker),
    )


def _choice(tracker: Tracker) -> dict[str, Any]:
    return {
        entity["entity"]: entity["value"]
        for entity in tracker.latest_message.get("entities") or []
        if entity.get("extractor") == "choice"
    }


def _take_choice(sitting: Sitting, heard: Heard, slot: str) -> Events:
    language = heard.choice.get("language")
    if language in LANGUAGES:
        return _switch(sitting, str(language), slot)
    interview = heard.choice.get("interview")
    if interview == "skip" and slot in sitting.interview.skippable:
        sitting.remember({slot: UNKNOWN})
        return sitting.ask_next()
    if interview == "stop":
        return _stop(sitting)
    if interview == "change" or heard.choice.get("change"):
        return _reopen(sitting, heard.choice.get("change"))
    # A button of an earlier question corrects its answer; one of a later question must wait.
    taken = {
        name: value
        for name, value in heard.choice.items()
        if name == slot or sitting.answers.get(name) is not None
    }
    sitting.remember(taken)
    return sitting.ask_next()


def _obey(sitting: Sitting, heard: Heard, slot: str) -> Events:  # noqa: PLR0911 - one way out a command
    label = heard.label
    if label == "stop":
        return _stop(sitting)
    if label == "restart":
        sitting.forget()
        sitting.say(f"utter_{sitting.interview.form}_intro")
        return sitting.ask_next()
    if label == "go_back":
        return _correct(sitting, heard)
    if label == "change_language":
        return _switch(sitting, language_named(heard.text), slot)
    if label == "contact_human" and sitting.interview.form != HANDOFF:
        return sitting.leave(HANDOFF, resumable=True)
    if label == "report_incident":
        sitting.events += reply(label, sitting.dispatcher, sitting.tracker)
        sitting.say(f"utter_{sitting.interview.form}_resume_offer")
        return sitting.leave("action_listen", resumable=True)
    if label == "explain":
        sitting.say(f"utter_explain_{slot}")
    return sitting.ask(slot)


def _correct(sitting: Sitting, heard: Heard) -> Events:
    """A correction changes what it names ("no, it was 60 %"); a bare "back" the last answer."""
    if not heard.told:
        return _reopen(sitting, None)
    sitting.remember(heard.told)
    return sitting.ask_next()


def _switch(sitting: Sitting, language: str | None, slot: str) -> Events:
    if language is None:
        sitting.say("utter_which_languages")
        return sitting.ask(slot)
    sitting.language = language
    sitting.events.append(SlotSet("language", language))
    sitting.say("utter_change_language")
    return sitting.ask(slot)


def _stop(sitting: Sitting) -> Events:
    interview = sitting.interview
    sitting.say(
        f"utter_{interview.form}_stopped", **interview.kept(sitting.answers, sitting.language)
    )
    if not interview.keeps_answers:
        sitting.forget()
    return sitting.leave("action_listen", resumable=interview.keeps_answers)


def _reopen(sitting: Sitting, slot: str | None) -> Events:
    """Ask a question again: the one named, or the last one answered."""
    answered = sitting.answered()
    slot = slot or next((one for one in reversed(answered) if sitting.answers.get(one)), None)
    if slot is None:
        sitting.say("utter_go_back_nothing")
        return sitting.ask_next()
    sitting.interview.changed(slot, sitting.answers)
    sitting.answers[slot] = None
    sitting.events.append(SlotSet(ANSWERED, [one for one in answered if one != slot]))
    return sitting.ask(slot)


def _not_understood(sitting: Sitting, slot: str) -> Events:
    if sitting.interview.missed(sitting, slot, text_of(sitting.tracker)):
        return sitting.ask(slot)
    sitting.misreads += 1
    sitting.say(f"utter_unreadable_{slot}")
    if sitting.misreads >= _OFFER_SKIP_AFTER:
        sitting.say(f"utter_offer_skip_{slot}")
        return sitting.wait_for(slot)
    return sitting.ask(slot)
