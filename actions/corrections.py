"""What is taken back, told by the way or changed in an interview, whichever question is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk.events import SlotSet

from actions.interview import ANSWERED, UNKNOWN, Sitting
from bot.texts.phrases import phrase_finder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actions.heard import Heard

    Events = list[dict[str, Any]]


def note(sitting: Sitting, given: Mapping[str, Any]) -> Events:
    """Take answers to other questions than the open one, and say so before that comes back."""
    noted = sitting.interview.noted(given, sitting.answers, sitting.language)
    sitting.remember(given)
    slot = sitting.interview.open_question(sitting.answers)
    if noted and slot not in sitting.interview.summarised:
        sitting.say("utter_interview_noted", **noted)
    return sitting.ask_next()


def correct(sitting: Sitting, heard: Heard) -> Events:
    """A correction changes what it names ("no, it was 60 %"); a bare "back" the last answer."""
    given = dict(heard.told)
    named = question_named(sitting, heard.text)
    corrected = named or _last_answered(sitting)
    if not given and corrected is not None and corrected not in sitting.interview.yes_or_no:
        answer = sitting.interview.read(corrected, heard.text, sitting.language, sitting.answers)
        if answer.understood and answer.value != UNKNOWN:
            given = {corrected: answer.value}
    return note(sitting, given) if given else reopen(sitting, named)


def question_named(sitting: Sitting, text: str) -> str | None:
    """The answered question whose words stand in a message: "the address is wrong"."""
    family = f"utter_ask_{sitting.interview.form}_"
    name = phrase_finder().find(text, family)
    slot = name.removeprefix(family) if name else None
    return slot if slot is not None and sitting.answers.get(slot) is not None else None


def reopen(sitting: Sitting, slot: str | None) -> Events:
    """Ask a question again: the one named, or the last one answered."""
    answered = sitting.answered()
    slot = slot or _last_answered(sitting)
    if slot is None:
        sitting.say("utter_go_back_nothing")
        return sitting.ask_next()
    sitting.interview.changed(slot, sitting.answers)
    sitting.answers[slot] = None
    sitting.events.append(SlotSet(ANSWERED, [one for one in answered if one != slot]))
    return sitting.ask(slot)


def change_answer(sitting: Sitting, which: str, slot: str) -> Events:
    """Change the answer named, or ask which one (`change=ask`)."""
    if which in sitting.interview.slots and sitting.answers.get(which) is not None:
        return reopen(sitting, which)
    offer = [
        f"change={one}"
        for one in sitting.answered()
        if one in sitting.interview.changeable and sitting.answers.get(one) is not None
    ]
    sitting.dispatcher.utter_message(
        response="utter_interview_change", language=sitting.language, offer=offer
    )
    return sitting.wait_for(slot)


def _last_answered(sitting: Sitting) -> str | None:
    """The question answered last; "no" and zero are answers too."""
    answered = reversed(sitting.answered())
    return next((one for one in answered if sitting.answers.get(one) is not None), None)
