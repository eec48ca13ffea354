"""One turn at a time in a conversation, in the order in which the messages came."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Order:
    """A queue for each conversation that has somebody in it; nothing is kept of the others.

    One process serves all visits, so no lock outside of it is needed.
    """

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    @asynccontextmanager
    async def turn(self, conversation_id: str) -> AsyncIterator[bool]:
        """Wait for the turns before; the next one may begin when this one ends, however it ends.

        Tells whether there was anything to wait for.
        """
        lock = self._locks.setdefault(conversation_id, asyncio.Lock())
        self._waiting[conversation_id] = self._waiting.get(conversation_id, 0) + 1
        # Not `lock.locked()`: between two turns it says no, although one more is waiting.
        waited = self._waiting[conversation_id] > 1
        try:
            async with lock:
                yield waited
        finally:
            self._waiting[conversation_id] -= 1
            if not self._waiting[conversation_id]:
                del self._waiting[conversation_id], self._locks[conversation_id]

    def __len__(self) -> int:
        """How many conversations have somebody in their queue."""
        return len(self._locks)
