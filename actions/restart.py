"""Start over: the interview that is open, else the whole conversation. The language stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk.events import SlotSet

from actions.plain_action import PlainAction

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


def restart(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Forget what was answered and say what can be done.

    Rasa runs this action before an open form sees the message. The form has its turn after it, and
    begins again itself: there the words may also turn out to be an answer.
    """
    if tracker.active_loop_name:
        return []
    dispatcher.utter_message(response="utter_restart")
    return [
        SlotSet(name, None)
        for name, value in tracker.slots.items()
        if value is not None and name != "language"
    ]


class ActionRestart(PlainAction):
    """Begins anew; the name is that of Rasa's own action, which this one replaces."""

    called = "action_restart"
    act = staticmethod(restart)
