"""Turns in order and in time; what fails leaves nothing behind and the conversation goes on."""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import pytest
from rasa_sdk.interfaces import ActionExecutionRejection
from sqlalchemy.exc import OperationalError

from bot.action_endpoints import RemoteActions
from bot.channels.bodies import Incoming
from bot.channels.errors import ChatError, code_of
from bot.channels.turns import Turns, warm_up
from bot.settings import PROJECT
from tests.bot.channels import action_servers
from tests.bot.channels.failing import failing_inserts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractContextManager

    from rasa.core.agent import Agent

    from bot.trial.client import Client
    from tests.served import Served

pytestmark = pytest.mark.model

# Answered by an action; the other one by a text alone.
_EXPLAIN = Incoming("Wat is een vte?", None, None)
_BUDGET = Incoming("Wat is het budget?", None, None)


@pytest.fixture
async def turns(agent: Agent) -> AsyncIterator[Turns]:
    made = Turns(agent, seconds=30.0)
    yield made
    made.close()


@pytest.fixture
async def conversation(turns: Turns) -> str:
    identifier = secrets.token_hex(16)
    await turns.open(identifier, "nl", None)
    return identifier


@pytest.fixture
def acting(agent: Agent) -> Iterator[Callable[[str, Any], None]]:
    """Have a function act in the place of one of the real actions, until the end of the test."""
    actions = agent.action_endpoint.executor.actions
    real = dict(actions)
    yield lambda name, function: actions.update({name: function})
    actions.update(real)


@pytest.fixture
def remotely(agent: Agent) -> Iterator[Callable[[str], None]]:
    """Have the actions run by a server elsewhere, until the end of the test."""
    real = agent.processor.action_endpoint

    def use(address: str) -> None:
        agent.processor.action_endpoint = RemoteActions(address)

    yield use
    agent.processor.action_endpoint = real


def _texts(messages: list[dict[str, Any]], sender: str) -> list[str]:
    return [message["text"] for message in messages if message["sender"] == sender]


async def _topics(turns: Turns, conversation: str, incoming: Incoming) -> list[str]:
    reply = await turns.answer(conversation, incoming)
    return [message["topic"] for message in reply.messages]


async def test_messages_at_once_are_answered_in_order(turns: Turns, conversation: str) -> None:
    texts = [f"hallo {number}" for number in range(8)]

    replies = await asyncio.gather(
        *(turns.answer(conversation, Incoming(text, None, None)) for text in texts)
    )

    messages = (await turns.messages(conversation)).messages
    assert _texts(messages, "visitor") == texts
    answers = [message["id"] for reply in replies for message in reply.messages]
    assert [one["id"] for one in messages[1:] if one["sender"] == "assistant"] == answers


async def test_a_message_twice_at_once_is_answered_once(turns: Turns, conversation: str) -> None:
    incoming = Incoming("Wat is het budget?", None, "the-same-1")

    replies = await asyncio.gather(*(turns.answer(conversation, incoming) for _ in range(5)))

    assert [reply == replies[0] for reply in replies] == [True] * 5
    assert _texts((await turns.messages(conversation)).messages, "visitor") == [incoming.text]


async def test_a_visit_that_ended_while_it_waited_gets_no_turn(
    turns: Turns, conversation: str
) -> None:
    def gone() -> None:
        raise ChatError("unauthorized", "deleted")

    with pytest.raises(ChatError) as refused:
        await turns.answer(conversation, _BUDGET, gone)

    assert refused.value.code == "unauthorized"
    assert len((await turns.messages(conversation)).messages) == 1


async def test_a_slow_action_is_given_up_in_time(
    agent: Agent, conversation: str, acting: Callable[[str, Any], None]
) -> None:
    hurried, released = Turns(agent, seconds=0.3), asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait(*_: object) -> None:
        asyncio.run_coroutine_threadsafe(released.wait(), loop).result()

    acting("action_explain", wait)
    started = time.monotonic()
    with pytest.raises(ChatError) as refused:
        await hurried.answer(conversation, _EXPLAIN)
    waited = time.monotonic() - started

    assert refused.value.code == "unavailable"
    assert waited < 2.0
    assert len((await hurried.messages(conversation)).messages) == 1
    released.set()
    hurried.close()


async def test_those_behind_a_slow_turn_wait_no_longer_either(
    agent: Agent, conversation: str, remotely: Callable[[str], None]
) -> None:
    hurried = Turns(agent, seconds=0.4)
    with action_servers.silent() as address:
        remotely(address)
        started = time.monotonic()
        outcomes = await asyncio.gather(
            *(hurried.answer(conversation, _EXPLAIN) for _ in range(3)), return_exceptions=True
        )
        waited = time.monotonic() - started
    hurried.close()

    assert [code_of(one) for one in outcomes if isinstance(one, Exception)] == ["unavailable"] * 3
    assert waited < 2.0


