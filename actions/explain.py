"""What a term means, when somebody asks outside the check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.conversation import text_of
from actions.plain_action import PlainAction
from bot.texts.phrases import phrase_finder

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


def explain(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Explain the term named in the message; without one, the words most often asked about."""
    dispatcher.utter_message(response=term_in(text_of(tracker), "utter_explain"))
    return []


def term_in(text: str, otherwise: str) -> str:
    """The text that explains the term a message names, or the other one when it names none."""
    return phrase_finder().find(text, "utter_explain") or otherwise


class ActionExplain(PlainAction):
    """Explains a term."""

    called = "action_explain"
    act = staticmethod(explain)
