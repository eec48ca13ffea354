"""The worker: takes what is due from the outbox and delivers it, until it is told to stop.

It runs as a task beside the web server and as a process of its own (`python -m bot.mail
worker`), as many as one likes. What the outbox promises rests on three things here: a row is
claimed before anything is sent, the claim is renewed for as long as the sending takes, and the
server's acceptance is recorded before anything else happens.
"""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import socket
import traceback
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.mail import outbox
from bot.mail.masking import mask
from bot.mail.message import as_email
from bot.mail.retry import RetryPlan
from bot.mail.route import RouteError
from bot.mail.sender import DeliveryError, connected, deliver

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Engine

    from bot.mail.outbox import OutboxMail
    from bot.mail.route import Route, SmtpServer

_log: Final = structlog.get_logger(__name__)


def utc_now() -> datetime:
    """Return this moment."""
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Pace:
    """How often the worker does what."""

    retry: RetryPlan = field(default_factory=RetryPlan)
    idle: timedelta = timedelta(seconds=2)  # between two looks when nothing is due
    renewal: timedelta = timedelta(seconds=20)  # of the claim, while a mail is being sent
    stale: timedelta = timedelta(minutes=2)  # without renewal: the worker is gone
    upkeep: timedelta = timedelta(seconds=30)  # between two looks for what is stale
    grace: timedelta = timedelta(seconds=20)  # to finish the mail in hand after a stop


class Outcome(Enum):
    """What one step came to."""

    NOTHING_DUE = auto()
    SENT = auto()
    DEFERRED = auto()
    REFUSED = auto()
    HELD = auto()
    CLAIM_LOST = auto()
    UNREACHABLE = auto()  # the server takes no mail at all now


# After these another step at once would be of no use.
_IDLE: Final = frozenset({Outcome.NOTHING_DUE, Outcome.UNREACHABLE})


