"""Somebody is under attack: we are no emergency desk, and this is what to do now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.conversation import text_of
from actions.plain_action import PlainAction
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


class ActionReportIncident(PlainAction):
    """Gives the addresses that help."""

    called = "action_report_incident"
    act = staticmethod(report_incident)
