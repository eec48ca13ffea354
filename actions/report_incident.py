"""Somebody is under attack: we are no emergency desk, and this is what to do now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk import Action

from actions.conversation import text_of
from bot.texts.phrases import phrase_finder

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


def report_incident(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say the steps for the kind of incident named, or for any."""
    named = phrase_finder().find(text_of(tracker), "utter_report_incident_")
    dispatcher.utter_message(response=named or "utter_report_incident")
    return []


class ActionReportIncident(Action):
    """Gives the addresses that help."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_report_incident"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002 - the signature of an action
    ) -> Events:
        """Say it; nothing is remembered."""
        return report_incident(dispatcher, tracker)
