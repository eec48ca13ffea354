"""Stored conversations are whole copies of one that was held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted, UserUttered
from sqlalchemy import func, select

from bot.bench.growing import store_copies
from bot.channels.event_rows import EVENTS
from bot.channels.sessions import Sessions
from bot.channels.store import ConversationStore
from bot.settings import Settings
from bot.tables import chat_session

if TYPE_CHECKING:
    from pathlib import Path


async def test_copies_hold_what_the_conversation_holds(tmp_path: Path) -> None:
    store = ConversationStore(Domain.empty(), settings=Settings(data_directory=tmp_path))
    _, session = Sessions(store.engine, 1).issue(
        language="nl", page=None, cookie=False, network="n"
    )
    tracker = await store.get_or_create_tracker(session.conversation_id)
    tracker.update_with_events([SessionStarted(), UserUttered("Mag dat?")], Domain.empty())
    await store.save(tracker)

    store_copies(store.engine, 20)

    with store.engine.connect() as connection:
        visits = connection.execute(select(func.count()).select_from(chat_session)).scalar_one()
        kept = connection.execute(
            select(EVENTS.c.data).where(EVENTS.c.sender_id == "stored-20").order_by(EVENTS.c.id)
        ).scalars()
        own = connection.execute(
            select(EVENTS.c.data).where(EVENTS.c.sender_id == session.conversation_id)
        ).scalars()
        assert list(kept) == list(own)
    assert visits == 21
    assert len(await store.keys()) == 21
    store.engine.dispose()
