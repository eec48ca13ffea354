"""What a story expects the assistant to say, put into words from data/texts and the facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import yaml

from bot.facts.calls import Facts
from bot.settings import PROJECT, Settings
from bot.texts.rendering import Texts
from tests.conversations.outbox import plain, without_varying
from tests.conversations.stories import StoryError, in_language
from tests.conversations.verdicts import Phrasing, verdict_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.texts.rendering import Rendered

# The catalogue name of texts that are not called after one.
_TOPICS: Final = {
    "utter_welcome": "welcome",
    "utter_clarify": "clarify",
    "utter_declined": "out_of_scope",
    "utter_other_language": "out_of_scope",
    "utter_other_script": "out_of_scope",
    "utter_which_languages": "change_language",
    "utter_eligibility": "check_eligibility",
    "utter_ask_eligibility_form": "check_eligibility",
    "utter_handoff": "contact_human",
    "utter_ask_handoff_form": "contact_human",
    "utter_unreadable": "clarify",
    "utter_offer_skip": "clarify",
    "utter_interview": "go_back",
}
_OPTIONS: Final = {
    "language",  # of the message, where it is not the conversation's
    "values",  # what fills the placeholders that only the turn knows
    "offer",  # the ids of all choices, where they are not the text's own
    "offered",  # one or more ids that must be among one to four choices
    "topic",
    "text",  # the very words, of one message or of two
    "answers",  # of the eligibility check, in a list
    "reasons",  # of a verdict
    "letter",  # the mail that is shown
    "handoff",  # the state of the mail
}

Shown = dict[str, Any]  # what is compared of a message


def catalogue() -> frozenset[str]:
    """Every name of the catalogue."""
    groups = yaml.safe_load((PROJECT / "data" / "catalogue.yml").read_text("utf-8"))
    return frozenset(name for group in groups.values() for name in group)


@dataclass(frozen=True)
class Words:
    """The texts as they stand in data/texts, and the names of the catalogue."""

    facts: Facts
    texts: Texts
    names: frozenset[str]
    standing: Mapping[str, object]

    @classmethod
    def load(cls) -> Words:
        """Read the project's own texts and facts."""
        facts = Facts.load(PROJECT / "data" / "facts.yml")
        texts = Texts.load(PROJECT / "data" / "texts", facts)
        return cls(facts, texts, catalogue(), Settings().shown_values())

    def label(self, choice: str, language: str, day: date) -> str:
        """The words on the button of a choice."""
        return self.texts.label(choice, language, self.facts.current_call(day).phase(day))

    def expected(self, said: Any, language: str, day: date, got: Shown) -> list[Shown]:
        """The one or two messages that a text makes; `got` fills what only the turn can know."""
        name, options = _named(said)
        language = in_language(options.get("language", language), language)
        call = self.facts.current_call(day)
        given = options.get("values", {}).items()
        values = {
            **self.standing,
            **{key: in_language(value, language) for key, value in given},
            **self._written(options, name, language, day, got),
        }
        rendered = self.texts.render(name, language, call.phase(day), values, call)
        choices = [one.label for one in rendered.choices]
        if "offer" in options:
            offer = in_language(options["offer"], language)
            choices = [self.label(one, language, day) for one in offer]
        if "offered" in options:
            choices = self._among(options["offered"], language, day, got)
        messages = [_shown(rendered, language, options.get("topic", self.topic(name)), choices)]
        if rendered.more:
            # The choices stand under the last thing said.
            messages.append(_shown(rendered.more, language, messages[0]["topic"], choices))
            messages[0] = messages[0] | {"choices": []}
        if "text" in options:
            _compare_literally(messages, in_language(options["text"], language))
        if "reasons" in options:
            messages[0]["verdict"] = verdict_of(name, options["reasons"])
        if "handoff" in options:
            messages[0]["handoff"] = {"reference": "<reference>", "state": options["handoff"]}
        return messages

    def _written(
        self, options: dict[str, Any], name: str, language: str, day: date, got: Shown
    ) -> dict[str, str]:
        """The values that a story gives as data: answers, reasons, a mail."""
        written: dict[str, str] = {}
        phrasing = Phrasing(self.texts, language, day)
        if "answers" in options:
            wanted = "kept" if name.endswith("_stopped") else "summary"
            written[wanted] = phrasing.answers(options["answers"])
        if "reasons" in options:
            written["reasons"] = phrasing.reasons(options["reasons"])
        if "letter" in options:
            letter = options["letter"]
            shown_mail = got["text"].partition("\n\n")[2]
            written["mail"] = (
                shown_mail
                if letter == "shown"
                else f"{letter[language]['subject']}\n\n{letter[language]['body']}"
            )
        return written

    def topic(self, name: str) -> str:
        """The catalogue name that a text begins with, or that it stands for."""
        plain = name.removeprefix("utter_")
        own = [one for one in self.names if plain == one or plain.startswith(f"{one}_")]
        stands_for = [topic for start, topic in _TOPICS.items() if name.startswith(start)]
        if not own and not stands_for:
            raise StoryError(f"{name} has no topic: name it in expected.py.")
        return stands_for[0] if stands_for else max(own, key=len)

    def _among(self, wanted: Any, language: str, day: date, got: Shown) -> list[str]:
        """The choices shown, when they hold those wanted and are one to four known labels."""
        shown = [str(one) for one in got["choices"]]
        for choice in wanted if isinstance(wanted, list) else [wanted]:
            label = self.label(choice, language, day)
            if label not in shown:
                raise AssertionError(f"{label!r} ({choice}) is not offered among {shown}")
        labels = {self.label(one, language, day) for one in self.texts.labels if one in self.names}
        if not set(shown) <= labels or len(shown) > len(set(shown)) or not 1 <= len(shown) <= 4:
            raise AssertionError(f"{shown} are not one to four meanings of the catalogue")
        return shown


def shown(message: Mapping[str, Any]) -> Shown:
    """What is compared of a message of the API: all but ids and time."""
    kept = {key: message[key] for key in ("language", "topic", "sources")}
    kept["text"] = plain(message["text"])
    kept["choices"] = [one["label"] for one in message["choices"]]
    kept["source"] = message["source"]
    if "handoff" in message:
        reference = without_varying(message["handoff"]["reference"])
        kept["handoff"] = message["handoff"] | {"reference": reference}
    return kept | ({"verdict": message["verdict"]} if "verdict" in message else {})


def _compare_literally(messages: list[Shown], wanted: str | list[str]) -> None:
    got = [one["text"] for one in messages]
    assert got == (wanted if isinstance(wanted, list) else [wanted])


def _named(said: Any) -> tuple[str, dict[str, Any]]:
    if isinstance(said, str):
        return said, {}
    ((name, options),) = said.items()
    unknown = set(options) - _OPTIONS
    if unknown:
        raise StoryError(f"{name} has {sorted(unknown)}: write {sorted(_OPTIONS)}.")
    return str(name), options


def _shown(rendered: Rendered, language: str, topic: str | None, choices: list[str]) -> Shown:
    sources = [
        {"title": one.title, "date": one.date.isoformat() if one.date else None}
        for one in rendered.sources
    ]
    return {
        "language": language,
        "text": plain(rendered.text),
        "topic": topic,
        "sources": sources,
        "source": sources[0] if sources else None,
        "choices": choices,
    }
