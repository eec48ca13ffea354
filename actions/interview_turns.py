"""The one way an interview goes, for the eligibility check and for the hand-off.

A Rasa form whose validation asks, reads, corrects, explains, pauses and resumes. What differs
between the two forms (questions, readers, ending) is an Interview.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rasa_sdk.events import SlotSet

from actions.conversation import (
    confidence_of,
    label_of,
    language_of,
    last_language,
    text_of,
)
from actions.corrections import change_answer, correct, note, question_named
from actions.explain import term_in
from actions.heard import (
    Heard,
    Kind,
    asks_why,
    finds_fault,
    kind_of,
    takes_back,
    without_no,
)
from actions.interview import (
    HANDOFF,
    MISREADS,
    UNKNOWN,
    Interview,
    Sitting,
    offer_to_resume,
)
from actions.replies import reply
from bot.languages import LANGUAGES, language_named

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]

_OFFER_SKIP_AFTER: Final = 2  # times a question was not understood
# A "why" that is about nothing known is about the open question.
_NOTHING_KNOWN: Final = frozenset({"nlu_fallback", "out_of_scope"})


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
    if slot in interview.own_words:
        _keep_language(sitting)
    heard = _hear(sitting, slot)
    kind = kind_of(heard)
    if kind is Kind.CHOICE:
        return _take_choice(sitting, heard, slot)
    if kind is Kind.COMMAND:
        return _obey(sitting, heard, slot)
    if kind is Kind.ASIDE:
        sitting.events += reply(heard.label, dispatcher, tracker)
        return note(sitting, heard.told) if slot in heard.told else sitting.ask(slot)
    if kind is Kind.UNREADABLE:
        return _not_understood(sitting, slot)
    return _take(sitting, heard, slot)


def _take(sitting: Sitting, heard: Heard, slot: str) -> Events:
    """Take the answer to the open question, and those to others that came with it."""
    answer = sitting.interview.read(slot, heard.text, sitting.language, sitting.answers)
    if not answer.understood:
        return note(sitting, heard.told)
    sitting.remember({**heard.told, slot: answer.value})
    return sitting.ask_next()


def _begin(sitting: Sitting) -> Events:
    interview, tracker = sitting.interview, sitting.tracker
    change = _choice(tracker).get("change")
    slot = interview.open_question(sitting.answers)
    if change and slot is None:
        slot = sitting.answered()[-1]
    if change and slot:
        return change_answer(sitting, str(change), slot)
    if interview.form in sitting.paused():
        sitting.say(f"utter_{interview.form}_resumed")
        return sitting.ask_next()
    sitting.forget()
    sitting.say(f"utter_{interview.form}_intro")
    sitting.remember(interview.known(tracker))
    return sitting.ask_next()


def _hear(sitting: Sitting, slot: str) -> Heard:
    text = text_of(sitting.tracker)
    told = sitting.interview.told(sitting.tracker, slot)
    if slot not in sitting.interview.told_counts:
        told.pop(slot, None)
    answer = sitting.interview.read(slot, text, sitting.language, sitting.answers)
    label, confidence = label_of(sitting.tracker), confidence_of(sitting.tracker)
    if label in _NOTHING_KNOWN and asks_why(text):
        label, confidence = "explain", 1.0
    elif takes_back(text) or (_objects(sitting, slot, text) and question_named(sitting, text)):
        label, confidence = "go_back", 1.0
    elif label == sitting.interview.called_by and (answer.understood or told):
        label = "inform"  # "would we qualify with our project?": what it asks is under way
    return Heard(
        text=text,
        label=label,
        confidence=confidence,
        answered=answer.understood,
        free=slot in sitting.interview.free_text,
        expected=label in sitting.interview.answer_labels.get(slot, ()),
        told=told,
        choice=_choice(sitting.tracker),
    )


def _objects(sitting: Sitting, slot: str, text: str) -> bool:
    """Whether something is said to be wrong; before all answers a leading "no" does so too."""
    shown = slot in sitting.interview.summarised
    return finds_fault(text) or (shown and without_no(text) != text)


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
    if heard.choice.get("change"):
        return change_answer(sitting, str(heard.choice["change"]), slot)
    # A button of an earlier question corrects its answer; one of a later question must wait.
    taken = {
        name: sitting.interview.chosen(name, value)
        for name, value in heard.choice.items()
        if name == slot or sitting.answers.get(name) is not None
    }
    given = {name: value for name, value in taken.items() if value is not None}
    if not given and sitting.interview.missed(sitting, slot, heard.text):
        return sitting.ask(slot)
    sitting.remember(given)
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
        return correct(sitting, heard)
    if label == "change_language":
        return _switch(sitting, language_named(heard.text), slot)
    if label == "contact_human" and sitting.interview.form != HANDOFF:
        return sitting.leave(HANDOFF, resumable=True)
    if label == "report_incident":
        sitting.events += reply(label, sitting.dispatcher, sitting.tracker)
        sitting.say(f"utter_{sitting.interview.form}_resume_offer")
        return sitting.leave("action_listen", resumable=True)
    if label == "explain":
        sitting.say(term_in(heard.text, f"utter_explain_{slot}"))
    return sitting.ask(slot)


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
    offer_to_resume(sitting.dispatcher, sitting.tracker, sitting.language)
    return sitting.leave("action_listen", resumable=interview.keeps_answers)


def _not_understood(sitting: Sitting, slot: str) -> Events:
    if sitting.interview.missed(sitting, slot, text_of(sitting.tracker)):
        return sitting.ask(slot)
    sitting.misreads += 1
    sitting.say(f"utter_unreadable_{slot}")
    if sitting.misreads >= _OFFER_SKIP_AFTER:
        sitting.say(f"utter_offer_skip_{slot}")
        return sitting.wait_for(slot)
    return sitting.ask(slot)


def _keep_language(sitting: Sitting) -> None:
    """Go on in the language of the question: a name can look like any language."""
    spoken = last_language(sitting.tracker)
    if spoken is not None and spoken in LANGUAGES and spoken != sitting.language:
        sitting.language = spoken
        sitting.events.append(SlotSet("language", spoken))
