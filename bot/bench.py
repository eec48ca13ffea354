"""`make bench`: how soon it is ready, how large it is and how fast it answers, through the API.

A real server with a data folder that is thrown away, and the sentences of real visitors. Bounded:
a minute or two. Writes reports/bench.json.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from bot.settings import PROJECT, Settings
from bot.training import TrainingError, ensure_model
from bot.trial.check import check_milliseconds
from bot.trial.figures import percentile
from bot.trial.server import TrialError, TrialServer
from bot.trial.visitors import Visitor, read_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REPORT: Final = PROJECT / "reports" / "bench.json"

_ALONE: Final = 300  # messages of one client
_CHECKS: Final = 10  # eligibility checks of one client
_CLIENTS: Final = 16
_TURNS: Final = 25  # messages of each of them
_MESSAGES_A_VISIT: Final = 10


@dataclass(frozen=True)
class Figures:
    """What was measured; times in milliseconds unless they say otherwise."""

    ready_seconds: float
    memory_at_start_megabytes: int
    memory_at_end_megabytes: int
    one_client_p50: float
    one_client_p95: float
    check_p50: float  # a turn of the eligibility check, by typing
    check_p95: float
    clients: int
    messages_per_second: float
    clients_p50: float
    clients_p95: float
    messages: int
    errors: int


# What the figures must reach: (name, largest value).
GOALS: Final = (
    ("ready_seconds", 10.0),
    ("memory_at_end_megabytes", 350.0),
    ("one_client_p50", 30.0),
    ("check_p50", 30.0),
    ("errors", 0.0),
)


def main() -> int:
    """Measure, print and write; the exit status is 1 when something was answered by an error."""
    try:
        ensure_model(Settings.from_environment().model_directory, progress=True)
        with TrialServer() as server:
            figures = measure(server)
    except (TrainingError, TrialError) as error:
        print(f"cyber4sme: {error}", file=sys.stderr)
        return 1
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(asdict(figures), indent=2) + "\n", "utf-8")
    print("\n".join(report(figures)))
    return 1 if figures.errors else 0


def measure(server: TrialServer) -> Figures:
    """Ask as one visitor after the other, then as sixteen at once."""
    sentences = read_sentences()
    at_start = server.memory()
    alone = [
        Visitor(number, server.url, sentences, _MESSAGES_A_VISIT)
        for number in range(_ALONE // _MESSAGES_A_VISIT)
    ]
    faults = [fault for visitor in alone for fault in visitor.visit()]
    checks = check_milliseconds(server.url, _CHECKS)
    together = [Visitor(number, server.url, sentences, _TURNS) for number in range(_CLIENTS)]
    started = time.monotonic()
    with ThreadPoolExecutor(_CLIENTS) as pool:
        faults += [fault for found in pool.map(Visitor.visit, together) for fault in found]
    seconds = time.monotonic() - started
    for fault in faults:
        print(fault, file=sys.stderr)
    one, many = _times(alone), _times(together)
    return Figures(
        ready_seconds=server.seconds_to_ready,
        memory_at_start_megabytes=at_start,
        memory_at_end_megabytes=server.memory(),
        one_client_p50=round(percentile(one, 50), 1),
        one_client_p95=round(percentile(one, 95), 1),
        check_p50=round(percentile(checks, 50), 1),
        check_p95=round(percentile(checks, 95), 1),
        clients=_CLIENTS,
        messages_per_second=round(len(many) / seconds, 1),
        clients_p50=round(percentile(many, 50), 1),
        clients_p95=round(percentile(many, 95), 1),
        messages=len(one) + len(checks) + len(many),
        errors=len(faults),
    )


def report(figures: Figures) -> list[str]:
    """The figures, a line each, with what they must reach."""
    goals: Mapping[str, float] = dict(GOALS)
    lines = []
    for name, value in asdict(figures).items():
        line = f"{name.replace('_', ' '):28}{value:>10}"
        if name in goals:
            reached = "reached" if value <= goals[name] else "MISSED"
            line += f"   (at most {goals[name]:g}: {reached})"
        lines.append(line)
    return lines


def _times(visitors: Sequence[Visitor]) -> list[float]:
    return [one for visitor in visitors for one in visitor.milliseconds] or [float("inf")]


if __name__ == "__main__":
    sys.exit(main())
