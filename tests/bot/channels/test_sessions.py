from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from bot.channels.sessions import Sessions
from bot.tables import chat_session, rating

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Engine

_NOON = datetime(2026, 3, 2, 12, 0, tzinfo=timezone.utc)


@dataclass
class Watch:
    """A clock that a test moves."""

    now: datetime = _NOON

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def sessions(engine: Engine, watch: Watch) -> Sessions:
    return Sessions(engine, 24, watch)


def _issue(sessions: Sessions, network: str = "192.0.2.1") -> tuple[str, Any]:
    return sessions.issue(language="nl", page=None, cookie=False, network=network)


def _rows(engine: Engine, table: Table) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def test_find_knows_the_token_it_issued(sessions: Sessions) -> None:
    token, session = sessions.issue(
        language="fr", page="https://economie.fgov.be/fr", cookie=True, network="192.0.2.1"
    )

    assert sessions.find(token) == session
    assert session.language == "fr"
    assert session.page == "https://economie.fgov.be/fr"
    assert session.expires_at == _NOON + timedelta(hours=24)


@pytest.mark.parametrize("token", ["", "x", "é", "\udcff", "' OR 1=1 --", "a" * 10_000])
def test_find_knows_no_other_token(sessions: Sessions, token: str) -> None:
    _issue(sessions)

    assert sessions.find(token) is None


def test_find_refuses_a_token_with_one_character_changed(sessions: Sessions) -> None:
    token, _ = _issue(sessions)

    changed = [
        token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        for place in range(len(token))
    ]

    assert [sessions.find(one) for one in changed] == [None] * len(token)


def test_tokens_are_long_and_never_the_same(sessions: Sessions) -> None:
    issued = [_issue(sessions) for _ in range(50)]

    assert {len(token) for token, _ in issued} == {43}  # 256 bits
    assert len({token for token, _ in issued}) == 50
    assert len({session.conversation_id for _, session in issued}) == 50


def test_only_a_hash_is_kept(sessions: Sessions, engine: Engine) -> None:
    token, session = _issue(sessions)

    (row,) = _rows(engine, chat_session)

    assert token not in repr(row)
    assert "192.0.2.1" not in repr(row)
    assert len(row["token_hash"]) == len(row["address_hash"]) == 64
    assert row["conversation_id"] == session.conversation_id


def test_the_hash_of_an_address_tells_nothing_to_another_process(engine: Engine) -> None:
    _issue(Sessions(engine, 24))
    _issue(Sessions(engine, 24))

    assert len({row["address_hash"] for row in _rows(engine, chat_session)}) == 2


def test_find_refuses_a_token_from_the_moment_it_expires(sessions: Sessions, watch: Watch) -> None:
    token, session = _issue(sessions)

    watch.now = session.expires_at - timedelta(microseconds=1)
    assert sessions.find(token) == session
    watch.now = session.expires_at
    assert sessions.find(token) is None


def test_open_from_counts_what_has_neither_ended_nor_expired(
    sessions: Sessions, watch: Watch
) -> None:
    _issue(sessions)
    watch.now += timedelta(hours=1)
    _, ended = _issue(sessions)
    _issue(sessions)
    _issue(sessions, "192.0.2.2")
    sessions.end(ended.conversation_id)

    assert sessions.open_from("192.0.2.1") == 2
    watch.now = _NOON + timedelta(hours=24)
    assert sessions.open_from("192.0.2.1") == 1


def test_end_takes_only_its_own(sessions: Sessions, engine: Engine) -> None:
    kept_token, kept = _issue(sessions)
    token, session = _issue(sessions)
    for one in (kept, session):
        sessions.rate(one.conversation_id, "m1", "up", None)

    sessions.end(session.conversation_id)

    assert sessions.find(token) is None
    assert sessions.find(kept_token) == kept
    assert [row["conversation_id"] for row in _rows(engine, rating)] == [kept.conversation_id]


def test_seen_keeps_the_language_at_once_and_the_time_to_the_minute(
    sessions: Sessions, watch: Watch
) -> None:
    token, session = _issue(sessions)

    watch.now += timedelta(seconds=59)
    sessions.seen(session, "nl")
    assert sessions.find(token) == session
    sessions.seen(session, "fr")
    assert sessions.find(token) == replace(session, language="fr", last_seen_at=watch.now)
    watch.now += timedelta(seconds=60)
    seen = sessions.find(token)
    assert seen is not None
    sessions.seen(seen, "fr")
    assert sessions.find(token) == replace(seen, last_seen_at=watch.now)


def test_rate_keeps_changes_and_takes_back(sessions: Sessions, engine: Engine) -> None:
    sessions.rate("c1", "m1", "up", None)
    sessions.rate("c1", "m1", "down", "klopt niet")
    sessions.rate("c1", "m2", "up", None)
    sessions.rate("c2", "m1", "up", None)

    assert sessions.ratings("c1") == {"m1": "down", "m2": "up"}
    assert [row["comment"] for row in _rows(engine, rating) if row["rating"] == "down"] == [
        "klopt niet"
    ]
    sessions.rate("c1", "m1", None, None)
    assert sessions.ratings("c1") == {"m2": "up"}
    assert sessions.ratings("c2") == {"m1": "up"}
