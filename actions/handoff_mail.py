"""The mail of a hand-off: the very words that are shown are the words that are sent."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Final

from actions.eligibility_summary import summary_of
from actions.interview import UNKNOWN
from bot.mail.handoff import Handoff, TranscriptLine
from bot.mail.intake import new_reference
from bot.mail.message import write_handoff
from bot.texts.generator import shared_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rasa_sdk import Tracker

    from actions.interview import Sitting
    from bot.mail.handoff import Sender

# The mail as it was shown for consent does not stand in the mail once more.
_NOT_IN_TRANSCRIPT: Final = frozenset({"utter_handoff_mail"})


def mark_moment(sitting: Sitting) -> None:
    """Fix the moment up to which the conversation goes into the mail, and its reference."""
    now = datetime.now(timezone.utc)
    sitting.answers["handoff_moment"] = now.isoformat()
    if sitting.answers.get("handoff_reference") is None:
        sitting.answers["handoff_reference"] = new_reference(now)


def mail_of(tracker: Tracker, answers: Mapping[str, Any], language: str) -> str:
    """The mail in plain text, with its subject, as it would be sent now."""
    letter = write_handoff(handoff_of(tracker, answers, language))
    return f"{letter.subject}\n\n{letter.text}"


def handoff_of(tracker: Tracker, answers: Mapping[str, Any], language: str) -> Handoff:
    """The hand-off that the answers describe.

    Raises:
        HandoffError: an answer that must not go into a mail.
    """
    moment = datetime.fromisoformat(answers["handoff_moment"])
    return Handoff(
        language=language,
        reference=answers["handoff_reference"],
        topic=_topic(tracker, answers["handoff_question"], language),
        question=answers["handoff_question"],
        email=answers["handoff_email"],
        time=moment,
        phase=shared_texts().phase,
        preferred_language=answers["handoff_language"],
        name=_given(answers["handoff_name"]),
        firm=_given(answers["handoff_firm"]),
        page=str(tracker.get_slot("page") or ""),
        eligibility=summary_of(tracker, language),
        transcript=tuple(_transcript(tracker, moment)),
    )


def _given(value: str) -> str:
    return "" if value == UNKNOWN else value


def _topic(tracker: Tracker, question: str, language: str) -> str:
    """What the question was understood to be about, in the words of that button."""
    labels = shared_texts().texts.labels
    for event in reversed(tracker.events):
        if event["event"] != "user" or str(event.get("text") or "").strip() != question:
            continue
        intent = (event.get("parse_data") or {}).get("intent") or {}
        topic = str(intent.get("full_retrieval_intent_name") or intent.get("name"))
        if topic in labels:
            return shared_texts().label(topic, language)
    return shared_texts().label("out_of_scope", language)


def _transcript(tracker: Tracker, moment: datetime) -> Iterator[TranscriptLine]:
    for event in tracker.events:
        if event["event"] not in ("user", "bot") or not event.get("text"):
            continue
        if (event.get("metadata") or {}).get("response") in _NOT_IN_TRANSCRIPT:
            continue
        time = datetime.fromtimestamp(event["timestamp"], timezone.utc)
        if time <= moment:
            sender: Sender = "visitor" if event["event"] == "user" else "assistant"
            yield TranscriptLine(sender, time, str(event["text"]))
