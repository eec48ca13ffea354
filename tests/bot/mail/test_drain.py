"""Many mails and two worker processes: none lost, none doubled, and how fast."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from bot.database import writing
from bot.mail import upkeep
from bot.mail.worker import utc_now
from bot.tables import outbox
from tests.bot.mail.samples import put, route_for
from tests.bot.mail.test_crash import worker_process

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from tests.bot.mail.smtp_server import SmtpTestServer

MAILS = 1_000


def multiply(engine: Engine) -> None:
    """Make a thousand of the one mail in the outbox, each with an identity of its own."""
    (mail,) = upkeep.list_mails(engine)
    rows = [
        {
            **vars(mail),
            "id": mail.id + number,
            "reference": f"C4S-{number}",
            "message_id": f"<{number}@bot.test>",
        }
        for number in range(1, MAILS)
    ]
    with writing(engine) as connection:
        connection.execute(insert(outbox), rows)


@pytest.mark.services
def test_two_workers_drain_a_thousand_mails(
    engine: Engine, database: str, smtp: SmtpTestServer, capsys: pytest.CaptureFixture[str]
) -> None:
    put(engine, route_for(smtp.port), now=utc_now())
    multiply(engine)
    begin = monotonic()

    with ExitStack() as running:
        workers = [
            running.enter_context(worker_process(database, smtp.port, "once")) for _ in range(2)
        ]
        ended = [worker.wait(timeout=120) for worker in workers]
        counts = [int(worker.stdout.read()) for worker in workers if worker.stdout]

    seconds = monotonic() - begin
    rate = f"{engine.dialect.name}: {MAILS / seconds:.0f} mails a second by two workers"
    with capsys.disabled():
        print(f"\n{rate} ({counts[0]} + {counts[1]}, with their start)")  # noqa: T201
    assert ended == [0, 0]
    mails = upkeep.list_mails(engine)
    assert Counter(mail.state for mail in mails) == {"sent": MAILS}
    assert Counter(smtp.message_ids) == {mail.message_id: 1 for mail in mails}
    assert sum(counts) == MAILS
    assert min(counts) > 0
