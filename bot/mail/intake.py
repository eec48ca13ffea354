"""The way into the outbox: the mails of a question together, once, and not too many."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, insert, or_, select, text

from bot.database import writing
from bot.mail.outbox import OutboxError
from bot.tables import outbox

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.engine import Connection, Engine

    from bot.mail.outbox import Kind, State

# No vowels (no words by chance), nothing that looks like something else: 0 O, 1 I L, 2 Z, 5 S, 8 B.
REFERENCE_LETTERS: Final = "34679CDFHJKMNPQRTVWXY"
_REFERENCE_LENGTH: Final = 6
# The same person with the same question in another conversation: once in this time is enough.
_SAME_QUESTION: Final = timedelta(hours=24)
_ENQUEUE_LOCK: Final = 0x43345351


class ReferenceTakenError(OutboxError):
    """Another conversation has this reference: draw a new one and try again."""


class TooManyMailsError(OutboxError):
    """The conversation has sent as many questions as it may."""


@dataclass(frozen=True)
class Draft:
    """One mail to be put in the outbox."""

    kind: Kind
    recipient: str = field(repr=False)
    reply_to: str = field(repr=False)
    subject: str = field(repr=False)
    text_body: str = field(repr=False)
    html_body: str = field(repr=False)
    held: bool  # True: it stays in the outbox until somebody releases it


@dataclass(frozen=True)
class Submission:
    """The mails of one question; they enter the outbox together or not at all."""

    reference: str
    conversation_id: str
    language: str
    question_hash: str
    drafts: tuple[Draft, ...]


@dataclass(frozen=True)
class IntakeRules:
    """What an installation allows and keeps."""

    keep: timedelta  # how long a mail stays in the outbox, sent or not
    per_conversation: int  # questions
    domain: str  # of the Message-IDs


@dataclass(frozen=True)
class Receipt:
    """What became of a submission: ``repeated`` means that the question was there already."""

    reference: str
    state: State
    repeated: bool


def new_reference(now: datetime, choose: Callable[[str], str] = secrets.choice) -> str:
    """Draw a reference number that tells the year and nothing else: C4S-2026-7F3K9Q."""
    drawn = "".join(choose(REFERENCE_LETTERS) for _ in range(_REFERENCE_LENGTH))
    return f"C4S-{now.year}-{drawn}"


def enqueue(engine: Engine, submission: Submission, rules: IntakeRules, now: datetime) -> Receipt:
    """Put the mails of a question in the outbox, in one commit; the same question only once.

    The same question of the same person, in the same conversation or within a day, changes
    nothing and returns the receipt of the first time: it is safe to call this again.

    Raises:
        ReferenceTakenError: draw another reference.
        TooManyMailsError: the conversation has had its ``rules.per_conversation`` questions.
    """
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            # What is counted here must not change before the commit.
            lock = text("SELECT pg_advisory_xact_lock(:key)")
            connection.execute(lock, {"key": _ENQUEUE_LOCK})
        repeated = _already_there(connection, submission, now)
        if repeated:
            return repeated
        _check_number(connection, submission.conversation_id, rules.per_conversation)
        rows = [_row(submission, draft, rules, now) for draft in submission.drafts]
        connection.execute(insert(outbox), rows)
    return Receipt(submission.reference, rows[0]["state"], repeated=False)


def _already_there(connection: Connection, submission: Submission, now: datetime) -> Receipt | None:
    same_person_and_words = and_(
        outbox.c.question_hash == submission.question_hash,
        or_(
            outbox.c.conversation_id == submission.conversation_id,
            outbox.c.created_at > now - _SAME_QUESTION,
        ),
    )
    found = connection.execute(
        select(outbox.c.reference, outbox.c.state)
        .where(outbox.c.kind == "handoff", same_person_and_words)
        .order_by(outbox.c.id)
        .limit(1)
    ).first()
    if found:
        return Receipt(found.reference, found.state, repeated=True)
    taken = select(outbox.c.id).where(outbox.c.reference == submission.reference).limit(1)
    if connection.execute(taken).first():
        message = f"The reference {submission.reference} is in use. Draw another one."
        raise ReferenceTakenError(message)
    return None


def _check_number(connection: Connection, conversation_id: str, limit: int) -> None:
    asked = connection.execute(
        select(func.count()).where(
            outbox.c.conversation_id == conversation_id, outbox.c.kind == "handoff"
        )
    ).scalar_one()
    if asked >= limit:
        message = f"This conversation has sent {asked} questions, and {limit} is the limit."
        raise TooManyMailsError(message)


def _row(submission: Submission, draft: Draft, rules: IntakeRules, now: datetime) -> dict[str, Any]:
    return {
        "reference": submission.reference,
        "kind": draft.kind,
        # Made once, kept for ever: the receiving side knows a mail again by it.
        "message_id": f"<{submission.reference.lower()}.{secrets.token_hex(16)}@{rules.domain}>",
        "conversation_id": submission.conversation_id,
        "language": submission.language,
        "state": "held" if draft.held else "queued",
        "recipient": draft.recipient,
        "subject": draft.subject,
        "text_body": draft.text_body,
        "html_body": draft.html_body,
        "reply_to": draft.reply_to,
        "attempts": 0,
        "next_attempt_at": now,
        "created_at": now,
        "purge_after": now + rules.keep,
        "question_hash": submission.question_hash,
    }
