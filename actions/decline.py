"""What the facts do not hold is declined by its name, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.conversation import entity_of, text_of
from actions.plain_action import PlainAction
from bot.texts.phrases import phrase_finder

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


def decline(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Decline: which languages are spoken (in German, English, or as before), or by its name."""
    other = entity_of(tracker, "other_language")
    if other:
        dispatcher.utter_message(response="utter_other_language", language=other)
        return []
    if entity_of(tracker, "other_script"):
        dispatcher.utter_message(response="utter_other_script")
        return []
    named = phrase_finder().find(text_of(tracker), "utter_declined_")
    dispatcher.utter_message(response=named or "utter_out_of_scope")
    return []


class ActionDecline(PlainAction):
    """Declines honestly, and names the mailbox."""

    called = "action_decline"
    act = staticmethod(decline)
