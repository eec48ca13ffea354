from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select

from bot.channels.event_rows import EVENTS
from bot.channels.store import ConversationStore
from bot.database import writing
from bot.mail import upkeep
from bot.retention import purge
from bot.settings import PREFIX, PROJECT, Settings
from bot.tables import chat_session, rating
from tests.bot.mail.samples import put, route_for
from tests.services import empty_database, postgresql  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Engine

_NOW = datetime(2026, 3, 2, 12, 0, tzinfo=timezone.utc)
_DAYS = 90
_MAILS_KEPT = timedelta(days=Settings.mail_retention_days)


@pytest.fixture
def engine(empty_database: str) -> Iterator[Engine]:  # noqa: F811 - the fixture above
    store = ConversationStore(settings=Settings(database_url=empty_database))
    yield store.engine
    store.engine.dispose()


def _keep(engine: Engine, conversation: str, *ages: timedelta, visit: bool = True) -> None:
    """Keep a conversation with messages of these ages, the oldest first."""
    began = _NOW - ages[0]
    with writing(engine) as connection:
        for age in ages:
            moment = (_NOW - age).timestamp()
            row = {"sender_id": conversation, "type_name": "user", "timestamp": moment}
            connection.execute(insert(EVENTS).values(data=f"geheim van {conversation}", **row))
        if not visit:
            return
        connection.execute(
            insert(chat_session).values(
                token_hash=f"hash of {conversation}",
                conversation_id=conversation,
                cookie=False,
                address_hash="x",
                created_at=began,
                expires_at=began + timedelta(days=1),
                last_seen_at=began,
            )
        )
        connection.execute(
            insert(rating).values(
                conversation_id=conversation, message_id="m", rating="up", created_at=_NOW
            )
        )


def _left(engine: Engine) -> dict[str, list[Any]]:
    columns = {
        "events": EVENTS.c.sender_id,
        "visits": chat_session.c.conversation_id,
        "ratings": rating.c.conversation_id,
    }
    with engine.connect() as connection:
        return {
            name: sorted(set(connection.execute(select(column)).scalars()))
            for name, column in columns.items()
        }


def test_purge_deletes_what_began_too_long_ago(engine: Engine) -> None:
    moment = timedelta(seconds=1)
    limit = timedelta(days=_DAYS)
    _keep(engine, "old", limit + moment)
    _keep(engine, "begun long ago", limit + moment, timedelta(days=1))
    _keep(engine, "just young enough", limit - moment)
    _keep(engine, "new", timedelta(0))

    assert purge(engine, EVENTS, _NOW, _DAYS) == (2, 0)

    left = ["just young enough", "new"]
    assert _left(engine) == {"events": left, "visits": left, "ratings": left}
    assert purge(engine, EVENTS, _NOW, _DAYS) == (0, 0)


def test_purge_knows_conversations_without_a_visit(engine: Engine) -> None:
    _keep(engine, "from rasa shell", timedelta(days=_DAYS + 1), visit=False)

    assert purge(engine, EVENTS, _NOW, _DAYS) == (1, 0)
    assert _left(engine)["events"] == []


def test_purge_takes_very_many(engine: Engine) -> None:
    row = {"type_name": "user", "timestamp": 0.0, "data": "{}"}
    with writing(engine) as connection:
        connection.execute(
            insert(EVENTS), [row | {"sender_id": f"c{number}"} for number in range(1200)]
        )

    assert purge(engine, EVENTS, _NOW, _DAYS) == (1200, 0)
    assert _left(engine)["events"] == []


@pytest.mark.parametrize(
    ("age", "purged"), [(_MAILS_KEPT, (0, 1)), (_MAILS_KEPT - timedelta(microseconds=1), (0, 0))]
)
def test_purge_deletes_the_mails_that_were_kept_long_enough(
    engine: Engine, age: timedelta, purged: tuple[int, int]
) -> None:
    put(engine, route_for(), now=_NOW)

    assert purge(engine, EVENTS, _NOW + age, _DAYS) == purged

    assert len(upkeep.list_mails(engine)) == 1 - purged[1]


def test_purge_leaves_nothing_on_the_disk(tmp_path: Path) -> None:
    store = ConversationStore(settings=Settings(data_directory=tmp_path))
    _keep(store.engine, "old", timedelta(days=_DAYS + 1))
    _keep(store.engine, "new", timedelta(0))
    put(store.engine, route_for(), now=_NOW - _MAILS_KEPT, first=10)
    put(store.engine, route_for(), now=_NOW, first=20)

    assert purge(store.engine, EVENTS, _NOW, _DAYS) == (1, 1)

    on_disk = b"".join(file.read_bytes() for file in tmp_path.glob("cyber4sme.db*"))
    found = re.findall(rb"geheim van \w+|Vraag \d+", on_disk)
    assert set(found) == {b"geheim van new", b"Vraag 20"}
    store.engine.dispose()


@pytest.mark.services
def test_the_command_purges_and_says_how_many(tmp_path: Path) -> None:
    store = ConversationStore(settings=Settings(data_directory=tmp_path))
    _keep(store.engine, "old", datetime.now(timezone.utc) - _NOW + timedelta(days=_DAYS + 1))
    put(store.engine, route_for(), now=datetime.now(timezone.utc) - _MAILS_KEPT)
    environment = {f"{PREFIX}DATA_DIRECTORY": str(tmp_path), "PATH": "/usr/bin:/bin"}

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot.retention"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (
        0,
        "Deleted 1 conversations older than 90 days and 1 mails that were kept long enough.\n",
    )
    assert _left(store.engine)["events"] == []
    store.engine.dispose()
