"""The worker over time: how it keeps its claim, waits for the database, and stops."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.database import writing
from bot.mail import upkeep
from bot.mail.worker import Outcome, Pace, Worker
from bot.tables import outbox
from tests.bot.mail.samples import put, route_for, until
from tests.bot.mail.workers import Clock, only_mail, step, worker_for

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from tests.bot.mail.smtp_server import Connection, SmtpTestServer

pytestmark = pytest.mark.services


def test_a_slow_yes_is_waited_for_and_the_claim_kept(engine: Engine, smtp: SmtpTestServer) -> None:
    """A server may take longer over a whole mail than over a command."""

    def claimed_at() -> datetime | None:
        with engine.connect() as connection:
            moment: datetime | None = connection.execute(select(outbox.c.claimed_at)).scalar_one()
            return moment

    clock = Clock()

    async def yes_after_a_renewal(connection: Connection) -> None:
        del connection
        clock.now += timedelta(minutes=10)
        await until(lambda: claimed_at() == clock.now)

    put(engine, route_for(smtp.port))
    smtp.scripts["content"] = yes_after_a_renewal

    # The renewal comes after 0.05 s, long after the time for a command is over.
    assert step(worker_for(engine, smtp.port, clock, smtp_timeout_seconds=0.04)) is Outcome.SENT

    assert len(smtp.received) == 1
    assert only_mail(engine).state == "sent"


def test_a_mail_that_another_worker_took_is_dropped(engine: Engine, smtp: SmtpTestServer) -> None:
    async def lose_the_claim(connection: Connection) -> None:
        del connection
        with writing(engine) as transaction:
            transaction.execute(update(outbox).values(claimed_by="another"))
        await asyncio.Event().wait()

    put(engine, route_for(smtp.port))
    smtp.scripts["RCPT"] = lose_the_claim

    assert step(worker_for(engine, smtp.port)) is Outcome.CLAIM_LOST

    assert (only_mail(engine).state, only_mail(engine).claimed_by) == ("sending", "another")
    assert smtp.received == []


def test_a_database_that_is_away_after_the_servers_yes_is_waited_for(
    engine: Engine, smtp: SmtpTestServer
) -> None:
    async def lose_the_database(connection: Connection) -> None:
        del connection
        with writing(engine) as transaction:
            transaction.exec_driver_sql("ALTER TABLE outbox RENAME TO away")

    put(engine, route_for(smtp.port))
    smtp.scripts["content"] = lose_the_database

    async def run() -> Outcome:
        stepping = asyncio.ensure_future(worker_for(engine, smtp.port).step())
        await until(lambda: "mail.sent_not_recorded" in str(logs))
        with writing(engine) as connection:
            connection.exec_driver_sql("ALTER TABLE away RENAME TO outbox")
        return await stepping

    with capture_logs() as logs:
        assert asyncio.run(run()) is Outcome.SENT

    assert (only_mail(engine).state, len(smtp.received)) == ("sent", 1)


def test_run_delivers_and_stops_when_told(engine: Engine, smtp: SmtpTestServer) -> None:
    put(engine, route_for(smtp.port), number=3)
    smtp.answer("RCPT", "550 No")

    async def run() -> None:
        stop = asyncio.Event()
        running = asyncio.ensure_future(worker_for(engine, smtp.port).run(stop))
        await until(lambda: smtp.steps.count("QUIT") == 3)
        stop.set()
        await asyncio.wait_for(running, 5)

    asyncio.run(run())

    assert [mail.state for mail in upkeep.list_mails(engine)] == ["failed"] * 3


def test_run_finishes_the_mail_in_hand_before_it_stops(
    engine: Engine, smtp: SmtpTestServer
) -> None:
    put(engine, route_for(smtp.port), number=2)

    async def run() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()

        async def told_to_stop(connection: Connection) -> None:
            del connection
            loop.call_soon_threadsafe(stop.set)

        smtp.scripts["RCPT"] = told_to_stop
        await asyncio.wait_for(worker_for(engine, smtp.port).run(stop), 5)

    asyncio.run(run())

    assert [mail.state for mail in upkeep.list_mails(engine)] == ["sent", "queued"]
    assert len(smtp.received) == 1


def test_run_leaves_a_mail_that_does_not_end_within_the_grace(
    engine: Engine, smtp: SmtpTestServer
) -> None:
    put(engine, route_for(smtp.port))

    async def run() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()

        async def hang(connection: Connection) -> None:
            del connection
            loop.call_soon_threadsafe(stop.set)
            await asyncio.Event().wait()

        smtp.scripts["RCPT"] = hang
        impatient = Pace(grace=timedelta(milliseconds=50))
        worker = Worker(engine, route_for(smtp.port), impatient, Clock())
        await asyncio.wait_for(worker.run(stop), 5)

    asyncio.run(run())

    assert only_mail(engine).state == "sending"


def test_run_survives_a_database_that_is_away(
    engine: Engine, smtp: SmtpTestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(engine, route_for(smtp.port))
    with writing(engine) as connection:
        connection.exec_driver_sql("ALTER TABLE outbox RENAME TO away")

    async def run() -> None:
        stop = asyncio.Event()
        looks = 0
        real = Worker.step

        async def counted(worker: Worker) -> Outcome:
            nonlocal looks
            looks += 1
            return await real(worker)

        monkeypatch.setattr(Worker, "step", counted)
        running = asyncio.ensure_future(worker_for(engine, smtp.port).run(stop))
        await until(lambda: looks == 2)
        with writing(engine) as connection:
            connection.exec_driver_sql("ALTER TABLE away RENAME TO outbox")
        await until(lambda: "QUIT" in smtp.steps)
        stop.set()
        await asyncio.wait_for(running, 5)

    asyncio.run(run())

    assert only_mail(engine).state == "sent"
