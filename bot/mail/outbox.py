"""The life of a mail in the outbox: a row before it is an act, and it tells all that happened.

    held --release--> queued --claim--> sending --> sent
                        ^                  |
                        +-- try later -----+--> failed --retry--> queued

Each function is one transaction; docs/mail.md tells what each state promises.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import and_, select, update

from bot.database import writing
from bot.tables import outbox

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from sqlalchemy.engine import Engine

Kind = Literal["handoff", "confirmation"]
State = Literal["held", "queued", "sending", "sent", "failed"]
STATES: Final[tuple[State, ...]] = ("held", "queued", "sending", "sent", "failed")

_FREE: Final = {"claimed_by": None, "claimed_at": None}
_ERROR_CODE_LENGTH: Final = 20
_ERROR_TEXT_LENGTH: Final = 500


class OutboxError(RuntimeError):
    """Something the outbox refuses; says what, why, and what to do."""


@dataclass(frozen=True)
class OutboxMail:
    """One row, as it was when it was read; shown, in a log say, without anybody's words."""

    id: int
    reference: str
    kind: Kind
    message_id: str
    conversation_id: str
    language: str
    state: State
    recipient: str = field(repr=False)
    subject: str = field(repr=False)
    text_body: str = field(repr=False)
    html_body: str = field(repr=False)
    reply_to: str = field(repr=False)
    attempts: int
    next_attempt_at: datetime
    last_error_code: str | None
    last_error_text: str | None
    claimed_by: str | None
    claimed_at: datetime | None
    created_at: datetime
    sent_at: datetime | None
    purge_after: datetime
    question_hash: str


def claim_due(engine: Engine, worker: str, now: datetime) -> OutboxMail | None:
    """Take the mail that is due for longest, for this worker alone; None when none is due."""
    due = (
        select(outbox)
        .where(outbox.c.state == "queued", outbox.c.next_attempt_at <= now)
        .order_by(outbox.c.next_attempt_at, outbox.c.id)
        .limit(1)
        # SQLite has no such lock and needs none: there one transaction writes at a time.
        .with_for_update(skip_locked=True)
    )
    with writing(engine) as connection:
        row = connection.execute(due).mappings().first()
        if row is None:
            return None
        claim = {
            "state": "sending",
            "claimed_by": worker,
            "claimed_at": now,
            "attempts": row["attempts"] + 1,
        }
        connection.execute(update(outbox).where(outbox.c.id == row["id"]).values(claim))
    return from_row({**row, **claim})


def renew_claim(engine: Engine, mail: OutboxMail, now: datetime) -> bool:
    """Say that the worker still has the mail; False when it was taken from the worker."""
    return _settle(engine, mail, claimed_at=now)


def mark_sent(engine: Engine, mail: OutboxMail, now: datetime) -> bool:
    """Record that the server accepted the mail, whoever holds the row by now; False: known."""
    unsent = and_(outbox.c.id == mail.id, outbox.c.state != "sent")
    values = {"state": "sent", "sent_at": now, **_FREE, **_error(None, None)}
    with writing(engine) as connection:
        return bool(connection.execute(update(outbox).where(unsent).values(values)).rowcount)


def mark_temporary(
    engine: Engine, mail: OutboxMail, error: tuple[str, str], now: datetime, wait: timedelta | None
) -> bool:
    """Record a failure that may pass: try again after ``wait``, or give up when it is None."""
    if wait is None:
        return mark_permanent(engine, mail, error)
    due = now + wait
    return _settle(engine, mail, state="queued", next_attempt_at=due, **_FREE, **_error(*error))


def mark_permanent(engine: Engine, mail: OutboxMail, error: tuple[str, str]) -> bool:
    """Record a failure that will not pass by itself: the mail waits for ``retry``."""
    return _settle(engine, mail, state="failed", **_FREE, **_error(*error))


def mark_held(engine: Engine, mail: OutboxMail, error: tuple[str, str]) -> bool:
    """Record that the settings do not allow to send the mail: it waits for a release."""
    return _settle(engine, mail, state="held", **_FREE, **_error(*error))


def release_stale(engine: Engine, now: datetime, after: timedelta) -> int:
    """Put back in the queue what a worker that crashed had claimed; return how many."""
    stale = and_(outbox.c.state == "sending", outbox.c.claimed_at <= now - after)
    values = {"state": "queued", "next_attempt_at": now, **_FREE}
    with writing(engine) as connection:
        return int(connection.execute(update(outbox).where(stale).values(values)).rowcount)


def _settle(engine: Engine, mail: OutboxMail, **values: Any) -> bool:
    # A row that another worker holds by now is not ours to change.
    ours = and_(
        outbox.c.id == mail.id,
        outbox.c.state == "sending",
        outbox.c.claimed_by == mail.claimed_by,
    )
    with writing(engine) as connection:
        return bool(connection.execute(update(outbox).where(ours).values(values)).rowcount)


def _error(code: str | None, words: str | None) -> dict[str, str | None]:
    # A server's words end up on an administrator's terminal: no control characters.
    shown = words and "".join(sign if sign.isprintable() else " " for sign in words)
    return {
        "last_error_code": code and code[:_ERROR_CODE_LENGTH],
        "last_error_text": shown and shown[:_ERROR_TEXT_LENGTH],
    }


def from_row(row: Mapping[str, Any]) -> OutboxMail:
    """Return the mail that a row of the table holds."""
    return OutboxMail(**{column.name: row[column.name] for column in fields(OutboxMail)})
