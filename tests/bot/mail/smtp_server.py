"""A real SMTP server for the tests: what it does at each step of a mail can be scripted.

The steps, in order: connect, EHLO, MAIL, RCPT, DATA, content (the whole mail is here and not
yet answered), QUIT.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar
from warnings import catch_warnings, simplefilter

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Coroutine
    from email.message import EmailMessage

    from typing_extensions import Self

    # What a step answers; None: as usual.
    Script = Callable[["Connection"], Awaitable[str | None]]

_Result = TypeVar("_Result")
STEPS = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "content", "QUIT")
ACCEPTED = "250 OK, it is ours now"


@dataclass(frozen=True)
class Received:
    """One mail that the server accepted."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    encrypted: bool

    @property
    def message(self) -> EmailMessage:
        """The mail as a mail reader sees it."""
        message: EmailMessage = message_from_bytes(self.content, policy=default)
        return message

    @property
    def message_id(self) -> str:
        """What the receiving side counts by."""
        return str(self.message["Message-ID"])


@dataclass
class SmtpTestServer:
    """Starts on a free port of this machine; a script may answer a step in its own way.

    A script returns the answer to give, or None to go on as usual.
    """

    scripts: dict[str, Script] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None  # offers STARTTLS, or with_tls_at_once
    tls_at_once: bool = False
    login: tuple[str, str] | None = None
    received: list[Received] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)  # everything that ever was asked of it
    _connections: list[Connection] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Start to listen, in a thread with an event loop of its own."""
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._in_loop(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and drop whoever is still connected."""
        self._in_loop(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def message_ids(self) -> list[str]:
        """Of every mail that was accepted, in order, each as often as it came."""
        return [received.message_id for received in self.received]

    def answer(self, step: str, words: str) -> None:
        """From now on give this answer at a step."""

        async def script(connection: Connection) -> str:
            del connection
            return words

        self.scripts[step] = script

    def _in_loop(self, what: Coroutine[Any, Any, _Result]) -> _Result:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(timeout=20)

    async def _listen(self) -> asyncio.Server:
        at_once = self.tls if self.tls_at_once else None
        return await self._loop.create_server(self._accept, "127.0.0.1", 0, ssl=at_once)

    async def _close(self) -> None:
        self._server.close()
        for connection in self._connections:
            connection.drop()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _accept(self) -> Connection:
        starttls = None if self.tls_at_once else self.tls
        login: dict[str, Any] = {}
        if self.login:
            login = {"authenticator": self._authenticate, "auth_required": True}
        with catch_warnings():
            simplefilter("ignore")  # that a password in the clear is no good idea
            connection = Connection(
                _Handler(self),
                hostname="mail.test",
                tls_context=starttls,
                require_starttls=starttls is not None,
                auth_require_tls=False,
                loop=self._loop,
                **login,
            )
        self._connections.append(connection)
        return connection

    def _authenticate(self, *arguments: Any) -> AuthResult:
        user, password = self.login or ("", "")
        right = LoginPassword(user.encode(), password.encode())
        return AuthResult(success=arguments[-1] == right, handled=False)

    async def at(self, step: str, connection: Connection) -> str | None:
        """Take note of a step and play its script."""
        self.steps.append(step)
        script = self.scripts.get(step)
        return await script(connection) if script else None


class Connection(SMTP):
    """One client."""

    event_handler: _Handler

    def drop(self) -> None:
        """End the connection without a word."""
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.abort()

    def is_dropped(self) -> bool:
        """Tell whether nobody is there any more."""
        return self.transport is None or self.transport.is_closing()

    def is_encrypted(self) -> bool:
        """Tell whether nobody between the two can read it."""
        return bool(self.transport and self.transport.get_extra_info("ssl_object"))

    async def _handle_client(self) -> None:
        answer = await self.event_handler.server.at("connect", self)
        if answer is None:
            await super()._handle_client()
        elif not self.is_dropped():
            await self.push(answer)
            self.drop()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name aiosmtpd looks for
        """Play the script of the command before the mail itself."""
        answer = await self.event_handler.server.at("DATA", self)
        if answer is None:
            await super().smtp_DATA(arg)
        elif not self.is_dropped():
            await self.push(answer)

    async def content_begins(self) -> None:
        """Ask for the mail and wait for its first line."""
        await self.push("354 Go on")
        await self._reader.readline()


class _Handler:
    def __init__(self, server: SmtpTestServer) -> None:
        self.server = server
        self.connection: Connection

    async def handle_EHLO(  # noqa: N802
        self, server: Connection, session: Session, _: Envelope, hostname: str, replies: list[str]
    ) -> list[str]:
        session.host_name = hostname
        answer = await self.server.at("EHLO", server)
        return [answer] if answer else replies

    async def handle_HELO(  # noqa: N802
        self, server: Connection, session: Session, _: Envelope, hostname: str
    ) -> str:
        session.host_name = hostname
        return await self.server.at("HELO", server) or "250 mail.test"

    async def handle_MAIL(  # noqa: N802
        self, server: Connection, _: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del options
        envelope.mail_from = address
        return await self.server.at("MAIL", server) or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Connection, _: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del options
        answer = await self.server.at("RCPT", server)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: Connection, _: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await self.server.at("content", server)
        if answer is None or answer.startswith("250"):
            received = Received(
                str(envelope.mail_from),
                tuple(envelope.rcpt_tos),
                bytes(envelope.original_content or b""),
                server.is_encrypted(),
            )
            self.server.received.append(received)
        return answer or ACCEPTED

    async def handle_QUIT(self, server: Connection, _: Session, __: Envelope) -> str:  # noqa: N802
        return await self.server.at("QUIT", server) or "221 Bye"
