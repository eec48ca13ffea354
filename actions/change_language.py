"""Another language from here on; everything that was said and answered is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk.events import SlotSet

from actions.conversation import Said, last_said, text_of
from actions.plain_action import PlainAction
from bot.languages import LANGUAGES, language_named

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    Events = list[dict[str, Any]]


def change_language(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Switch to the language named, and say the last turn again in it; else offer the languages.

    The slot must change before anything is said, and a text is put into words only after this
    action ended: so the texts name their language themselves.
    """
    wanted = _chosen(tracker) or language_named(text_of(tracker))
    if wanted is None:
        offer = [f"language={code}" for code in LANGUAGES]
        dispatcher.utter_message(response="utter_which_languages", offer=offer)
        return []
    dispatcher.utter_message(response="utter_change_language", language=wanted)
    for said in last_said(tracker):
        if said.response not in _NOT_SAID_AGAIN:
            _say_again(dispatcher, said, wanted)
    return [SlotSet("language", wanted)]


_NOT_SAID_AGAIN = frozenset({"utter_change_language", "utter_which_languages"})


def _say_again(dispatcher: CollectingDispatcher, said: Said, language: str) -> None:
    dispatcher.utter_message(response=said.response, **{"language": language, **said.parts})


def _chosen(tracker: Tracker) -> str | None:
    """The language of a tapped choice; what the identifier found is only the one in use."""
    for entity in tracker.latest_message.get("entities") or []:
        if entity["entity"] == "language" and entity.get("extractor") == "choice":
            return str(entity["value"])
    return None


class ActionChangeLanguage(PlainAction):
    """Switches the language of the conversation."""

    called = "action_change_language"
    act = staticmethod(change_language)
