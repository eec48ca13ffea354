"""Actions and action servers that are slow, dead or wrong cost one turn, and no more."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import pytest
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.action_endpoints import RemoteActions
from bot.channels.errors import ChatError, code_of
from bot.channels.turns import Turns
from bot.settings import PROJECT
from tests.bot.channels import action_servers
from tests.bot.channels.turns_taken import BUDGET, EXPLAIN, texts_of, topics

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractContextManager

    from rasa.core.agent import Agent

    from bot.trial.client import Client
    from tests.served import Served

pytestmark = pytest.mark.model


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
        await hurried.answer(conversation, EXPLAIN)
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
            *(hurried.answer(conversation, EXPLAIN) for _ in range(3)), return_exceptions=True
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
                conversation, EXPLAIN
            )
        assert code_of(failed.value) == code  # type: ignore[arg-type]
        assert len((await patient.messages(conversation)).messages) == 1
        # What needs no action is answered while the server is still down.
        assert (await topics(patient, conversation, BUDGET))[0] == "faq/budget"
    patient.close()
    hurried.close()


async def test_a_real_action_server_that_dies_and_comes_back(
    turns: Turns, conversation: str, remotely: Callable[[str], None], unused_port: int
) -> None:
    address = f"http://127.0.0.1:{unused_port}/webhook"
    remotely(address)
    async with _action_server(unused_port):
        assert await topics(turns, conversation, EXPLAIN) == ["explain"]
        assert await RemoteActions(address).is_reachable()

    with pytest.raises(ConnectionError, match=f"{unused_port}.* is it running"):
        await turns.answer(conversation, EXPLAIN)
    assert not await RemoteActions(address).is_reachable()

    async with _action_server(unused_port):
        assert await topics(turns, conversation, EXPLAIN) == ["explain"]
    messages = (await turns.messages(conversation)).messages
    assert texts_of(messages, "visitor") == [EXPLAIN.text] * 2


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
        await turns.answer(conversation, EXPLAIN)

    assert len((await turns.messages(conversation)).messages) == 1


async def test_an_action_that_rejects_its_turn_is_no_crash(
    turns: Turns, conversation: str, acting: Callable[[str, Any], None]
) -> None:
    def reject(*_: object) -> None:
        raise ActionExecutionRejection("action_explain", "not mine")

    acting("action_explain", reject)

    with pytest.raises(Exception) as failed:  # noqa: PT011 - its code is compared
        await turns.answer(conversation, EXPLAIN)

    # No rule speaks for somebody else: the turn ends without a message.
    assert code_of(failed.value) == "internal"  # type: ignore[arg-type]


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
