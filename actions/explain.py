"""What a term means, when somebody asks outside the check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk import Action

from actions.conversation import text_of
from bot.texts.phrases import phrase_finder

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


def explain(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Explain the term named in the message; without one, the words most often asked about."""
    named = phrase_finder().find(text_of(tracker), "utter_explain")
    dispatcher.utter_message(response=named or "utter_explain")
    return []


class ActionExplain(Action):
    """Explains a term."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_explain"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 - the signature of an action
    ) -> Events:
        """Explain; nothing is remembered."""
        return explain(dispatcher, tracker)
