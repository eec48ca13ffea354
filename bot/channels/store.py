"""Where Rasa keeps the conversations: the `events` table of the one database."""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.database import engine_for, upgrade, writing
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rasa.core.agent import Agent
    from rasa.core.brokers.broker import EventBroker
    from rasa.shared.core.domain import Domain
    from sqlalchemy import Table

EVENTS: Final[Table] = SQLTrackerStore.SQLEvent.__table__
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

    @contextmanager
    def session_scope(self) -> Iterator[Session]:
        """A session for reading."""
        with Session(self.engine, future=True) as session:
            yield session

    async def _retrieve(
        self,
        sender_id: str,
        fetch_events_from_all_sessions: bool,  # noqa: FBT001 - Rasa's signature
    ) -> DialogueStateTracker | None:
        """Read a conversation; None when nothing is kept of it.

        Rasa looks through all its classes of events for each event, which takes most of the time
        of a long conversation.
        """
        with self.session_scope() as session:
            rows = self._event_query(session, sender_id, fetch_events_from_all_sessions)
            kept = [json.loads(data) for (data,) in rows.with_entities(self.SQLEvent.data)]
        if not kept or self.domain is None:
            return None
        kinds = _kinds_of_events()
        events = [kinds[one["event"]]._from_parameters(one) for one in kept]  # noqa: SLF001
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the events that are new since the conversation was read; all of them or none.

        Nothing is awaited in between, so a turn that is given up was saved whole or not at all.
        """
        await self.stream_events(tracker)
        with writing(self.engine) as connection, Session(connection, future=True) as session:
            stored = self._event_query(session, tracker.sender_id, False).count()
            for event in islice(tracker.events, stored, None):
                session.add(self._row(tracker.sender_id, event))
            session.flush()

    def _row(self, conversation_id: str, event: Any) -> Any:
        serialised = event.as_dict()
        intent = (serialised.get("parse_data") or {}).get("intent") or {}
        return self.SQLEvent(
            sender_id=conversation_id,
            type_name=event.type_name,
            timestamp=serialised.get("timestamp"),
            intent_name=intent.get("name"),
            action_name=serialised.get("name"),
            data=json.dumps(serialised),
        )


@cache
def _kinds_of_events() -> dict[str, type[Event]]:
    # The first class of a name counts, as it does for Rasa.
    found: dict[str, type[Event]] = {}
    for kind in all_subclasses(Event):
        found.setdefault(kind.type_name, kind)
    return found


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
