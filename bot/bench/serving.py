"""How soon the server is ready, how large it is, how fast it answers one and 16 visitors."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.trial.check import check_milliseconds
from bot.trial.figures import percentile
from bot.trial.visitors import Visitor, read_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.bench.figures import Figures
    from bot.trial.server import TrialServer

ALONE: Final = 300  # messages of one visitor after the other
_CHECKS: Final = 10  # eligibility checks of one visitor
TOGETHER: Final = 16  # visitors at once
_TURNS: Final = 25  # messages of each of them
_MESSAGES_A_VISIT: Final = 10
_TICKS: Final = os.sysconf("SC_CLK_TCK")


def serving(server: TrialServer) -> tuple[Figures, list[str], list[float]]:
    """The figures, what went wrong, and the milliseconds of each message of one visitor."""
    sentences = read_sentences()
    at_start, processor = server.memory(), processor_seconds(server.process.pid)
    alone = [
        Visitor(number, server.url, sentences, _MESSAGES_A_VISIT)
        for number in range(ALONE // _MESSAGES_A_VISIT)
    ]
    faults = [fault for visitor in alone for fault in visitor.visit()]
    spent = processor_seconds(server.process.pid) - processor
    checks = check_milliseconds(server.url, _CHECKS)
    together = [Visitor(number, server.url, sentences, _TURNS) for number in range(TOGETHER)]
    started = time.monotonic()
    with ThreadPoolExecutor(TOGETHER) as pool:
        faults += [fault for found in pool.map(Visitor.visit, together) for fault in found]
    seconds = time.monotonic() - started
    one, many = _times(alone), _times(together)
    figures: Figures = {
        "ready_seconds": server.seconds_to_ready,
        "memory_at_start": at_start,
        "memory_at_end": server.memory(),
        "memory_of_all_processes": sum(map(_megabytes, family(server.process.pid))),
        "alone_p50": round(percentile(one, 50), 1),
        "alone_p95": round(percentile(one, 95), 1),
        "alone_processor": round(spent * 1000 / len(one), 1),
        "check_p50": round(percentile(checks, 50), 1),
        "check_p95": round(percentile(checks, 95), 1),
        "together_per_second": round(len(many) / seconds, 1),
        "together_p50": round(percentile(many, 50), 1),
        "together_p95": round(percentile(many, 95), 1),
        "errors": len(faults),
    }
    return figures, faults, one


def processor_seconds(process: int) -> float:
    """What a process has used of the processor: hardly changed by other work on the machine."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def family(process: int) -> Iterator[int]:
    """A process and all that it has started."""
    yield process
    children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    for child in children.split():
        yield from family(int(child))


def _megabytes(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) // 1024
    return 0


def _times(visitors: Sequence[Visitor]) -> list[float]:
    return [one for visitor in visitors for one in visitor.milliseconds] or [float("inf")]
