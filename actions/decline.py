"""What the facts do not hold is declined by its name, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.conversation import entity_of, shares_of, text_of
from actions.plain_action import PlainAction
from bot.nlu.decision import BESIDE_EVERY_REFUSAL, perhaps, says_nothing
from bot.texts.phrases import phrase_finder

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


def decline(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Decline: which languages are spoken (in German, English, or as before), or by its name.

    What it may be about after all is offered.
    """
    other = entity_of(tracker, "other_language")
    if other:
        dispatcher.utter_message(response="utter_other_language", language=other)
        return []
    if entity_of(tracker, "other_script"):
        dispatcher.utter_message(response="utter_other_script")
        return []
    text = text_of(tracker)
    named = phrase_finder().find(text, "utter_declined_")
    offer = [] if named or says_nothing(text) else perhaps(shares_of(tracker))
    if offer:
        offer = [*offer, BESIDE_EVERY_REFUSAL]
        dispatcher.utter_message(response="utter_out_of_scope_perhaps", offer=offer)
    else:
        dispatcher.utter_message(response=named or "utter_out_of_scope")
    return []


class ActionDecline(PlainAction):
    """Declines honestly, and names the mailbox."""

    called = "action_decline"
    act = staticmethod(decline)
