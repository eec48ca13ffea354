"""The follow-up of each meaning, for a message that comes in the middle of an interview.

The same texts and functions that the rules of data/stories/rules.yml name outside of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.clarify import clarify
from actions.decline import decline
from actions.explain import explain
from actions.report_incident import report_incident

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]

_FUNCTIONS = {
    "out_of_scope": decline,
    "nlu_fallback": clarify,
    "explain": explain,
    "report_incident": report_incident,
}


def reply(label: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer a meaning by its function, else by the text of its name."""
    function = _FUNCTIONS.get(label)
    if function:
        return function(dispatcher, tracker)
    dispatcher.utter_message(response=f"utter_{label}")
    return []
