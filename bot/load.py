"""`make load`: fifty visitors at once for a minute, each checking that its conversation is its own.

`python -m bot.load [SECONDS]`. The exit status is 1 when anything was wrong.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from bot.settings import Settings
from bot.training import TrainingError, ensure_model
from bot.trial.figures import percentile
from bot.trial.server import TrialError, TrialServer
from bot.trial.visitors import Visitor, read_sentences

VISITORS: Final = 50
_SECONDS: Final = 60.0
_MESSAGES_A_VISIT: Final = 12


def main(arguments: list[str]) -> int:
    """Run the visitors, print what was measured and every fault."""
    seconds = float(arguments[0]) if arguments else _SECONDS
    try:
        ensure_model(Settings.from_environment().model_directory, progress=True)
        with TrialServer() as server:
            faults, milliseconds = load(server.url, seconds)
            memory = server.memory()
    except (TrainingError, TrialError) as error:
        sys.stderr.write(f"cyber4sme: {error}\n")
        return 1
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    sys.stdout.write(
        f"{VISITORS} visitors, {seconds:g} s: {len(milliseconds)} messages "
        f"({len(milliseconds) / seconds:.0f} a second), "
        f"p50 {percentile(milliseconds, 50):.0f} ms, p95 {percentile(milliseconds, 95):.0f} ms, "
        f"{memory} MB, {len(faults)} faults\n"
    )
    return 1 if faults else 0


def load(url: str, seconds: float) -> tuple[list[str], list[float]]:
    """Have visitors come and go for so long; return the faults, and how long each answer took."""
    until = time.monotonic() + seconds
    sentences = read_sentences()

    def come_and_go(place: int) -> list[Visitor]:
        visitors: list[Visitor] = []
        while time.monotonic() < until:
            number = place + VISITORS * len(visitors)
            visitors.append(Visitor(number, url, sentences, _MESSAGES_A_VISIT, until))
            faults.extend(visitors[-1].visit())
        return visitors

    faults: list[str] = []
    with ThreadPoolExecutor(VISITORS) as pool:
        gone = [
            visitor for visitors in pool.map(come_and_go, range(VISITORS)) for visitor in visitors
        ]
    return faults, [one for visitor in gone for one in visitor.milliseconds]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
