"""Start over: every answer is forgotten, the language stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, SlotSet

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


def restart(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Forget what was answered and say what can be done."""
    dispatcher.utter_message(response="utter_restart")
    kept = {"language"}
    forgotten = [
        SlotSet(name, None)
        for name, value in tracker.slots.items()
        if value is not None and name not in kept
    ]
    return [*forgotten, ActiveLoop(None)]


class ActionRestart(Action):
    """Begins anew."""

    def name(self) -> str:
        """The name of Rasa's own action, which this one replaces."""
        return "action_restart"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 - the signature of an action
    ) -> Events:
        """Forget, and say so."""
        return restart(dispatcher, tracker)
