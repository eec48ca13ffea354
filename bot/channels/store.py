"""Where Rasa keeps the conversations: the `events` table of the one database."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.events import Event, SessionStarted
from sqlalchemy import bindparam, func, insert, or_, select

from bot.database import engine_for, reading, upgrade, writing
from bot.engine.event_kinds import remember_kinds
from bot.engine.recent_trackers import RecentTrackers, StoredTracker
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rasa.core.agent import Agent
    from rasa.core.brokers.broker import EventBroker
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.trackers import DialogueStateTracker
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

EVENTS: Final[Table] = SQLTrackerStore.SQLEvent.__table__
# Any number that nothing else uses for an advisory lock of the same PostgreSQL database.
_CREATION_LOCK: Final = 0x43345345
_LAST_ROW: Final = (
    select(EVENTS.c.id)
    .where(EVENTS.c.sender_id == bindparam("who"))
    .order_by(EVENTS.c.id.desc())
    .limit(1)
)


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
        with writing(self.engine, durable=False) as connection:
            stored = _stored(connection, tracker)
            new = list(islice(tracker.events, stored, None))
            if new:
                rows = [_row(tracker.sender_id, event) for event in new]
                connection.execute(insert(EVENTS), rows)
            last_row = _last_row(connection, tracker.sender_id)
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
        if not fetch_events_from_all_sessions:
            with reading(self.engine) as connection:
                last_row = _last_row(connection, sender_id)
            recent = self.recent.take(sender_id, last_row)
            if recent is not None:
                return recent
            chosen = _of_latest_session(sender_id, EVENTS.c.data)
        else:
            chosen = select(EVENTS.c.data).where(EVENTS.c.sender_id == sender_id)
        with self.engine.connect() as connection:
            last_row = _last_row(connection, sender_id)
            if last_row is None:
                return None
            kept = connection.execute(chosen.order_by(EVENTS.c.id)).scalars().all()
        events = [_event(json.loads(one)) for one in kept]
        tracker = StoredTracker.from_events(sender_id, events, self.domain.slots)
        tracker.stored, tracker.last_row = len(events), last_row
        return tracker


def _stored(connection: Connection, tracker: DialogueStateTracker) -> int:
    """How many of the events are in the store already."""
    if isinstance(tracker, StoredTracker) and tracker.last_row == _last_row(
        connection, tracker.sender_id
    ):
        return tracker.stored
    counted = connection.execute(_of_latest_session(tracker.sender_id, func.count()))
    return int(counted.scalar_one())


def _last_row(connection: Connection, conversation_id: str) -> int | None:
    found: int | None = connection.execute(_LAST_ROW, {"who": conversation_id}).scalar()
    return found


def _of_latest_session(conversation_id: str, wanted: Any) -> Any:
    """A query over what happened since the latest session of a conversation began."""
    here = EVENTS.c.sender_id == conversation_id
    begins = here & (EVENTS.c.type_name == SessionStarted.type_name)
    began = select(func.max(EVENTS.c.timestamp)).where(begins).scalar_subquery()
    return select(wanted).where(here, or_(began.is_(None), EVENTS.c.timestamp >= began))


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
