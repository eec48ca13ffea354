"""What is done with the outbox from outside: look, release, retry, and forget in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from bot.database import writing
from bot.erasing import erasing
from bot.mail.outbox import STATES, OutboxError, OutboxMail, State, from_row
from bot.tables import outbox

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Engine


class UnknownReferenceError(OutboxError):
    """No mail of the outbox has this reference."""


def list_mails(engine: Engine, state: State | None = None) -> tuple[OutboxMail, ...]:
    """Return the mails, oldest first; with a state, only those in it."""
    wanted = select(outbox).order_by(outbox.c.created_at, outbox.c.id)
    if state:
        wanted = wanted.where(outbox.c.state == state)
    with engine.connect() as connection:
        return tuple(from_row(row) for row in connection.execute(wanted).mappings())


def find(engine: Engine, reference: str) -> tuple[OutboxMail, ...]:
    """Return the mails of a reference, the one for the mailbox first.

    Raises:
        UnknownReferenceError: there is none.
    """
    wanted = (
        select(outbox).where(outbox.c.reference == reference.strip().upper()).order_by(outbox.c.id)
    )
    with engine.connect() as connection:
        mails = tuple(from_row(row) for row in connection.execute(wanted).mappings())
    if not mails:
        message = f"No mail has the reference {reference!r}. `list` shows the references."
        raise UnknownReferenceError(message)
    return mails


def count(engine: Engine) -> dict[State, int]:
    """Return how many mails are in each state."""
    by_state = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    with engine.connect() as connection:
        counted = dict(connection.execute(by_state).all())
    return {state: counted.get(state, 0) for state in STATES}


def release_held(engine: Engine, mails: tuple[OutboxMail, ...], now: datetime) -> int:
    """Put held mails in the queue, from where they are sent; return how many were still held."""
    return _to_queue(engine, mails, ("held",), now)


def retry(engine: Engine, mails: tuple[OutboxMail, ...], now: datetime) -> int:
    """Try failed and waiting mails now, with a new count of attempts; return how many."""
    return _to_queue(engine, mails, ("failed", "queued"), now)


def purge(engine: Engine, now: datetime) -> int:
    """Delete the mails that were kept long enough, sent or not; return how many.

    Only one that is being sent at this moment stays, until the next time.
    """
    old = delete(outbox).where(outbox.c.purge_after <= now, outbox.c.state != "sending")
    with erasing(engine) as connection:
        return int(connection.execute(old).rowcount)


def _to_queue(
    engine: Engine, mails: tuple[OutboxMail, ...], states: tuple[State, ...], now: datetime
) -> int:
    values = {"state": "queued", "attempts": 0, "next_attempt_at": now}
    change = update(outbox).where(
        outbox.c.id.in_([mail.id for mail in mails]), outbox.c.state.in_(states)
    )
    with writing(engine) as connection:
        return int(connection.execute(change.values(values)).rowcount)
