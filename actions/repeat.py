"""What was last said, said again: word for word, or in the language spoken now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk import Action

from actions.conversation import last_said

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


class ActionRepeat(Action):
    """Repeats the last turn."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_repeat"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 - the signature of an action
    ) -> Events:
        """Say it again; nothing is remembered."""
        return repeat(dispatcher, tracker)
