"""The worker against a real SMTP server, on both kinds of database."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from bot.database import writing
from bot.mail import upkeep
from bot.mail import worker as worker_module
from bot.mail.message import as_email
from bot.mail.outbox import claim_due
from bot.mail.route import RouteError
from bot.mail.worker import Outcome, Worker
from bot.tables import outbox
from tests.bot.mail.samples import MAILBOX, NOW, OFFICIAL, SENDER, put, route_for
from tests.bot.mail.workers import Clock, free_port, only_mail, step, worker_for

if TYPE_CHECKING:
    from email.headerregistry import Address
    from email.message import EmailMessage

    from sqlalchemy.engine import Engine

    from bot.mail.outbox import OutboxMail
    from tests.bot.mail.smtp_server import Connection, SmtpTestServer

pytestmark = pytest.mark.services


def test_step_delivers_a_mail(engine: Engine, smtp: SmtpTestServer) -> None:
    put(engine, route_for(smtp.port))

    assert step(worker_for(engine, smtp.port)) is Outcome.SENT

    mail = only_mail(engine)
    assert (mail.state, mail.sent_at, mail.attempts) == ("sent", NOW, 1)
    assert (mail.claimed_by, mail.claimed_at, mail.last_error_code) == (None, None, None)
    (received,) = smtp.received
    assert (received.sender, received.recipients) == (SENDER, (MAILBOX,))
    assert received.message_id == mail.message_id
    assert smtp.steps == ["connect", "EHLO", "MAIL", "RCPT", "DATA", "content", "QUIT"]


def test_step_does_nothing_when_nothing_is_due(engine: Engine, smtp: SmtpTestServer) -> None:
    put(engine, route_for(smtp.port), now=NOW + timedelta(seconds=1))

    assert step(worker_for(engine, smtp.port)) is Outcome.NOTHING_DUE

    assert smtp.steps == []
    assert only_mail(engine).state == "queued"


@pytest.mark.parametrize("place", ["MAIL", "RCPT", "DATA", "content"])
def test_a_deferral_is_tried_again_later_with_the_same_message_id(
    engine: Engine, smtp: SmtpTestServer, place: str
) -> None:
    put(engine, route_for(smtp.port))
    clock = Clock()
    worker = worker_for(engine, smtp.port, clock)
    smtp.answer(place, "451 Not now, please")

    assert step(worker) is Outcome.DEFERRED

    mail = only_mail(engine)
    assert (mail.state, mail.attempts) == ("queued", 1)
    assert (mail.last_error_code, mail.last_error_text) == ("451", "Not now, please")
    assert mail.next_attempt_at == NOW + timedelta(minutes=1)
    assert step(worker) is Outcome.NOTHING_DUE

    del smtp.scripts[place]
    clock.now = mail.next_attempt_at

    assert step(worker) is Outcome.SENT
    assert smtp.message_ids == [mail.message_id]
    assert only_mail(engine).attempts == 2


@pytest.mark.parametrize("place", ["MAIL", "RCPT", "DATA", "content"])
def test_a_refusal_fails_at_once(engine: Engine, smtp: SmtpTestServer, place: str) -> None:
    put(engine, route_for(smtp.port))
    smtp.answer(place, "550 No such\x1b user here")

    assert step(worker_for(engine, smtp.port)) is Outcome.REFUSED

    mail = only_mail(engine)
    assert (mail.state, mail.attempts, mail.last_error_code) == ("failed", 1, "550")
    assert mail.last_error_text == "No such  user here"
    assert smtp.received == []


@pytest.mark.parametrize(
    ("place", "answer"),
    [("connect", "554 Closed"), ("EHLO", "550 Go away"), ("MAIL", "530 Log in first")],
)
def test_a_refusal_that_is_not_about_the_mail_is_tried_again(
    engine: Engine, smtp: SmtpTestServer, place: str, answer: str
) -> None:
    put(engine, route_for(smtp.port))
    smtp.answer(place, answer)
    smtp.answer("HELO", answer)

    assert step(worker_for(engine, smtp.port)) is Outcome.UNREACHABLE

    assert (only_mail(engine).state, only_mail(engine).last_error_code) == ("queued", answer[:3])


def test_a_server_that_is_down_is_tried_again(engine: Engine) -> None:
    port = free_port()
    put(engine, route_for(port), number=2)
    worker = worker_for(engine, port)

    assert asyncio.run(worker.drain()) == 0

    # The second mail was left alone: the server would not take it either.
    states = [(mail.state, mail.attempts) for mail in upkeep.list_mails(engine)]
    assert states == [("queued", 1), ("queued", 0)]
    assert upkeep.list_mails(engine)[0].last_error_code == "network"


def test_a_connection_that_drops_in_the_middle_of_the_mail(
    engine: Engine, smtp: SmtpTestServer
) -> None:
    async def drop(connection: Connection) -> str:
        await connection.content_begins()
        connection.drop()
        return ""

    put(engine, route_for(smtp.port))
    clock = Clock()
    worker = worker_for(engine, smtp.port, clock)
    smtp.scripts["DATA"] = drop

    assert step(worker) is Outcome.DEFERRED

    assert (only_mail(engine).state, only_mail(engine).last_error_code) == ("queued", "network")
    del smtp.scripts["DATA"]
    clock.now += timedelta(minutes=1)
    assert step(worker) is Outcome.SENT
    assert smtp.message_ids == [only_mail(engine).message_id]


@pytest.mark.parametrize("place", ["connect", "EHLO", "RCPT"])
def test_a_server_that_is_too_slow_is_tried_again(
    engine: Engine, smtp: SmtpTestServer, place: str
) -> None:
    async def never(connection: Connection) -> str:
        del connection
        await asyncio.Event().wait()
        return ""

    put(engine, route_for(smtp.port))
    smtp.scripts[place] = never

    outcome = step(worker_for(engine, smtp.port, smtp_timeout_seconds=0.2))

    assert outcome in {Outcome.DEFERRED, Outcome.UNREACHABLE}
    assert (only_mail(engine).state, only_mail(engine).last_error_code) == ("queued", "timeout")


def test_retries_end_as_failed(engine: Engine, smtp: SmtpTestServer) -> None:
    put(engine, route_for(smtp.port))
    smtp.answer("content", "451 Never")
    clock = Clock()
    worker = worker_for(engine, smtp.port, clock)
    outcomes = []
    while only_mail(engine).state == "queued":
        clock.now = only_mail(engine).next_attempt_at
        outcomes.append(step(worker))

    assert outcomes == [Outcome.DEFERRED] * 31 + [Outcome.REFUSED]
    assert (only_mail(engine).state, only_mail(engine).attempts) == ("failed", 32)
    assert timedelta(days=4) < clock.now - NOW < timedelta(days=4, hours=8)


def test_the_departments_mailbox_is_never_reached_over_a_server_on_this_machine(
    engine: Engine, smtp: SmtpTestServer
) -> None:
    put(engine, route_for(smtp.port))
    with writing(engine) as connection:
        connection.execute(update(outbox).values(recipient=OFFICIAL.title()))

    assert step(worker_for(engine, smtp.port)) is Outcome.HELD

    mail = only_mail(engine)
    assert (mail.state, mail.last_error_code) == ("held", "settings")
    assert "the department's real mailbox" in str(mail.last_error_text)
    assert smtp.steps == []


def test_a_row_that_cannot_become_a_mail_fails_and_stops_no_other(
    engine: Engine, smtp: SmtpTestServer
) -> None:
    first, _ = put(engine, route_for(smtp.port), number=2)
    broken = update(outbox).where(outbox.c.reference == first.reference)
    with writing(engine) as connection:
        connection.execute(broken.values(subject="Hello\r\nBcc: everybody@example.com"))
    worker = worker_for(engine, smtp.port)

    assert (step(worker), step(worker)) == (Outcome.REFUSED, Outcome.SENT)

    states = [(mail.state, mail.last_error_code) for mail in upkeep.list_mails(engine)]
    assert states == [("failed", "message"), ("sent", None)]
    assert len(smtp.received) == 1


def test_a_fault_of_the_program_is_tried_again_and_stops_no_other_mail(
    engine: Engine, smtp: SmtpTestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = put(engine, route_for(smtp.port), number=2)

    def faulty(mail: OutboxMail, sender: Address) -> EmailMessage:
        if mail.reference == first.reference:
            message = "a fault near jan@bakkerij.be"
            raise RuntimeError(message)
        return as_email(mail, sender)

    monkeypatch.setattr(worker_module, "as_email", faulty)
    worker = worker_for(engine, smtp.port)

    with capture_logs() as logs:
        assert (step(worker), step(worker)) == (Outcome.UNREACHABLE, Outcome.SENT)

    states = [(mail.state, mail.last_error_code) for mail in upkeep.list_mails(engine)]
    assert states == [("queued", "unexpected"), ("sent", None)]
    assert "RuntimeError: a fault near [e-mail]" in str(logs)
    assert "jan@bakkerij.be" not in str(logs)


def test_logs_name_a_mail_and_nobody(engine: Engine, smtp: SmtpTestServer) -> None:
    (receipt,) = put(engine, route_for(smtp.port))
    smtp.answer("RCPT", "550 <helpdesk@mailbox.test> call 0476 12 34 56")

    with capture_logs() as logs:
        step(worker_for(engine, smtp.port))

    assert logs == [
        {
            "event": "mail.failed",
            "log_level": "error",
            "reference": receipt.reference,
            "attempts": 1,
            "code": "550",
            "error": "<[e-mail]> call [telephone]",
        }
    ]
    assert only_mail(engine).last_error_text == "<helpdesk@mailbox.test> call 0476 12 34 56"


def test_what_a_crashed_worker_held_comes_back(engine: Engine, smtp: SmtpTestServer) -> None:
    put(engine, route_for(smtp.port))
    claim_due(engine, "crashed", NOW)
    clock = Clock()
    worker = worker_for(engine, smtp.port, clock)

    assert step(worker) is Outcome.NOTHING_DUE
    clock.now = NOW + timedelta(seconds=119)
    assert step(worker) is Outcome.NOTHING_DUE
    clock.now = NOW + timedelta(seconds=151)
    assert step(worker) is Outcome.SENT


def test_a_worker_without_a_server_is_refused(engine: Engine) -> None:
    with pytest.raises(RouteError, match="CYBER4SME_SMTP_HOST is not set"):
        Worker(engine, route_for())
