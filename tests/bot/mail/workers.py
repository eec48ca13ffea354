"""A worker whose clock the test moves, and what became of its one mail."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

from bot.mail import upkeep
from bot.mail.worker import Outcome, Worker
from tests.bot.mail.samples import NOW, QUICK, route_for

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Engine

    from bot.mail.outbox import OutboxMail


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the moment at which it stands."""
        return self.now


def worker_for(engine: Engine, port: int, clock: Clock | None = None, **changes: float) -> Worker:
    route = route_for(port, **changes)
    return Worker(engine, route, QUICK, clock or Clock(), jitter=lambda: 0.5)


def step(worker: Worker) -> Outcome:
    return asyncio.run(worker.step())


def only_mail(engine: Engine) -> OutboxMail:
    (mail,) = upkeep.list_mails(engine)
    return mail


def free_port() -> int:
    with socket.socket() as closed_again:
        closed_again.bind(("127.0.0.1", 0))
        return int(closed_again.getsockname()[1])
