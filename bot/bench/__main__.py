"""`make bench`: what the engine costs, measured on a real server whose data is thrown away.

Writes reports/bench.json and reports/bench.png. The sentences are those of real visitors. With
`--quick` the parts that take minutes are left out: training, and a hundred thousand conversations.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.bench.disk import environment_megabytes
from bot.bench.figures import told
from bot.bench.growing import long_conversation, many_conversations
from bot.bench.plot import write_plot
from bot.bench.serving import serving
from bot.bench.stock import beside_stock_rasa
from bot.bench.training import training
from bot.comparison.exchange import ExchangeError
from bot.comparison.measuring import PeerError
from bot.settings import PROJECT, Settings
from bot.training import TrainingError, ensure_model
from bot.trial.client import RefusedError
from bot.trial.server import TrialError, TrialServer

if TYPE_CHECKING:
    from bot.bench.figures import Figures

REPORTS: Final = PROJECT / "reports"
STORED: Final = 100_000


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and write; the exit status is 1 when something was answered by an error."""
    chosen = _parser().parse_args(arguments)
    try:
        model = ensure_model(Settings.from_environment().model_directory, progress=True)
        figures, times = _measured(chosen.stored, quick=chosen.quick)
        with tempfile.TemporaryDirectory() as folder:
            stock = beside_stock_rasa(model, Path(folder))
    except (TrainingError, TrialError, PeerError, ExchangeError, RefusedError) as error:
        print(f"cyber4sme: {error}", file=sys.stderr)
        return 1
    chosen.reports.mkdir(parents=True, exist_ok=True)
    content = {"day": time.strftime("%Y-%m-%d"), "figures": figures, "beside_stock_rasa": stock}
    (chosen.reports / "bench.json").write_text(json.dumps(content, indent=2) + "\n", "utf-8")
    write_plot(figures, times, chosen.reports / "bench.png")
    print("\n".join(told(figures)))
    print(f"stock Rasa beside it: {json.dumps(stock) if stock else 'not there (make compare)'}")
    return 1 if figures["errors"] else 0


def _measured(stored: int, *, quick: bool) -> tuple[Figures, list[float]]:
    figures: Figures = {"load_before": round(os.getloadavg()[0], 1)}
    figures["environment_megabytes"] = environment_megabytes()
    _tell("one visitor, then sixteen")
    with TrialServer() as server:
        found, faults, times = serving(server)
        figures |= found
    for fault in faults:
        print(fault, file=sys.stderr)
    _tell("a conversation of 500 turns")
    with TrialServer() as server:
        figures |= long_conversation(server)
    if not quick:
        _tell(f"{stored:,} conversations in the store")
        with TrialServer() as server:
            figures |= many_conversations(server, stored)
        _tell("training, and training again after a changed line")
        figures |= training()
    return figures, times


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without what takes minutes")
    parser.add_argument("--stored", type=int, default=STORED, help="conversations in the store")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="folder of the report")
    return parser


def _tell(line: str) -> None:
    print(time.strftime("%H:%M:%S"), line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
