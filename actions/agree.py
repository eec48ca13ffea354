"""A yes outside of a form: go on with what was offered, or ask what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk.events import FollowupAction

from actions.conversation import said_before
from actions.interview import PAUSED
from actions.plain_action import PlainAction

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


def agree(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Resume the interview that was just offered; a yes to nothing is asked what about."""
    for form in tracker.get_slot(PAUSED) or []:
        if said_before(tracker, f"utter_{form}_resume_offer"):
            return [FollowupAction(form)]
    dispatcher.utter_message(response="utter_affirm")
    return []


class ActionAgree(PlainAction):
    """Takes a yes."""

    called = "action_agree"
    act = staticmethod(agree)
