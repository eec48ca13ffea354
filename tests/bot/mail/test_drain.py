"""Many mails and two worker processes: none lost, none doubled, and how fast."""

from __future__ import annotations

from collections import Counter
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from bot.mail import upkeep
from bot.mail.worker import utc_now
from tests.bot.mail.samples import put, route_for
from tests.bot.mail.test_crash import start_worker

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from tests.bot.mail.smtp_server import SmtpTestServer

MAILS = 1_000


@pytest.mark.services
def test_two_workers_drain_a_thousand_mails(
    engine: Engine, database: str, smtp: SmtpTestServer, capsys: pytest.CaptureFixture[str]
) -> None:
    put(engine, route_for(smtp.port), number=MAILS, now=utc_now())
    begin = monotonic()

    workers = [start_worker(database, smtp.port, "once") for _ in range(2)]
    counts = [int(worker.communicate(timeout=120)[0].split()[-1]) for worker in workers]

    seconds = monotonic() - begin
    rate = f"{engine.dialect.name}: {MAILS / seconds:.0f} mails a second by two workers"
    with capsys.disabled():
        print(f"\n{rate} ({counts[0]} + {counts[1]}, with their start)")  # noqa: T201
    mails = upkeep.list_mails(engine)
    assert Counter(mail.state for mail in mails) == {"sent": MAILS}
    assert Counter(smtp.message_ids) == {mail.message_id: 1 for mail in mails}
    assert sum(counts) == MAILS
    assert min(counts) > 0
