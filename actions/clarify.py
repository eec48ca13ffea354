"""When the meaning is unsure: "did you mean", and the mailbox when that did not help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk import Action

from actions.conversation import ranking_of, said_before

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]

CHOICES = 3
# Meanings that make no sense as an offer to tap.
_NOT_OFFERED = frozenset({"out_of_scope", "inform", "nlu_fallback", "affirm", "deny", "greet"})


def clarify(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Offer the likeliest meanings; the second time in a row, the mailbox."""
    if said_before(tracker, "utter_clarify"):
        dispatcher.utter_message(response="utter_clarify_again")
        return []
    offer = [label for label in ranking_of(tracker) if label not in _NOT_OFFERED][:CHOICES]
    dispatcher.utter_message(response="utter_clarify", offer=offer)
    return []


class ActionClarify(Action):
    """Asks what was meant, with up to three choices."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_clarify"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 - the signature of an action
    ) -> Events:
        """Ask; nothing is remembered."""
        return clarify(dispatcher, tracker)
