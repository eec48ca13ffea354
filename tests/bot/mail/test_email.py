"""The mail as SMTP wants it: as_email() of bot/mail/message.py."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

import pytest

from bot.languages import LANGUAGES
from bot.mail.message import as_email, write_handoff
from bot.mail.outbox import OutboxMail
from tests.bot.mail.expected import SUBJECT
from tests.bot.mail.samples import MAILBOX, NOW, SENDER, a_full_handoff, a_handoff

if TYPE_CHECKING:
    from bot.mail.handoff import Handoff

languages = pytest.mark.parametrize("language", LANGUAGES)


def row(handoff: Handoff, **changes: object) -> OutboxMail:
    letter = write_handoff(handoff)
    given = {
        "id": 1,
        "reference": handoff.reference,
        "kind": "handoff",
        "message_id": "<c4s.1@bot.test>",
        "conversation_id": "c",
        "language": handoff.language,
        "state": "sending",
        "recipient": MAILBOX,
        "subject": letter.subject,
        "text_body": letter.text,
        "html_body": letter.html,
        "reply_to": handoff.email,
        "attempts": 1,
        "next_attempt_at": NOW,
        "last_error_code": None,
        "last_error_text": None,
        "claimed_by": None,
        "claimed_at": None,
        "created_at": NOW,
        "sent_at": None,
        "purge_after": NOW,
        "question_hash": "h",
        **changes,
    }
    return OutboxMail(**given)  # type: ignore[arg-type]


@languages
def test_as_email_has_the_headers(language: str) -> None:
    mail = row(a_full_handoff(language))

    message = as_email(mail, SENDER)

    assert dict(message.items()) == {
        "From": SENDER,
        "To": MAILBOX,
        "Reply-To": "jan@bakkerij.be",
        "Subject": SUBJECT[language],
        "Date": "Sun, 22 Nov 2026 13:05:00 +0000",
        "Message-ID": "<c4s.1@bot.test>",
        "Auto-Submitted": "auto-generated",
        "X-Cyber4SME-Reference": "C4S-2026-7F3K9Q",
        "MIME-Version": "1.0",
        "Content-Type": message["Content-Type"],
        "Content-Language": language,
    }


@languages
def test_as_email_carries_both_forms_unharmed(language: str) -> None:
    mail = row(a_full_handoff(language))

    text, html = as_email(mail, SENDER).iter_parts()

    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == mail.text_body
    assert html.get_content().replace("\r\n", "\n") == mail.html_body


def test_as_email_is_the_same_at_each_attempt() -> None:
    mail = row(a_full_handoff())
    later = replace(mail, attempts=9, state="queued")

    assert as_email(mail, SENDER).as_bytes() == as_email(later, SENDER).as_bytes()


def test_as_email_is_plain_ascii_in_short_lines() -> None:
    mail = row(a_handoff(question="é" * 2_000, topic="Één vraag 😀"))

    content = as_email(mail, SENDER).as_bytes(policy=SMTP)

    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 78 + 20
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize("field", ["subject", "recipient", "reply_to", "message_id", "reference"])
@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n"])
def test_no_row_can_put_a_header_into_a_mail(field: str, line_break: str) -> None:
    """The second lock: handoff.py lets no line break in."""
    mail = row(a_handoff(), **{field: f"x@y.be{line_break}Bcc: everybody@example.com"})

    with pytest.raises(ValueError, match=r"linefeed|line"):
        as_email(mail, SENDER)
