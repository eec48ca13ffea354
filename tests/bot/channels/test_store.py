from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted, UserUttered
from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError

from bot.channels.event_rows import EVENTS
from bot.channels.store import ConversationStore, StoreError, use_the_store_alone
from bot.database import DatabaseError, writing
from bot.settings import Settings
from tests.bot.channels.failing import failing_inserts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(empty_database: str) -> Iterator[ConversationStore]:
    made = ConversationStore(Domain.empty(), settings=Settings(database_url=empty_database))
    yield made
    made.engine.dispose()


async def _say(store: ConversationStore, conversation: str, *texts: str) -> None:
    tracker = await store.get_or_create_tracker(conversation, append_action_listen=False)
    if not tracker.events:
        tracker.update(SessionStarted())
    for text in texts:
        tracker.update(UserUttered(text))
    await store.save(tracker)


@contextmanager
def counted_reads(store: ConversationStore) -> Iterator[list[str]]:
    """The conversations whose events are read."""
    reads: list[str] = []
    read = store.rows.read

    def remember(cursor: Any, conversation_id: str, *, all_sessions: bool) -> list[str]:
        reads.append(conversation_id)
        return read(cursor, conversation_id, all_sessions=all_sessions)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store.rows, "read", remember)
        yield reads


async def _texts(store: ConversationStore, conversation: str) -> list[str]:
    tracker = await store.retrieve(conversation)
    assert tracker is not None
    return [one.text for one in tracker.events if isinstance(one, UserUttered)]


async def test_store_keeps_what_is_new_at_each_save(store: ConversationStore) -> None:
    await _say(store, "a", "een", "twee")
    await _say(store, "b", "ander")
    await _say(store, "a", "drie")

    assert await _texts(store, "a") == ["een", "twee", "drie"]
    assert await _texts(store, "b") == ["ander"]
    with store.engine.connect() as connection:
        assert len(connection.execute(select(EVENTS.c.id)).all()) == 6


async def test_store_survives_a_restart(store: ConversationStore, empty_database: str) -> None:
    await _say(store, "a", "één ‘twee’ 👍")

    again = ConversationStore(Domain.empty(), settings=Settings(database_url=empty_database))

    assert await _texts(again, "a") == ["één ‘twee’ 👍"]
    again.engine.dispose()


async def test_store_that_fails_keeps_nothing_of_the_turn(store: ConversationStore) -> None:
    await _say(store, "a", "een")

    with failing_inserts(store.engine), pytest.raises(DBAPIError):
        await _say(store, "a", "twee", "drie")

    assert await _texts(store, "a") == ["een"]


async def test_only_the_latest_session_is_read_unless_all_are_asked_for(
    store: ConversationStore,
) -> None:
    tracker = await store.get_or_create_tracker("a", append_action_listen=False)
    tracker.update(SessionStarted(timestamp=1.0))
    tracker.update(UserUttered("een", timestamp=2.0))
    tracker.update(SessionStarted(timestamp=3.0))
    tracker.update(UserUttered("twee", timestamp=4.0))
    await store.save(tracker)
    await _say(store, "a", "drie")

    assert await _texts(store, "a") == ["twee", "drie"]
    everything = await store.retrieve_full_tracker("a")
    assert everything is not None
    assert [one.text for one in everything.events if isinstance(one, UserUttered)] == [
        "een",
        "twee",
        "drie",
    ]


async def test_a_conversation_that_goes_on_is_not_read_again(store: ConversationStore) -> None:
    await _say(store, "a", "een")

    with counted_reads(store) as reads:
        await _say(store, "a", "twee")

    assert reads == []
    assert await _texts(store, "a") == ["een", "twee"]


async def test_a_turn_that_was_given_up_is_not_seen_by_the_next(store: ConversationStore) -> None:
    await _say(store, "a", "een")
    given_up = await store.get_or_create_tracker("a", append_action_listen=False)
    given_up.update(UserUttered("niet bewaard"))

    await _say(store, "a", "twee")

    assert await _texts(store, "a") == ["een", "twee"]


async def test_what_another_process_added_is_read(
    store: ConversationStore, empty_database: str
) -> None:
    await _say(store, "a", "een")
    another = ConversationStore(Domain.empty(), settings=Settings(database_url=empty_database))
    await _say(another, "a", "twee")
    another.engine.dispose()

    await _say(store, "a", "drie")

    assert await _texts(store, "a") == ["een", "twee", "drie"]


async def test_a_deleted_conversation_is_forgotten(store: ConversationStore) -> None:
    await _say(store, "a", "geheim")
    with writing(store.engine) as connection:
        connection.execute(delete(EVENTS).where(EVENTS.c.sender_id == "a"))

    assert await store.retrieve("a") is None
    await _say(store, "a", "nieuw")
    assert await _texts(store, "a") == ["nieuw"]


async def test_a_conversation_that_is_read_whole_stays_where_it_is(
    store: ConversationStore,
) -> None:
    await _say(store, "a", "een")
    read = await store.retrieve_full_tracker("a")

    with counted_reads(store) as reads:
        taken = await store.retrieve("a")

    assert reads == []
    assert taken is not read


async def test_keys_are_the_conversations(store: ConversationStore) -> None:
    await _say(store, "a", "een", "twee")
    await _say(store, "b", "een")

    assert sorted(await store.keys()) == ["a", "b"]
    assert await store.retrieve("c") is None


def test_store_says_at_once_that_there_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DatabaseError):
        ConversationStore(settings=Settings(data_directory=tmp_path / "file" / "below"))


def test_the_store_is_used_alone(store: ConversationStore) -> None:
    wrapped = FailSafeTrackerStore(store)
    agent = SimpleNamespace(tracker_store=wrapped, processor=SimpleNamespace(tracker_store=wrapped))

    use_the_store_alone(agent)

    assert agent.tracker_store is store
    assert agent.processor.tracker_store is store


def test_another_store_is_refused() -> None:
    wrapped = FailSafeTrackerStore(InMemoryTrackerStore(Domain.empty()))
    agent = SimpleNamespace(processor=SimpleNamespace(tracker_store=wrapped))

    with pytest.raises(StoreError, match="InMemoryTrackerStore.*endpoints.yml"):
        use_the_store_alone(agent)
