"""What an interview is: the questions and readers of a form, and one turn of it.

How a turn goes is the same for the eligibility check and the hand-off: actions/interview_turns.py.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final

from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]

PAUSED: Final = "paused_interviews"  # the forms that were left and can be resumed
MISREADS: Final = "interview_misreads"  # how often the open question was not understood
ANSWERED: Final = "interview_answered"  # the questions answered, in order, to go back over

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
    yes_or_no: ClassVar[frozenset[str]]  # to these "no, that was wrong" would read as an answer
    skippable: ClassVar[frozenset[str]]  # the questions that may stay without an answer
    changeable: ClassVar[frozenset[str]]  # the answers that may be named to be changed
    own_words: ClassVar[frozenset[str]] = frozenset()  # names tell nothing of the language spoken
    summarised: ClassVar[frozenset[str]] = frozenset()  # before these all answers are shown
    free_text: ClassVar[frozenset[str]] = frozenset()  # questions that any words answer
    answer_labels: ClassVar[Mapping[str, frozenset[str]]]  # meanings that are answers to a question
    called_by: ClassVar[str | None] = None  # the meaning that asks for the interview itself
    told_counts: ClassVar[frozenset[str]] = frozenset()  # questions that a word by the way answers
    keeps_answers: ClassVar[bool]  # whether stopping keeps what was answered

    @abstractmethod
    def open_question(self, answers: Mapping[str, Any]) -> str | None:
        """The next slot to ask for, or None when all is known."""

    @abstractmethod
    def read(self, slot: str, text: str, language: str, answers: Mapping[str, Any]) -> Read:
        """Read an answer to the open question; changes nothing."""

    @abstractmethod
    def told(self, tracker: Tracker, slot: str | None) -> dict[str, Any]:
        """The answers that the latest message gives by the way, while a question is open."""

    def known(self, tracker: Tracker) -> dict[str, Any]:
        """What is known at the start from what was said before."""
        return self.told(tracker, None)

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

    def noted(
        self,
        values: Mapping[str, Any],  # noqa: ARG002
        answers: Mapping[str, Any],  # noqa: ARG002
        language: str,  # noqa: ARG002
    ) -> dict[str, Any]:
        """What fills the words that say which answers were taken by the way; {} says nothing."""
        return {}

    def chosen(self, slot: str, value: Any) -> Any:  # noqa: ARG002 - most buttons hold their answer
        """The answer that a button of a slot holds; None when it holds none."""
        return value

    def spread(self, values: Mapping[str, Any], answers: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ARG002
        """The answers that these stand for, where one question asks for several."""
        return values

    def tidy(self, answers: dict[str, Any]) -> None:  # noqa: B027
        """Forget answers that no longer matter."""

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
        values = self.interview.spread(values, self.answers)
        answered = [one for one in self.answered() if one not in values]
        for slot, value in values.items():
            if self.answers.get(slot) not in (None, value):
                self.interview.changed(slot, self.answers)
        self.answers.update(values)
        self.interview.tidy(self.answers)
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


def offer_to_resume(dispatcher: CollectingDispatcher, tracker: Tracker, language: str) -> None:
    """Offer to go on with the interview that was left last for the one that ends now, if any."""
    left = [one for one in tracker.get_slot(PAUSED) or [] if one != tracker.active_loop_name]
    if left:
        dispatcher.utter_message(response=f"utter_{left[-1]}_resume_offer", language=language)