@pytest.mark.parametrize(
    ("server", "code"),
    [
        (action_servers.silent, "unavailable"),
        (action_servers.dead, "unavailable"),
        (lambda: action_servers.answering(500, b"{}"), "internal"),
        (lambda: action_servers.answering(404, b"{}"), "internal"),
        (lambda: action_servers.answering(200, b"not json"), "internal"),
        (lambda: action_servers.answering(200, b'{"events": 5}'), "internal"),
        (lambda: action_servers.answering(200, b'{"events": [], "responses": []}'), "internal"),
        (
            lambda: action_servers.answering(
                200, b'{"events": [], "responses": [{"response": "utter_nothing_like_it"}]}'
            ),
            "internal",
        ),
    ],
    ids=["silent", "dead", "500", "404", "no json", "no events", "says nothing", "unknown text"],
)
async def test_a_bad_action_server_costs_one_turn(
    agent: Agent,
    conversation: str,
    remotely: Callable[[str], None],
    server: Callable[[], AbstractContextManager[str]],
    code: str,
) -> None:
    patient, hurried = Turns(agent, seconds=30.0), Turns(agent, seconds=0.5)
    with server() as address:
        remotely(address)
        with pytest.raises(Exception) as failed:  # noqa: PT011 - its code is compared
            await (hurried if server is action_servers.silent else patient).answer(
                conversation, _EXPLAIN
            )
        assert code_of(failed.value) == code  # type: ignore[arg-type]
        assert len((await patient.messages(conversation)).messages) == 1
        # What needs no action is answered while the server is still down.
        assert (await _topics(patient, conversation, _BUDGET))[0] == "faq/budget"
    patient.close()
    hurried.close()


async def test_a_real_action_server_that_dies_and_comes_back(
    turns: Turns, conversation: str, remotely: Callable[[str], None], unused_port: int
) -> None:
    address = f"http://127.0.0.1:{unused_port}/webhook"
    remotely(address)
    async with _action_server(unused_port):
        assert await _topics(turns, conversation, _EXPLAIN) == ["explain"]
        assert await RemoteActions(address).is_reachable()

    with pytest.raises(ConnectionError, match=f"{unused_port}.* is it running"):
        await turns.answer(conversation, _EXPLAIN)
    assert not await RemoteActions(address).is_reachable()

    async with _action_server(unused_port):
        assert await _topics(turns, conversation, _EXPLAIN) == ["explain"]
    messages = (await turns.messages(conversation)).messages
    assert _texts(messages, "visitor") == [_EXPLAIN.text] * 2


@pytest.fixture
def unused_port() -> int:
    with action_servers.dead() as address:
        return int(address.rsplit(":", 1)[1].split("/")[0])


@asynccontextmanager
async def _action_server(port: int) -> AsyncIterator[None]:
    """`rasa run actions`, from when it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "-p", str(port)],
        cwd=PROJECT,
        env=os.environ | {"SANIC_HOST": "127.0.0.1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        output: Any = process.stdout
        printed = list(takewhile(lambda line: "up and running" not in line, output))
        assert process.poll() is None, "".join(printed)
        # It says that it runs a moment before it listens, so it is asked.
        await asyncio.wait_for(_answers(RemoteActions(f"http://127.0.0.1:{port}/webhook")), 30)
        yield
    finally:
        process.kill()
        process.communicate()


async def _answers(actions: RemoteActions) -> None:
    while not await actions.is_reachable():
        pass


async def test_a_crashed_action_ends_the_turn_with_what_it_raised(
    turns: Turns, conversation: str, acting: Callable[[str, Any], None]
) -> None:
    def crash(*_: object) -> None:
        raise KeyError("a slot that is not there")

    acting("action_explain", crash)

    with pytest.raises(KeyError):
        await turns.answer(conversation, _EXPLAIN)

    assert len((await turns.messages(conversation)).messages) == 1


async def test_an_action_that_rejects_its_turn_is_no_crash(
    turns: Turns, conversation: str, acting: Callable[[str, Any], None]
) -> None:
    def reject(*_: object) -> None:
        raise ActionExecutionRejection("action_explain", "not mine")

    acting("action_explain", reject)

    with pytest.raises(Exception) as failed:  # noqa: PT011 - its code is compared
        await turns.answer(conversation, _EXPLAIN)

    # No rule speaks for somebody else: the turn ends without a message.
    assert code_of(failed.value) == "internal"  # type: ignore[arg-type]


async def test_a_store_that_fails_is_said_to_fail(
    turns: Turns, conversation: str, agent: Agent
) -> None:
    with failing_inserts(agent.tracker_store.engine), pytest.raises(OperationalError) as failed:
        await turns.answer(conversation, _BUDGET)

    assert code_of(failed.value) == "unavailable"
    assert len((await turns.messages(conversation)).messages) == 1
    assert (await _topics(turns, conversation, _BUDGET))[0] == "faq/budget"


async def test_warming_up_keeps_nothing(agent: Agent) -> None:
    before = list(await agent.tracker_store.keys())

    await warm_up(agent)

    assert list(await agent.tracker_store.keys()) == before


def test_the_apology_comes_within_five_seconds(
    serve: Callable[..., Served], remotely: Callable[[str], None]
) -> None:
    """Over HTTP, with the time that a visitor is given in production."""
    from bot.settings import Settings
    from bot.trial.client import Client, RefusedError, Visit
    from tests.bot.channels.shape import assert_error

    served = serve(turn_seconds=Settings().turn_seconds)
    client: Client = Client(served.url)
    visit = Visit(client, "fr")
    with action_servers.silent() as address:
        remotely(address)
        started = time.monotonic()
        with pytest.raises(RefusedError) as refused:
            visit.say("C'est quoi un ETP ?")
        waited = time.monotonic() - started
        assert visit.say("Quel était le budget ?")[0]["topic"] == "faq/budget"
    client.close()
    served.stop()

    assert waited < 5.0
    assert_error(refused.value.answer, "unavailable", "fr")
