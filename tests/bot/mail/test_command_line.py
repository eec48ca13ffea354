"""python -m bot.mail, command by command: bot/mail/command_line.py."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from bot.mail import outbox, upkeep
from bot.mail.command_line import main, official_mailbox
from bot.mail.worker import utc_now
from bot.settings import PROJECT
from tests.bot.mail.installation import environment, states, with_server  # noqa: F401 - a fixture
from tests.bot.mail.samples import MAILBOX, NOW, OFFICIAL, SENDER, put, route_for, until

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Engine

    from tests.bot.mail.smtp_server import SmtpTestServer


def test_the_official_mailbox_is_the_fact() -> None:
    assert official_mailbox() == OFFICIAL


def test_list_of_an_empty_outbox(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert capsys.readouterr().out == (
        "Mail: held in the outbox, not sent. CYBER4SME_SMTP_HOST is not set, so nothing is sent. "
        "`make outbox` shows the mails.\nNo mails.\n"
    )


def test_list_shows_each_mail_and_its_error(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = put(engine, route_for(25), number=2)
    mail = outbox.claim_due(engine, "one", NOW)
    assert mail
    outbox.mark_permanent(engine, mail, ("550", "No such user"))

    assert main(["list"]) == 0

    subject = "Wie kon een project indienen? – vraag via de chat"
    lines = capsys.readouterr().out.splitlines()[1:]
    assert lines == [
        "1 queued, 1 failed",
        "",
        "reference         state     asked             attempts  kind           subject",
        f"{first.reference}   failed    2026-11-22 14:05         1  handoff        {subject}",
        "                  550: No such user",
        f"{second.reference}   queued    2026-11-22 14:05         0  handoff        {subject}",
    ]


def test_list_of_one_state(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    put(engine, route_for())

    assert main(["list", "--state", "sent"]) == 0

    assert capsys.readouterr().out.splitlines()[1:] == ["No mails are sent."]


def test_show_is_readable(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    (receipt,) = put(engine, route_for())
    (mail,) = upkeep.list_mails(engine)

    assert main(["show", receipt.reference.lower()]) == 0

    assert capsys.readouterr().out == (
        "State:       held, 0 attempts\n"
        f"From:        {SENDER}\n"
        f"To:          {MAILBOX}\n"
        "Reply-To:    jan@bakkerij.be\n"
        "Date:        Sun, 22 Nov 2026 13:05:00 +0000\n"
        f"Message-ID:  {mail.message_id}\n"
        f"Subject:     {mail.subject}\n"
        "\n"
        f"{mail.text_body}\n"
    )


@pytest.mark.parametrize("command", ["show", "retry", "release"])
def test_a_reference_that_is_not_there_is_named(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "C4S-2026-XXXXXX"]) == 2
    assert capsys.readouterr().err == (
        "bot.mail: No mail has the reference 'C4S-2026-XXXXXX'. `list` shows the references.\n"
    )


def test_export_writes_a_file_that_a_mail_reader_opens(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (receipt,) = put(engine, route_for())
    (mail,) = upkeep.list_mails(engine)
    path = tmp_path / "out" / f"{receipt.reference}.eml"

    assert main(["export", receipt.reference, str(path.parent)]) == 0

    assert capsys.readouterr().out == f"{path}\n"
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    assert (message["Subject"], message["To"]) == (mail.subject, MAILBOX)
    (text, _) = message.iter_parts()
    assert isinstance(text, EmailMessage)
    assert text.get_content().splitlines() == mail.text_body.splitlines()
    assert path.stat().st_mode & 0o777 == 0o600


def test_export_of_all(engine: Engine, tmp_path: Path) -> None:
    receipts = put(engine, route_for(), number=3)

    assert main(["export", "--all", str(tmp_path / "out")]) == 0

    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {f"{receipt.reference}.eml" for receipt in receipts}


def test_export_to_a_place_that_cannot_be_written(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(engine, route_for())
    (tmp_path / "out").write_text("a file, not a folder")

    assert main(["export", "--all", str(tmp_path / "out")]) == 2

    assert "File exists" in capsys.readouterr().err


def test_retry_of_a_failed_mail(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    (receipt,) = put(engine, route_for(25))
    mail = outbox.claim_due(engine, "one", NOW)
    assert mail
    outbox.mark_permanent(engine, mail, ("550", "No"))

    assert main(["retry", receipt.reference]) == 0

    assert states(engine) == ["queued"]
    assert capsys.readouterr().out == f"{receipt.reference} is queued: a worker tries it at once.\n"


def test_retry_of_a_sent_mail_is_refused(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    (receipt,) = put(engine, route_for(25))
    mail = outbox.claim_due(engine, "one", NOW)
    assert mail
    outbox.mark_sent(engine, mail, NOW)

    assert main(["retry", receipt.reference]) == 2

    assert capsys.readouterr().err == (
        f"bot.mail: {receipt.reference} is not failed: handoff sent on 2026-11-22 at 14:05. "
        "Nothing was changed.\n"
    )


def test_worker_without_a_server_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worker"]) == 2
    assert "CYBER4SME_SMTP_HOST is not set" in capsys.readouterr().err


def test_worker_once_sends_what_is_due(
    engine: Engine,
    smtp: SmtpTestServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    put(engine, route_for(25), number=2, now=utc_now())
    with_server(monkeypatch, smtp.port)

    assert main(["worker", "--once"]) == 0

    assert states(engine) == ["sent", "sent"]
    assert len(smtp.received) == 2
    out = capsys.readouterr().out
    assert f"Mail: to {MAILBOX}, from {SENDER}, by 127.0.0.1:{smtp.port} (none).\n" in out
    assert out.endswith("Sent: 2.\n")


@pytest.mark.services
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_worker_as_a_process_stops_cleanly(
    engine: Engine, smtp: SmtpTestServer, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    put(engine, route_for(25), now=utc_now())
    with_server(monkeypatch, smtp.port)
    command = [sys.executable, "-m", "bot.mail", "worker"]
    process = subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        asyncio.run(until(lambda: states(engine) == ["sent"]))
        process.send_signal(number)
        output, errors = process.communicate(timeout=30)
    finally:
        process.kill()

    assert output.startswith(f"Mail: to {MAILBOX}, from {SENDER}")
    assert (process.returncode, errors) == (0, "")
    assert len(smtp.received) == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("CYBER4SME_DATABASE_URL", "nonsense", "CYBER4SME_DATABASE_URL is not a database address"),
        ("CYBER4SME_MAILBOX", "nobody", "CYBER4SME_MAILBOX is 'nobody', which is not an e-mail"),
        ("CYBER4SME_NOPE", "1", "CYBER4SME_NOPE is not a setting"),
    ],
)
def test_settings_that_cannot_be_used_are_one_sentence(
    name: str,
    value: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)

    assert main(["list"]) == 2

    assert capsys.readouterr().err.startswith(f"bot.mail: {words}")
