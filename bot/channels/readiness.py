"""What `/ready` tells: the model is loaded, the actions are reachable, the store can be written."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert
from sqlalchemy.exc import SQLAlchemyError

from bot.action_endpoints import RemoteActions
from bot.channels.sessions import utc_now
from bot.database import writing
from bot.tables import rating

if TYPE_CHECKING:
    from collections.abc import Callable

    from rasa.core.agent import Agent
    from sqlalchemy.engine import Engine

Checks = dict[str, bool]

# Anybody may ask; the answer is looked up again after this long.
_FRESH_SECONDS: Final = 2.0


class Readiness:
    """Looks whether a visitor could be answered now."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._looking = asyncio.Lock()
        self._checks: Checks = {}
        self._looked_at = float("-inf")

    async def checks(self, agent: Agent | None) -> Checks:
        """Each condition by its name; not older than two seconds."""
        async with self._looking:
            if self._clock() - self._looked_at >= _FRESH_SECONDS:
                self._checks = {
                    "model_loaded": agent is not None and agent.is_ready(),
                    "actions_reachable": await _reaches_actions(agent),
                    "store_writable": is_writable(self._engine),
                }
                self._looked_at = self._clock()
            return self._checks


def is_writable(engine: Engine) -> bool:
    """Whether a row can be written and taken away again."""
    row = {
        "conversation_id": f"readiness-{secrets.token_hex(8)}",
        "message_id": "readiness",
        "rating": "up",
        "created_at": utc_now(),
    }
    try:
        with writing(engine) as connection:
            connection.execute(insert(rating).values(**row))
            here = rating.c.conversation_id == row["conversation_id"]
            connection.execute(delete(rating).where(here))
    except (OSError, SQLAlchemyError):
        return False
    return True


async def _reaches_actions(agent: Agent | None) -> bool:
    endpoint = agent.processor.action_endpoint if agent and agent.processor else None
    if endpoint is None:
        return False
    if not hasattr(endpoint, "is_reachable"):
        endpoint = RemoteActions(endpoint.url)  # of `rasa run`, from endpoints.yml
    return bool(await endpoint.is_reachable())
