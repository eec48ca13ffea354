"""What the conversation so far tells an action: language, meaning, and what was last said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.answers import Entity
from bot.languages import DEFAULT, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasa_sdk import Tracker


@dataclass(frozen=True)
class Said:
    """One thing the assistant said: the name of its text, and what filled it."""

    response: str
    parts: dict[str, Any]


def language_of(tracker: Tracker) -> str:
    """The language of the conversation now."""
    return str(tracker.get_slot("language") or DEFAULT)


def label_of(tracker: Tracker) -> str:
    """The full catalogue label of the latest message, such as `faq/deadline` or `greet`."""
    intent = tracker.latest_message.get("intent") or {}
    return str(intent.get("full_retrieval_intent_name") or intent.get("name") or "")


def confidence_of(tracker: Tracker) -> float:
    """The calibrated probability of that label, 0 to 1."""
    return float((tracker.latest_message.get("intent") or {}).get("confidence") or 0.0)


def ranking_of(tracker: Tracker) -> list[str]:
    """The labels the latest message may mean, likeliest first."""
    return [label for label, _ in shares_of(tracker)]


def shares_of(tracker: Tracker) -> list[tuple[str, float]]:
    """The same labels, each with its share."""
    rows = tracker.latest_message.get("intent_ranking") or []
    return [(row["name"], row["confidence"]) for row in rows]


def text_of(tracker: Tracker) -> str:
    """The latest message as the visitor typed it."""
    return str(tracker.latest_message.get("text") or "")


def named_in(tracker: Tracker) -> list[Entity]:
    """What the latest message names, as the entity extractor read it."""
    return [
        Entity(
            one["entity"], one["value"], one["start"], one["end"], text_of(tracker), one["asserted"]
        )
        for one in tracker.latest_message.get("entities") or []
        if "asserted" in one
    ]


def entity_of(tracker: Tracker, name: str) -> str | None:
    """The value of the first entity of that name in the latest message."""
    for entity in tracker.latest_message.get("entities") or []:
        if entity["entity"] == name:
            return str(entity["value"])
    return None


# What visitors say to steer a conversation is no question for the mailbox.
_NO_QUESTION = frozenset(
    {
        "greet",
        "goodbye",
        "thank",
        "affirm",
        "deny",
        "stop",
        "restart",
        "go_back",
        "repeat",
        "change_language",
        "contact_human",
        "ask_capabilities",
        "feedback_positive",
        "feedback_negative",
        "inform",
    }
)


# What is said to a question, whether it is known or not.
_ANSWERS = ("utter_faq/", "utter_declined_")


def question_before(tracker: Tracker) -> str | None:
    """The last question the visitor typed before the latest message, if any.

    What was typed inside an interview answers its questions, unless it asked about the call.
    """
    found: str | None = None
    interview: str | None = None
    asked: str | None = None  # inside an interview; a question when it was answered as one
    for event in tracker.events[: _latest(tracker)]:
        metadata = event.get("metadata") or {}
        if event["event"] == "active_loop":
            interview = event.get("name")
        elif event["event"] == "bot" and asked:
            if str(metadata.get("response")).startswith(_ANSWERS):
                found = asked
            asked = None
        elif event["event"] == "user":
            typed = None if metadata.get("choice") else event.get("text")
            asked = str(typed) if interview and typed else None
            intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
            if typed and not interview and intent not in _NO_QUESTION:
                # "Go on with the check" asks nothing; "would we have qualified?" does.
                found = str(typed) if intent != "check_eligibility" or "?" in typed else found
    return found


def _latest(tracker: Tracker) -> int:
    """Where the visitor's latest message stands."""
    places = [place for place, event in enumerate(tracker.events) if event["event"] == "user"]
    return places[-1] if places else 0


def last_said(tracker: Tracker) -> list[Said]:
    """What the assistant said in its last turn, before the latest message; [] at the start."""
    turns = list(_turns(tracker))
    return turns[-2] if len(turns) > 1 else []


def last_language(tracker: Tracker) -> str | None:
    """The language of the last thing that was said, before the latest message."""
    for event in reversed(tracker.events):
        if event["event"] == "bot" and (event.get("metadata") or {}).get("language"):
            return str(event["metadata"]["language"])
    return None


def said_before(tracker: Tracker, response: str) -> bool:
    """Whether the last turn said the text of that name."""
    return any(said.response == response for said in last_said(tracker))


def _turns(tracker: Tracker) -> Iterator[list[Said]]:
    """Group what was said by the visitor's messages that precede it."""
    current: list[Said] = []
    for event in tracker.events:
        if event["event"] == "user":
            yield current
            current = []
        elif event["event"] == "bot" and event.get("metadata", {}).get("response"):
            metadata = event["metadata"]
            parts = {name: metadata[name] for name in PARTS if metadata.get(name)}
            if metadata["language"] not in LANGUAGES:
                # Said in a language we only recognise: it has no words in another one.
                parts["language"] = metadata["language"]
            current.append(Said(metadata["response"], parts))
    yield current


# What an action may give a text beside its name; kept with the message, so that it can be said
# again, also in the other language.
PARTS = ("values", "offer", "verdict", "handoff")
