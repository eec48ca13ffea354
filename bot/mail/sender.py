"""Delivers one mail by SMTP, and says of a failure whether trying again can help."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager, suppress
from email.policy import SMTP as SMTP_POLICY
from typing import TYPE_CHECKING, Final

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPTimeoutError,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from email.message import EmailMessage

    from bot.mail.route import SmtpServer

# The server wants another login or more encryption: about the settings, not about this mail.
_ABOUT_THE_SETTINGS: Final = frozenset({530, 534, 535, 538})
# The answers to this mail; whatever else is refused, a greeting say, is about the connection.
_REFUSED: Final = (SMTPSenderRefused, SMTPRecipientRefused, SMTPDataError)
_PERMANENT_FROM: Final = 500
_QUIT_SECONDS: Final = 2.0


class DeliveryError(Exception):
    """A mail that was not accepted.

    ``permanent``: the server refused this mail for good. ``unreachable``: the trouble is with
    the server or the settings, and would meet every other mail too.
    """

    def __init__(self, code: str, text: str, *, permanent: bool, unreachable: bool) -> None:
        self.code = code
        self.text = text
        self.permanent = permanent
        self.unreachable = unreachable
        super().__init__(f"{code} {text}")


@asynccontextmanager
async def connected(server: SmtpServer, own_name: str) -> AsyncIterator[SMTP]:
    """Hold a conversation with the server, encrypted and logged in as the settings say.

    Encryption that was asked for and is not there, or is not to be trusted, is an error: nothing
    is ever sent in the clear instead.

    Raises:
        DeliveryError: never a permanent one.
    """
    try:
        client = _client(server, own_name)
        await client.connect()
    except (SMTPException, OSError, ValueError) as error:
        code, text = _describe(error)
        raise DeliveryError(code, text, permanent=False, unreachable=True) from error
    try:
        yield client
    except asyncio.CancelledError:
        client.close()
        raise
    finally:
        # By now the mail is accepted or refused; a server without a goodbye changes nothing.
        with suppress(SMTPException, OSError):
            if client.is_connected:
                await client.quit(timeout=_QUIT_SECONDS)
        client.close()


async def deliver(client: SMTP, server: SmtpServer, message: EmailMessage) -> str:
    """Hand one mail to the server; return its answer, which means that the mail is its own now.

    Raises:
        DeliveryError: the server did not accept it, or did not say so.
    """
    sender = message["From"].addresses[0].addr_spec
    recipient = message["To"].addresses[0].addr_spec
    try:
        await client.mail(sender)
        await client.rcpt(recipient)
        content = message.as_bytes(policy=SMTP_POLICY)
        answer = await client.data(content, timeout=server.final_reply_seconds)
    except SMTPResponseException as error:
        code, text = _describe(error)
        about_this_mail = error.code not in _ABOUT_THE_SETTINGS and isinstance(error, _REFUSED)
        permanent = about_this_mail and error.code >= _PERMANENT_FROM
        unreachable = not about_this_mail
        raise DeliveryError(code, text, permanent=permanent, unreachable=unreachable) from error
    except (SMTPException, OSError) as error:
        code, text = _describe(error)
        raise DeliveryError(code, text, permanent=False, unreachable=False) from error
    return f"{answer.code} {answer.message}"


def _client(server: SmtpServer, own_name: str) -> SMTP:
    return SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=server.security == "tls",
        start_tls=server.security == "starttls",
        username=server.user or None,
        password=server.password or None,
        timeout=server.timeout_seconds,
        local_hostname=own_name,
    )


def _describe(error: Exception) -> tuple[str, str]:
    if isinstance(error, SMTPResponseException):
        return str(error.code), error.message
    if isinstance(error, SMTPTimeoutError):
        return "timeout", str(error)
    encryption = isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError)
    if encryption or "STARTTLS" in str(error):
        return "tls", str(error)
    return "network", str(error) or type(error).__name__
