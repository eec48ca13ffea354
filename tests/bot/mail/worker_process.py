"""A worker as a process of its own, with the paces of a test; it is made to be killed.

Its arguments: the address of the database, the port of the SMTP server, and "once" to stop when
nothing is due any more. It ends with the tests, however those end: with them ends its input.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from threading import Thread

import structlog

from bot.database import engine_for
from bot.mail.worker import Worker
from tests.bot.mail.samples import QUICK, route_for


def end_with_the_tests() -> None:
    """Wait for the end of the input."""
    sys.stdin.read()
    os._exit(1)


def main() -> None:
    """Deliver what is due."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    Thread(target=end_with_the_tests, daemon=True).start()
    address, port, *how = sys.argv[1:]
    worker = Worker(engine_for(address), route_for(int(port)), QUICK)
    if how == ["once"]:
        print(asyncio.run(worker.drain()))  # noqa: T201 - what the test reads
    else:
        asyncio.run(worker.run(asyncio.Event()))


main()
