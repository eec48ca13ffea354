"""How long conversations and mails are kept: what the privacy answer promises is done here, daily.

`python -m bot.retention` does it at once.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final, NamedTuple

import structlog
from sqlalchemy import delete, func, or_, select, union
from sqlalchemy.exc import SQLAlchemyError

from bot.database import DatabaseError, engine_for, upgrade
from bot.erasing import erasing
from bot.mail import upkeep
from bot.settings import Settings, SettingsError
from bot.tables import chat_session, rating

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Engine

_log: Final = structlog.get_logger("cyber4sme.retention")

_DAY: Final = 24 * 3600
_AT_ONCE: Final = 500  # a statement takes a limited number of values


class Purged(NamedTuple):
    """How many were deleted."""

    conversations: int
    mails: int


def purge(engine: Engine, events: Table, now: datetime, days: int) -> Purged:
    """Delete conversations that began more than so many days ago, and mails whose time is up.

    `events` is Rasa's table of the conversations.
    """
    return Purged(_purge_conversations(engine, events, now, days), upkeep.purge(engine, now))


def _purge_conversations(engine: Engine, events: Table, now: datetime, days: int) -> int:
    """Delete every conversation that began more than so many days ago; return how many.

    `events` is Rasa's table, which names the conversation in `sender_id`.
    """
    before = now - timedelta(days=days)
    begun = (
        select(events.c.sender_id)
        .group_by(events.c.sender_id)
        .having(func.min(events.c.timestamp) < before.timestamp())
    )
    visited = select(chat_session.c.conversation_id).where(chat_session.c.created_at < before)
    # Looked up before the writing begins: it takes a second in a large store, and no visitor waits.
    with engine.connect() as connection:
        old = list(connection.execute(union(begun, visited)).scalars())
    if not old:
        return 0
    with erasing(engine) as connection:
        for start in range(0, len(old), _AT_ONCE):
            some = old[start : start + _AT_ONCE]
            connection.execute(delete(events).where(events.c.sender_id.in_(some)))
            connection.execute(delete(chat_session).where(chat_session.c.conversation_id.in_(some)))
            in_them = rating.c.conversation_id.in_(some)
            connection.execute(delete(rating).where(or_(in_them, rating.c.created_at < before)))
    return len(old)


async def purge_daily(engine: Engine, events: Table, days: int) -> None:
    """Delete what is too old, now and every day; ends when cancelled."""
    while True:
        now = datetime.now(timezone.utc)
        try:
            gone = await asyncio.to_thread(purge, engine, events, now, days)
            _log.info("purged", conversations=gone.conversations, mails=gone.mails)
        except SQLAlchemyError as error:
            _log.error("purge_failed", cause=str(error))
        await asyncio.sleep(_DAY)


def main() -> int:
    """Delete what is too old; the exit status is 0 when it was done."""
    from bot.channels.event_rows import EVENTS

    try:
        settings = Settings.from_environment()
        engine = engine_for(settings.database)
        upgrade(engine)
        gone = purge(engine, EVENTS, datetime.now(timezone.utc), settings.retention_days)
    except (SettingsError, DatabaseError) as error:
        sys.stderr.write(f"cyber4sme: {error}\n")
        return 1
    sys.stdout.write(
        f"Deleted {gone.conversations} conversations older than {settings.retention_days} days "
        f"and {gone.mails} mails that were kept long enough.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
