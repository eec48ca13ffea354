"""Where mails go, from the settings: which server, whose name, and what must never be sent."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from typing import TYPE_CHECKING, Final

from email_validator import EmailNotValidError, validate_email

if TYPE_CHECKING:
    from bot.settings import Settings

# What a held mail names as its sender when the settings name none.
UNKNOWN_DOMAIN: Final = "assistant.invalid"
# A server may think this long about a whole mail before it says that it has it (RFC 5321,
# 4.5.3.2.6). Leaving sooner would send some mails twice.
_FINAL_REPLY_SECONDS: Final = 600.0


class RouteError(ValueError):
    """Mail settings that cannot work, or a mail they must not send: value, cause and remedy."""


@dataclass(frozen=True)
class SmtpServer:
    """The server that takes the mails, and how to talk to it."""

    host: str
    port: int
    security: str  # starttls, tls or none
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = 30.0
    final_reply_seconds: float = _FINAL_REPLY_SECONDS


@dataclass(frozen=True)
class Route:
    """Whom questions go to and how; without a server nothing is sent anywhere."""

    mailbox: str  # where questions go
    official_mailbox: str  # the department's own: never reached by a test or a demonstration
    sender: Address
    server: SmtpServer | None

    @classmethod
    def from_settings(cls, settings: Settings, official_mailbox: str) -> Route:
        """Read the route; ``official_mailbox`` is the fact, and the default recipient.

        Raises:
            RouteError: an address that is none, or a server without a sender.
        """
        mailbox = _address("CYBER4SME_MAILBOX", settings.mailbox or official_mailbox)
        if not settings.smtp_host:
            sender = Address(username="assistant", domain=UNKNOWN_DOMAIN)
            if settings.mail_from:
                sender = _sender(settings.mail_from)
            return cls(mailbox, official_mailbox, sender, None)
        if not settings.mail_from:
            message = (
                f"CYBER4SME_SMTP_HOST is {settings.smtp_host!r}, but CYBER4SME_MAIL_FROM is empty. "
                "Give the address that the mails are sent from."
            )
            raise RouteError(message)
        return cls(mailbox, official_mailbox, _sender(settings.mail_from), _server(settings))

    def why_held(self, recipient: str) -> str | None:
        """Return why a mail to this recipient must not be sent, or None when it may."""
        if self.server is None:
            return "CYBER4SME_SMTP_HOST is not set, so nothing is sent."
        if _same(recipient, self.official_mailbox) and _is_loopback(self.server.host):
            return (
                f"CYBER4SME_SMTP_HOST is {self.server.host}, a test server on this machine, and "
                f"{recipient} is the department's real mailbox. For a test set CYBER4SME_MAILBOX "
                "to a test address; in production name the mail server by its network name."
            )
        return None

    def describe(self) -> str:
        """Return the line that says at start-up what becomes of the mails."""
        reason = self.why_held(self.mailbox)
        if reason or self.server is None:
            return f"Mail: held in the outbox, not sent. {reason} `make outbox` shows the mails."
        return (
            f"Mail: to {self.mailbox}, from {self.sender.addr_spec}, "
            f"by {self.server.host}:{self.server.port} ({self.server.security})."
        )


def _server(settings: Settings) -> SmtpServer:
    clear = settings.smtp_security == "none" and not _is_loopback(settings.smtp_host)
    if settings.smtp_user and clear:
        message = (
            "CYBER4SME_SMTP_SECURITY is 'none' and CYBER4SME_SMTP_USER is set, so the password "
            "would cross the network readable. Use starttls or tls."
        )
        raise RouteError(message)
    return SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
        timeout_seconds=settings.smtp_timeout_seconds,
    )


def _sender(text: str) -> Address:
    name, address = parseaddr(text) if text.isprintable() else ("", text)
    return Address(display_name=name, addr_spec=_address("CYBER4SME_MAIL_FROM", address or text))


def _address(setting: str, text: str) -> str:
    try:
        # A test may use addresses that end in .test; no real one does.
        checked = validate_email(
            text, check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except EmailNotValidError as error:
        message = f"{setting} is {text!r}, which is not an e-mail address: {error}"
        raise RouteError(message) from error
    return str(checked.ascii_email)


def _same(address: str, other: str) -> bool:
    return address.strip().casefold() == other.strip().casefold()


def _is_loopback(host: str) -> bool:
    name = host.strip().strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith((".localhost", ".localdomain")):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
