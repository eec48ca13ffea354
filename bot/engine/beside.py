"""Work in a process of its own, on the other core, beside the work of this one."""

from __future__ import annotations

import multiprocessing
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Do `work` in a copy of this process, which leaves nothing but its files; wait at the end.

    Raises:
        Exception: what the work raised; or a ChildProcessError where the process died of it.
    """
    # A copy has all that was read and imported; what it is given need not be packed for it.
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_told, args=(work, sender))
    process.start()
    sender.close()
    try:
        yield
    except BaseException:
        process.terminate()
        raise
    finally:
        error, trace = _received(receiver)
        process.join()
    if error is not None:
        raise error from ChildProcessError(trace)


def _told(work: Callable[[], object], sender: Connection) -> None:
    try:
        work()
    except Exception as error:  # noqa: BLE001 - told to the process that waits
        sender.send((error, traceback.format_exc()))
    else:
        sender.send((None, ""))


def _received(receiver: Connection) -> tuple[Exception | None, str]:
    """The error, if any, and where it arose."""
    try:
        error, trace = receiver.recv()
    except EOFError:
        message = "A part of the training ended without a word: is memory short?"
        return ChildProcessError(message), ""
    return error, trace
