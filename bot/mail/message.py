"""The words of a mail, from the templates, and the mail itself as SMTP wants it."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.mail.links import without_links

if TYPE_CHECKING:
    from email.headerregistry import Address

    from bot.mail.handoff import Handoff, TranscriptLine
    from bot.mail.outbox import OutboxMail

TEMPLATES: Final = Path(__file__).with_name("templates")
TIME_ZONE: Final = ZoneInfo("Europe/Brussels")

# The end of a long conversation says most; the mail tells how much of its beginning is left out.
TRANSCRIPT_LINES: Final = 100
_SUBJECT: Final = "Subject: "


@dataclass(frozen=True)
class Letter:
    """What a mail says: its subject, and the same words as plain text and as HTML."""

    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)


def write_handoff(handoff: Handoff) -> Letter:
    """Write the mail for the mailbox, in the language of the conversation."""
    lines = handoff.transcript[-TRANSCRIPT_LINES:]
    return _render(
        f"handoff.{handoff.language}",
        handoff=handoff,
        topic=without_links(handoff.topic),
        question=without_links(handoff.question),
        name=without_links(handoff.name),
        firm=without_links(handoff.firm),
        page=without_links(handoff.page, trusted=True),
        eligibility=_eligibility(handoff),
        days=_by_day(lines),
        left_out=len(handoff.transcript) - len(lines),
    )


def write_confirmation(handoff: Handoff, mailbox: str, retention_days: int) -> Letter:
    """Write the confirmation for the visitor.

    It holds no word that the visitor typed: somebody else's address may have been given, and
    nobody may use the assistant to send that person a text.
    """
    return _render(
        f"confirmation.{handoff.language}",
        reference=handoff.reference,
        time=handoff.time,
        mailbox=mailbox,
        retention_days=retention_days,
    )


def as_email(mail: OutboxMail, sender: Address | str) -> EmailMessage:
    """Return the mail of a row; the same row and sender give the same mail at each attempt.

    Raises:
        ValueError: a header would hold a line break.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = mail.recipient
    message["Reply-To"] = mail.reply_to
    message["Subject"] = mail.subject
    message["Date"] = mail.created_at
    message["Message-ID"] = mail.message_id
    # So that an absent colleague's automatic answer does not go to the visitor.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Cyber4SME-Reference"] = mail.reference
    message.set_content(mail.text_body, charset="utf-8", cte="quoted-printable")
    message.add_alternative(mail.html_body, subtype="html", charset="utf-8", cte="quoted-printable")
    # Only now: whatever is named Content- before is taken for a header of the first part.
    message["Content-Language"] = mail.language
    # Of its own accord it would be drawn by lot; "=_" occurs in no quoted-printable text.
    message.set_boundary(f"=_{sha256(mail.message_id.encode()).hexdigest()[:32]}")
    return message


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        # Everything but the plain text is HTML, and nothing in it is ever marked as safe.
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["day"] = lambda time: f"{time.astimezone(TIME_ZONE):%d/%m/%Y}"
    environment.filters["clock"] = lambda time, mark: f"{time.astimezone(TIME_ZONE):%H{mark}%M}"
    return environment


def _render(template: str, **values: Any) -> Letter:
    text = _environment().get_template(f"{template}.txt").render(values)
    subject, _, body = text.partition("\n\n")
    subject = subject.removeprefix(_SUBJECT)
    html = _environment().get_template(f"{template}.html").render(values, subject=subject)
    return Letter(subject, body, html)


def _eligibility(handoff: Handoff) -> dict[str, Any] | None:
    summary = handoff.eligibility
    if summary is None:
        return None
    return {
        "result": summary.result,
        "outcome": summary.outcome,
        "answers": [without_links(line) for line in summary.answers],
        "reasons": [without_links(line, trusted=True) for line in summary.reasons],
    }


def _by_day(lines: tuple[TranscriptLine, ...]) -> list[list[dict[str, Any]]]:
    days = groupby(lines, key=lambda line: line.time.astimezone(TIME_ZONE).date())
    return [[_message(line) for line in of_day] for _, of_day in days]


def _message(line: TranscriptLine) -> dict[str, Any]:
    text = without_links(line.text, trusted=line.sender == "assistant")
    return {"sender": line.sender, "time": line.time, "text": text}
