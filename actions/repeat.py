"""What was last said, said again: word for word, or in the language spoken now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.conversation import last_said
from actions.plain_action import PlainAction

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


def repeat(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say the last turn's texts again; say so when there is none."""
    said = last_said(tracker)
    for one in said:
        dispatcher.utter_message(response=one.response, **one.parts)
    if not said:
        dispatcher.utter_message(response="utter_repeat_nothing")
    return []


class ActionRepeat(PlainAction):
    """Repeats the last turn."""

    called = "action_repeat"
    act = staticmethod(repeat)
