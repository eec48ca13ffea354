"""Kill -9 of a worker process at each step of a mail; then another worker goes on.

The server of the tests kills the worker at the very step: the product knows nothing of it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.database import writing
from bot.mail import upkeep
from bot.mail.worker import Worker, utc_now
from bot.settings import PROJECT
from bot.tables import outbox
from tests.bot.mail.samples import QUICK, put, route_for
from tests.bot.mail.smtp_server import ACCEPTED, STEPS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from sqlalchemy.engine import Engine

    from tests.bot.mail.smtp_server import Connection, SmtpTestServer

    Killing = Callable[[int, Connection], Awaitable[str | None]]

pytestmark = pytest.mark.services


@contextmanager
def worker_process(database: str, port: int, *how: str) -> Iterator[subprocess.Popen[str]]:
    """Run a worker as a process of its own; at the end none is left."""
    command = [sys.executable, "-m", "tests.bot.mail.worker_process", database, str(port), *how]
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def go_on(engine: Engine, port: int) -> None:
    """Start again as after a crash, so much later that the claim is stale."""
    worker = Worker(engine, route_for(port), QUICK, lambda: utc_now() + timedelta(minutes=3))
    asyncio.run(worker.drain())


def run_until_killed(database: str, smtp: SmtpTestServer, step: str, script: Killing) -> None:
    """Run a worker with a script for one step that kills the process it is given."""
    pid: Future[int] = Future()

    async def with_the_process(connection: Connection) -> str | None:
        return await script(pid.result(), connection)

    smtp.scripts[step] = with_the_process
    with worker_process(database, smtp.port) as process:
        pid.set_result(process.pid)
        assert process.wait(timeout=60) == -signal.SIGKILL
    del smtp.scripts[step]


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_each_mail_arrives_once(
    engine: Engine, database: str, smtp: SmtpTestServer, step: str
) -> None:
    async def kill(pid: int, connection: Connection) -> str:
        os.kill(pid, signal.SIGKILL)
        connection.drop()
        return "451 Nobody hears this"

    put(engine, route_for(smtp.port), number=3, now=utc_now())
    run_until_killed(database, smtp, step, kill)
    # Only at the goodbye was the mail of the killed worker known as sent.
    states = Counter(mail.state for mail in upkeep.list_mails(engine))
    assert states == ({"sent": 1, "queued": 2} if step == "QUIT" else {"sending": 1, "queued": 2})

    go_on(engine, smtp.port)

    mails = upkeep.list_mails(engine)
    assert [mail.state for mail in mails] == ["sent"] * 3
    assert Counter(smtp.message_ids) == {mail.message_id: 1 for mail in mails}


def test_killed_between_the_servers_yes_and_our_commit_the_mail_comes_twice_with_one_id(
    engine: Engine, database: str, smtp: SmtpTestServer
) -> None:
    """The one window that is left: the receiving side knows the mail again by its Message-ID."""
    put(engine, route_for(smtp.port), now=utc_now())
    with ExitStack() as until_killed:

        async def accept_then_kill(pid: int, connection: Connection) -> str:
            # The row is locked, so that the worker cannot commit; the yes is on the wire.
            lock = until_killed.enter_context(writing(engine))
            lock.execute(select(outbox).with_for_update())
            await connection.push(ACCEPTED)
            os.kill(pid, signal.SIGKILL)
            return ACCEPTED

        run_until_killed(database, smtp, "content", accept_then_kill)
    (mail,) = upkeep.list_mails(engine)
    assert mail.state == "sending"

    go_on(engine, smtp.port)

    assert [mail.state for mail in upkeep.list_mails(engine)] == ["sent"]
    assert smtp.message_ids == [mail.message_id] * 2
    # The same mail to the last byte, so that it is known again.
    assert smtp.received[0].content == smtp.received[1].content