class Worker:
    """Delivers the mails of one outbox by one route; nothing is done before run()."""

    def __init__(
        self,
        engine: Engine,
        route: Route,
        pace: Pace | None = None,
        clock: Callable[[], datetime] = utc_now,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        if route.server is None:
            message = "CYBER4SME_SMTP_HOST is not set: there is no server to deliver mails to."
            raise RouteError(message)
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(8)}"
        self._engine = engine
        self._route = route
        self._server: SmtpServer = route.server
        self._pace = pace or Pace()
        self._clock = clock
        self._jitter = jitter
        self._next_upkeep: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set; then finish the mail in hand, for as long as the grace.

        No failure of a server, of a mail or of the database ends it.
        """
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while not stop.is_set():
                step = asyncio.ensure_future(self._step())
                try:
                    await asyncio.wait({step, stopping}, return_when=asyncio.FIRST_COMPLETED)
                    await asyncio.wait({step}, timeout=self._pace.grace.total_seconds())
                finally:
                    await _end(step)
                if not step.cancelled() and step.result() in _IDLE:
                    await asyncio.wait({stopping}, timeout=self._pace.idle.total_seconds())
        finally:
            await _end(stopping)

    async def drain(self) -> int:
        """Deliver until nothing is due or the server is out of reach; return how many it took."""
        sent = 0
        while True:
            outcome = await self.step()
            sent += outcome is Outcome.SENT
            if outcome in _IDLE:
                return sent

    async def step(self) -> Outcome:
        """Free what is stale when it is time, and deliver the mail due for longest, if any."""
        now = self._clock()
        if self._next_upkeep is None or now >= self._next_upkeep:
            self._next_upkeep = now + self._pace.upkeep
            released = await self._in_thread(outbox.release_stale, now, self._pace.stale)
            if released:
                _log.info("mail.upkeep", released=released)
        mail = await self._in_thread(outbox.claim_due, self.name, now)
        return await self._handle(mail) if mail else Outcome.NOTHING_DUE

    async def _step(self) -> Outcome:
        try:
            return await self.step()
        except SQLAlchemyError as error:
            _log.error("mail.database_unavailable", error=mask(str(error)))
        except Exception:  # noqa: BLE001 - mails must go on being sent, whatever happened to one
            _log.error("mail.step_failed", trace=_trace())
        return Outcome.UNREACHABLE

    async def _handle(self, mail: OutboxMail) -> Outcome:
        reason = self._route.why_held(mail.recipient)
        if reason:
            _log.error("mail.held", reference=mail.reference, reason=reason)
            await self._in_thread(outbox.mark_held, mail, ("settings", reason))
            return Outcome.HELD
        try:
            return await self._send_while_claimed(mail)
        except DeliveryError as error:
            return await self._record_failure(mail, error)
        except (ValueError, LookupError) as error:
            # The row cannot become a mail; no later attempt could change that.
            unwritable = DeliveryError("message", str(error), permanent=True, unreachable=False)
            return await self._record_failure(mail, unwritable)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - one mail must not stop the others
            _log.error("mail.unexpected", reference=mail.reference, trace=_trace())
            unknown = DeliveryError("unexpected", repr(error), permanent=False, unreachable=True)
            return await self._record_failure(mail, unknown)

    async def _send_while_claimed(self, mail: OutboxMail) -> Outcome:
        accepted = asyncio.Event()
        sending = asyncio.ensure_future(self._send(mail, accepted))
        renewing = asyncio.ensure_future(self._renew_until_lost(mail))
        try:
            await asyncio.wait({sending, renewing}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done() or accepted.is_set():
                return await sending
            _log.error("mail.claim_lost", reference=mail.reference)
            return Outcome.CLAIM_LOST
        finally:
            await _end(sending)
            await _end(renewing)

    async def _send(self, mail: OutboxMail, accepted: asyncio.Event) -> Outcome:
        message = as_email(mail, self._route.sender)
        async with connected(self._server, self._route.sender.domain) as client:
            answer = await deliver(client, self._server, message)
            accepted.set()
            # From the server's yes to this commit a crash makes the mail go out once more.
            await self._record_sent(mail)
        told = {"reference": mail.reference, "attempts": mail.attempts}
        _log.info("mail.sent", answer=mask(answer), **told)
        return Outcome.SENT

    async def _record_sent(self, mail: OutboxMail) -> None:
        while True:
            try:
                await self._in_thread(outbox.mark_sent, mail, self._clock())
            except Exception as error:  # noqa: BLE001, PERF203 - the loop is for this alone
                # The mail is out: giving up here, for whatever reason, would send it twice.
                _log.error("mail.sent_not_recorded", error=mask(repr(error)))
                await asyncio.sleep(self._pace.idle.total_seconds())
            else:
                return

    async def _record_failure(self, mail: OutboxMail, error: DeliveryError) -> Outcome:
        words = (error.code, error.text)
        told = {"reference": mail.reference, "attempts": mail.attempts, "code": error.code}
        wait = self._pace.retry.wait(mail.attempts, self._jitter())
        if error.permanent or wait is None:
            _log.error("mail.failed", error=mask(error.text), **told)
            await self._in_thread(outbox.mark_permanent, mail, words)
            return Outcome.REFUSED
        _log.warning("mail.deferred", error=mask(error.text), wait=wait.total_seconds(), **told)
        await self._in_thread(outbox.mark_temporary, mail, words, self._clock(), wait)
        return Outcome.UNREACHABLE if error.unreachable else Outcome.DEFERRED

    async def _renew_until_lost(self, mail: OutboxMail) -> None:
        while True:
            await asyncio.sleep(self._pace.renewal.total_seconds())
            try:
                if not await self._in_thread(outbox.renew_claim, mail, self._clock()):
                    return
            except SQLAlchemyError as error:
                # Nobody else can take the mail either while the database is away.
                _log.warning("mail.claim_not_renewed", error=mask(str(error)))

    async def _in_thread(self, act: Callable[..., Any], *arguments: Any) -> Any:
        # The database is waited for in a thread: the web server goes on meanwhile.
        return await asyncio.to_thread(act, self._engine, *arguments)


def _trace() -> str:
    # Not _log.exception(): some log formats add every local variable, a mail's words among them.
    return mask(traceback.format_exc())


async def _end(task: asyncio.Future[Any]) -> None:
    task.cancel()
    await asyncio.wait({task})
