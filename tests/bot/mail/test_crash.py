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
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.database import outbox, writing
from bot.mail import upkeep
from bot.mail.worker import Worker, utc_now
from bot.settings import PROJECT
from tests.bot.mail.samples import QUICK, put, route_for
from tests.bot.mail.smtp_server import ACCEPTED, STEPS

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from tests.bot.mail.smtp_server import Connection, SmtpTestServer

pytestmark = pytest.mark.services


def start_worker(database: str, port: int, *how: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.bot.mail.worker_process", database, str(port), *how]
    return subprocess.Popen(
        command, cwd=PROJECT, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def go_on(engine: Engine, port: int) -> None:
    """Start again as after a crash, so much later that the claim is stale."""
    worker = Worker(engine, route_for(port), QUICK, lambda: utc_now() + timedelta(minutes=3))
    asyncio.run(worker.drain())


def kill_at(step: str, smtp: SmtpTestServer, database: str) -> None:
    """Run a worker until it comes to the step, and kill it there."""
    process: list[subprocess.Popen[str]] = []

    async def kill(connection: Connection) -> str:
        os.kill(process[0].pid, signal.SIGKILL)
        connection.drop()
        return "451 Nobody hears this"

    smtp.scripts[step] = kill
    process.append(start_worker(database, smtp.port))
    process[0].communicate(timeout=60)
    assert process[0].returncode == -signal.SIGKILL
    del smtp.scripts[step]


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_each_mail_arrives_once(
    engine: Engine, database: str, smtp: SmtpTestServer, step: str
) -> None:
    put(engine, route_for(smtp.port), number=3, now=utc_now())
    kill_at(step, smtp, database)
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
    process: list[subprocess.Popen[str]] = []
    with ExitStack() as until_killed:

        async def accept_then_kill(connection: Connection) -> str:
            # The row is locked, so that the worker cannot commit; the yes is on the wire.
            lock = until_killed.enter_context(writing(engine))
            lock.execute(select(outbox).with_for_update())
            await connection.push(ACCEPTED)
            os.kill(process[0].pid, signal.SIGKILL)
            return ACCEPTED

        smtp.scripts["content"] = accept_then_kill
        process.append(start_worker(database, smtp.port))
        process[0].communicate(timeout=60)
    del smtp.scripts["content"]
    (mail,) = upkeep.list_mails(engine)
    assert mail.state == "sending"

    go_on(engine, smtp.port)

    assert [mail.state for mail in upkeep.list_mails(engine)] == ["sent"]
    assert smtp.message_ids == [mail.message_id] * 2
    # Once more for whoever asks: the same mail to the last byte, so that it is known again.
    assert smtp.received[0].content == smtp.received[1].content
