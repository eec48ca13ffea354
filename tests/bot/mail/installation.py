"""The settings of a test installation, for the commands."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.mail import upkeep
from tests.bot.mail.samples import MAILBOX, NOW, SENDER

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


@pytest.fixture(autouse=True)
def environment(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of a test installation without a mail server."""
    for name in [name for name in os.environ if name.startswith("CYBER4SME_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CYBER4SME_DATABASE_URL", database)
    monkeypatch.setenv("CYBER4SME_MAILBOX", MAILBOX)
    monkeypatch.setenv("CYBER4SME_MAIL_FROM", SENDER)
    monkeypatch.setattr("bot.mail.command_line.utc_now", lambda: NOW + timedelta(days=1))


def with_server(monkeypatch: pytest.MonkeyPatch, port: int = 25) -> None:
    monkeypatch.setenv("CYBER4SME_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("CYBER4SME_SMTP_PORT", str(port))
    monkeypatch.setenv("CYBER4SME_SMTP_SECURITY", "none")


def states(engine: Engine) -> list[str]:
    return [mail.state for mail in upkeep.list_mails(engine)]
