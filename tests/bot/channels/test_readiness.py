from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy import event, func, insert, select
from sqlalchemy.exc import OperationalError

from bot.action_endpoints import RemoteActions
from bot.channels.readiness import Readiness, is_writable
from bot.channels.sessions import utc_now
from bot.database import engine_for, upgrade, writing
from bot.tables import rating

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Engine

# Nothing listens there: the port is reserved.
_NOWHERE = "http://127.0.0.1:1/webhook"


class Reachable(EndpointConfig):
    """Actions that are always there; counts how often it is asked."""

    asked = 0

    async def is_reachable(self) -> bool:
        """Yes."""
        self.asked += 1
        return True


def _agent(endpoint: EndpointConfig | None, *, loaded: bool = True) -> Any:
    processor = SimpleNamespace(action_endpoint=endpoint)
    return SimpleNamespace(processor=processor, is_ready=lambda: loaded)


async def test_ready(engine: Engine) -> None:
    assert await Readiness(engine).checks(_agent(Reachable())) == {
        "model_loaded": True,
        "actions_reachable": True,
        "store_writable": True,
    }


@pytest.mark.parametrize(
    ("agent", "failing"),
    [
        (None, ["actions_reachable", "model_loaded"]),
        (_agent(Reachable(), loaded=False), ["model_loaded"]),
        (_agent(None), ["actions_reachable"]),
        (_agent(RemoteActions(_NOWHERE)), ["actions_reachable"]),
        (_agent(EndpointConfig(_NOWHERE)), ["actions_reachable"]),
    ],
)
async def test_not_ready(engine: Engine, agent: Any, failing: list[str]) -> None:
    checks = await Readiness(engine).checks(agent)

    assert sorted(name for name, passed in checks.items() if not passed) == failing


async def test_readiness_looks_again_after_two_seconds(engine: Engine) -> None:
    actions, moments = Reachable(), [0.0, 0.0]
    readiness = Readiness(engine, lambda: moments[-1])

    for moments[-1] in (0.0, 1.9, 2.0, 3.9, 4.0):
        await readiness.checks(_agent(actions))

    assert actions.asked == 3


def test_is_writable_leaves_nothing_behind(engine: Engine) -> None:
    assert is_writable(engine)
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(rating)).scalar_one() == 0


def _limited(path: Path, pragma: str) -> Engine:
    engine = engine_for(f"sqlite:///{path}")
    event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA {pragma}"))
    return engine


def _fill(engine: Engine, size: int) -> None:
    """Write rows with a comment of this size until not one more finds room."""
    row = {"conversation_id": "c", "rating": "up", "comment": "x" * size, "created_at": utc_now()}
    with pytest.raises(OperationalError, match="full"):  # noqa: PT012 - the last one fails
        for number in range(1000):
            with writing(engine) as connection:
                connection.execute(insert(rating).values(message_id=f"{size}-{number}", **row))


def test_is_writable_sees_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    upgrade(engine_for(f"sqlite:///{path}"))
    full = _limited(path, "max_page_count = 1")  # it may not grow at all

    for size in (500, 50, 0):
        _fill(full, size)

    assert not is_writable(full)


def test_is_writable_sees_a_database_that_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "frozen.db"
    upgrade(engine_for(f"sqlite:///{path}"))

    assert not is_writable(_limited(path, "query_only = ON"))


def test_is_writable_sees_that_there_is_no_database(tmp_path: Path) -> None:
    assert not is_writable(engine_for(f"sqlite:///{tmp_path / 'none.db'}"))
