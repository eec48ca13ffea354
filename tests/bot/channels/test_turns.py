"""Turns in order and in time; what fails leaves nothing behind and the conversation goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DBAPIError

from bot.channels.bodies import Incoming
from bot.channels.errors import ChatError, code_of
from bot.channels.turns import Reply, Turns, warm_up
from tests.bot.channels.failing import failing_inserts
from tests.bot.channels.turns_taken import BUDGET, texts_of, topics

if TYPE_CHECKING:
    from rasa.core.agent import Agent


pytestmark = pytest.mark.model


async def test_messages_at_once_are_answered_in_order(turns: Turns, conversation: str) -> None:
    texts = [f"hallo {number}" for number in range(8)]

    replies = await asyncio.gather(
        *(turns.answer(conversation, Incoming(text, None, None)) for text in texts)
    )

    messages = (await turns.messages(conversation)).messages
    assert texts_of(messages, "visitor") == texts
    answers = [message["id"] for reply in replies for message in reply.messages]
    assert [one["id"] for one in messages[1:] if one["sender"] == "assistant"] == answers


async def test_a_message_twice_at_once_is_answered_once(turns: Turns, conversation: str) -> None:
    incoming = Incoming("Wat is het budget?", None, "the-same-1")

    replies = await asyncio.gather(*(turns.answer(conversation, incoming) for _ in range(5)))

    assert [reply == replies[0] for reply in replies] == [True] * 5
    assert texts_of((await turns.messages(conversation)).messages, "visitor") == [incoming.text]


async def test_a_visit_that_ended_while_it_waited_gets_no_turn(
    turns: Turns, conversation: str
) -> None:
    def gone() -> None:
        raise ChatError("unauthorized", "deleted")

    answered, refused = await asyncio.gather(
        turns.answer(conversation, BUDGET),
        turns.answer(conversation, BUDGET, gone),
        return_exceptions=True,
    )

    assert isinstance(answered, Reply)
    assert isinstance(refused, ChatError)
    assert refused.code == "unauthorized"
    said = (await turns.messages(conversation)).messages
    assert [message["sender"] for message in said] == ["assistant", "visitor", "assistant"]


async def test_a_store_that_fails_is_said_to_fail(
    turns: Turns, conversation: str, agent: Agent
) -> None:
    with failing_inserts(agent.tracker_store.engine), pytest.raises(DBAPIError) as failed:
        await turns.answer(conversation, BUDGET)

    assert code_of(failed.value) == "unavailable"
    assert len((await turns.messages(conversation)).messages) == 1
    assert (await topics(turns, conversation, BUDGET))[0] == "faq/budget"


async def test_warming_up_keeps_nothing(agent: Agent) -> None:
    before = list(await agent.tracker_store.keys())

    await warm_up(agent)

    assert list(await agent.tracker_store.keys()) == before
