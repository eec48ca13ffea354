"""Two messages to take a turn with, and what was said in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.channels.bodies import Incoming

if TYPE_CHECKING:
    from bot.channels.turns import Turns

# Answered by an action; the other one by a text alone.
EXPLAIN: Final = Incoming("Wat is een vte?", None, None)
BUDGET: Final = Incoming("Wat is het budget?", None, None)


def texts_of(messages: list[dict[str, Any]], sender: str) -> list[str]:
    """What this side said."""
    return [message["text"] for message in messages if message["sender"] == sender]


async def topics(turns: Turns, conversation: str, incoming: Incoming) -> list[str]:
    """Take a turn; what the answers are about."""
    reply = await turns.answer(conversation, incoming)
    return [message["topic"] for message in reply.messages]
