"""Step 5 of the flow: Rasa's NaturalLanguageGenerator over data/texts.

Every bot message is a named text, put into words here: in the conversation's language, in the
phase of the call, filled with facts. The name and what filled it stay with the message, so that it
can be said again, also in another language.
"""

from __future__ import annotations

import json
import secrets
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rasa.core.nlg.generator import NaturalLanguageGenerator

from bot.facts.calls import Facts
from bot.languages import DEFAULT
from bot.settings import PROJECT, Settings
from bot.texts.rendering import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rasa.shared.core.domain import Domain
    from rasa.shared.core.trackers import DialogueStateTracker
    from rasa.utils.endpoints import EndpointConfig

    from bot.facts.calls import Phase
    from bot.texts.rendering import Choice, Rendered

# The call's days begin and end at midnight in Belgium.
BELGIUM = ZoneInfo("Europe/Brussels")


def today_in_belgium() -> date:
    """The date on the calendar in Brussels."""
    return datetime.now(BELGIUM).date()


class TextGenerator(NaturalLanguageGenerator):
    """Puts named texts into words."""

    def __init__(
        self,
        endpoint_config: EndpointConfig | None = None,  # noqa: ARG002 - Rasa's signature
        domain: Domain | None = None,  # noqa: ARG002
        settings: Settings | None = None,
        today: Callable[[], date] | None = None,
    ) -> None:
        self._settings = settings or Settings.from_environment()
        self._today = today or self._settings.clock(today_in_belgium)
        self.facts = Facts.load(PROJECT / "data" / "facts.yml")
        self.texts = Texts.load(PROJECT / "data" / "texts", self.facts)

    @property
    def phase(self) -> Phase:
        """The phase of the current call today."""
        today = self._today()
        return self.facts.current_call(today).phase(today)

    def render(
        self, name: str, language: str, values: Mapping[str, object] | None = None
    ) -> Rendered:
        """Put one text into words, with the values that the settings give."""
        call = self.facts.current_call(self._today())
        return self.texts.render(
            name, language, self.phase, self._standing_values() | dict(values or {}), call
        )

    def label(self, choice: str, language: str) -> str:
        """The words on a button, in the phase of today."""
        return self.texts.label(choice, language, self.phase)

    def fact_number(self, name: str) -> float:
        """A number of the current call, for rules."""
        return self.facts.number(name, self.facts.current_call(self._today()))

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,  # noqa: ARG002 - Rasa's signature
        **parts: Any,
    ) -> dict[str, Any]:
        """Return a bot message: text and buttons, and what the conversation API shows beside.

        `parts`: `language` (else the conversation's), `values` for placeholders, `offer` with the
        ids of choices instead of the text's own.
        """
        language = parts.get("language") or tracker.get_slot("language") or DEFAULT
        rendered = self.render(utter_action, language, parts.get("values"))
        offer = parts.get("offer")
        choices: Iterable[Choice] = rendered.choices
        if offer:
            choices = self.texts.choices(offer, language, self.phase)
        message = {
            "text": rendered.text,
            "buttons": [{"title": one.label, "payload": payload(one.id)} for one in choices],
            "message_id": secrets.token_urlsafe(9),
            "response": utter_action,
            "topic": topic_of(utter_action),
            "language": language,
            "sources": _sources(rendered),
        }
        if rendered.more:
            message["more"] = {"text": rendered.more.text, "sources": _sources(rendered.more)}
        return message

    def _standing_values(self) -> dict[str, object]:
        return self._settings.shown_values()


@lru_cache(maxsize=1)
def shared_texts() -> TextGenerator:
    """The texts for whatever needs words outside a bot message: loaded once a process."""
    return TextGenerator()


def payload(choice: str) -> str:
    """What a choice means, in Rasa's notation: a label, or values as `/inform{"slot": ...}`."""
    name, equals, value = choice.partition("=")
    if not equals:
        return f"/{name}"
    return f"/{_LABELS.get(name, 'inform')}{json.dumps({name: value})}"


# The meaning of a button with a value, where it is not an answer: it works outside a form too.
_LABELS = {
    "language": "change_language",
    "change": "check_eligibility",
    "resume": "check_eligibility",
}


# Texts whose topic is not their own name: first match counts.
_TOPICS = (
    ("utter_faq/", None),
    ("utter_clarify", "clarify"),
    ("utter_declined", "out_of_scope"),
    ("utter_out_of_scope", "out_of_scope"),
    ("utter_other_language", "out_of_scope"),
    ("utter_other_script", "out_of_scope"),
    ("utter_report_incident", "report_incident"),
    ("utter_explain", "explain"),
    ("utter_eligibility", "check_eligibility"),
    ("utter_interview", "go_back"),
    ("utter_handoff", "contact_human"),
    ("utter_ask_handoff_form", "contact_human"),
    ("utter_ask_eligibility_form", "check_eligibility"),
    ("utter_ask_capabilities", "ask_capabilities"),
    ("utter_unreadable", "clarify"),
    ("utter_offer_skip", "clarify"),
    ("utter_which_languages", "change_language"),
)


def topic_of(response: str) -> str:
    """The catalogue name a text answers: `faq/deadline`, `out_of_scope` ...; `clarify` to ask."""
    for prefix, topic in _TOPICS:
        if response.startswith(prefix) and topic:
            return topic
    return response.removeprefix("utter_").removesuffix("_nothing")


def _sources(rendered: Rendered) -> list[dict[str, str | None]]:
    return [
        {"title": one.title, "date": str(one.date) if one.date else None}
        for one in rendered.sources
    ]
