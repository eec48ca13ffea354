"""Where Rasa keeps the conversations: the `events` table of the one database."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.events import Event, SessionStarted
from sqlalchemy import func, select

from bot.channels.event_rows import EVENTS, EventRows
from bot.database import engine_for, upgrade, writing
from bot.engine.event_kinds import remember_kinds
from bot.engine.recent_trackers import RecentTrackers, StoredTracker
from bot.prepared import cursor_of
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rasa.core.agent import Agent
    from rasa.core.brokers.broker import EventBroker
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.trackers import DialogueStateTracker

# Any number that nothing else uses for an advisory lock of the same PostgreSQL database.
_CREATION_LOCK: Final = 0x43345345


class StoreError(RuntimeError):
    """A store that cannot keep what the API promises; says what to change."""


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL tracker store on our own engine: one file, closed to others, waiting its turn.

    Rasa's own constructor waits for ever for a database that is not there; this one says so.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        settings: Settings | None = None,
        **_: Any,  # what endpoints.yml could say besides; the settings say it all
    ) -> None:
        settings = settings or Settings.from_environment()
        self.engine = engine_for(settings.database)
        upgrade(self.engine)
        with writing(self.engine) as connection:
            if self.engine.dialect.name == "postgresql":
                # Two servers that start at once would both make the table.
                connection.execute(select(func.pg_advisory_xact_lock(_CREATION_LOCK)))
            self.Base.metadata.create_all(connection)
        TrackerStore.__init__(self, domain, event_broker)
        remember_kinds()
        self.recent = RecentTrackers()
        self.rows = EventRows(self.engine.dialect)

    def init_tracker(self, sender_id: str) -> StoredTracker:
        """A conversation that has not begun."""
        return StoredTracker(sender_id, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the events that are new since the conversation was read; all of them or none.

        Nothing is awaited in between, so a turn that is given up was saved whole or not at all.
        """
        await self.stream_events(tracker)
        if isinstance(tracker, StoredTracker) and tracker.stored == len(tracker.events):
            return
        # What the mail tells is on the disk before it is told; a chat may lose its last second
        # when the power fails.
        with cursor_of(self.engine, writing=True) as cursor:
            stored = self._stored(cursor, tracker)
            new = list(islice(tracker.events, stored, None))
            self.rows.add(cursor, [_row(tracker.sender_id, event) for event in new])
            last_row = self.rows.last(cursor, tracker.sender_id)
        if isinstance(tracker, StoredTracker):
            tracker.stored, tracker.last_row = len(tracker.events), last_row
            # Of several sessions the store would give back the latest only.
            if sum(isinstance(event, SessionStarted) for event in new) <= (stored == 0):
                self.recent.put(tracker)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        with self.engine.connect() as connection:
            return list(connection.execute(select(EVENTS.c.sender_id).distinct()).scalars())

    async def _retrieve(
        self,
        sender_id: str,
        fetch_events_from_all_sessions: bool,  # noqa: FBT001 - Rasa's signature
    ) -> DialogueStateTracker | None:
        with cursor_of(self.engine) as cursor:
            last_row = self.rows.last(cursor, sender_id)
            if not fetch_events_from_all_sessions:
                recent = self.recent.take(sender_id, last_row)
                if recent is not None:
                    return recent
            if last_row is None:
                return None
            kept = self.rows.read(cursor, sender_id, all_sessions=fetch_events_from_all_sessions)
        events = [_event(json.loads(one)) for one in kept]
        tracker = StoredTracker.from_events(sender_id, events, self.domain.slots)
        tracker.stored, tracker.last_row = len(events), last_row
        return tracker

    def _stored(self, cursor: Any, tracker: DialogueStateTracker) -> int:
        """How many of the events are in the store already."""
        last_row = self.rows.last(cursor, tracker.sender_id)
        if isinstance(tracker, StoredTracker) and tracker.last_row == last_row:
            return tracker.stored
        return self.rows.count(cursor, tracker.sender_id)


def _event(parameters: dict[str, Any]) -> Event:
    kind: Any = Event.resolve_by_type(parameters["event"])
    event: Event = kind._from_parameters(parameters)  # noqa: SLF001 - as Rasa does
    return event


def _row(conversation_id: str, event: Any) -> dict[str, Any]:
    serialised = event.as_dict()
    intent = (serialised.get("parse_data") or {}).get("intent") or {}
    return {
        "sender_id": conversation_id,
        "type_name": event.type_name,
        "timestamp": serialised.get("timestamp"),
        "intent_name": intent.get("name"),
        "action_name": serialised.get("name"),
        "data": json.dumps(serialised),
    }


def use_the_store_alone(agent: Agent) -> None:
    """Have the agent fail when its store fails.

    Rasa goes on in memory instead: the visitor would be answered as somebody new, and nothing of
    it would be kept.

    Raises:
        StoreError: the agent has another store, so "delete" would not delete.
    """
    store = agent.processor.tracker_store
    while isinstance(store, FailSafeTrackerStore):
        store = store._tracker_store  # noqa: SLF001 - Rasa has no switch for it
    if not isinstance(store, ConversationStore):
        message = (
            f"Conversations are kept in {type(store).__name__}, where the API cannot delete them: "
            "set tracker_store in endpoints.yml to bot.channels.store.ConversationStore."
        )
        raise StoreError(message)
    agent.tracker_store = agent.processor.tracker_store = store
