"""When the meaning is unsure: "did you mean", and the mailbox when that did not help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.conversation import ranking_of, said_before, text_of
from actions.plain_action import PlainAction
from bot.nlu.decision import choices
from bot.texts.phrases import phrase_finder

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


def clarify(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Decline what is named and not known; else offer the likeliest meanings.

    The second time in a row, the mailbox.
    """
    named = phrase_finder().find(text_of(tracker), "utter_declined_")
    if named:
        dispatcher.utter_message(response=named)
        return []
    offer = choices(ranking_of(tracker))
    again = said_before(tracker, "utter_clarify") or said_before(tracker, "utter_clarify_again")
    if not offer or again:
        dispatcher.utter_message(response="utter_clarify_again")
        return []
    dispatcher.utter_message(response="utter_clarify", offer=offer)
    return []


class ActionClarify(PlainAction):
    """Asks what was meant, with up to four choices."""

    called = "action_clarify"
    act = staticmethod(clarify)
