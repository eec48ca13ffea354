"""`make compare`: other engines on our examples, beside ours; writes reports/compare.md and .json.

The first time it installs Rasa with TensorFlow (2.5 GB) and NLP.js and trains them, which takes
an hour or two; later it only asks them again, unless examples or engines changed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.comparison.exchange import ExchangeError
from bot.comparison.measuring import PeerError, measured
from bot.comparison.peers import peers
from bot.comparison.report import as_markdown, write
from bot.comparison.stock_project import EPOCHS
from bot.encoder.examples import ExamplesError, read_examples
from bot.evaluation.messages import EXAMPLES, FRESH, VISITORS, MessagesError, visitor_messages
from bot.settings import PROJECT

if TYPE_CHECKING:
    from bot.comparison.report import Results

WORK: Final = PROJECT / ".cache" / "comparison"
REPORTS: Final = PROJECT / "reports"


def main(arguments: list[str] | None = None) -> int:
    """Measure one engine after the other; 0 unless one could not be measured."""
    chosen = _parser().parse_args(arguments)
    results: Results = []
    before = os.getloadavg()[0]
    try:
        examples = read_examples(EXAMPLES)
        sets = {"visitors": visitor_messages(VISITORS), "fresh": visitor_messages(FRESH)}
        for peer in peers(chosen.stock_epochs):
            if peer.key in (chosen.only or [peer.key]):
                _tell(f"{peer.name} ...")
                folder = WORK / peer.key
                found = measured(peer, examples, sets, folder, again=chosen.train_again)
                results.append((peer, found))
    except (ExamplesError, ExchangeError, MessagesError, PeerError) as error:
        print(error, file=sys.stderr)
        return 1
    load = (before + os.getloadavg()[0]) / 2
    asked = ", ".join(f"{name}: {len(messages)}" for name, messages in sets.items())
    notes = [
        f"{len(examples.texts)} examples learned; messages asked: {asked}.",
        f"Asked on {time.strftime('%Y-%m-%d')}; the machine's load was {load:.1f}.",
    ]
    paths = write(results, notes, chosen.reports)
    print(as_markdown(results, notes))
    print(f"Written: {', '.join(map(str, paths.values()))}")
    return 0


def _parser() -> argparse.ArgumentParser:
    keys = [peer.key for peer in peers()]
    parser = argparse.ArgumentParser(prog="python -m bot.comparison", description=__doc__)
    parser.add_argument(
        "--only", choices=keys, action="append", help="this engine (may be given more than once)"
    )
    parser.add_argument("--reports", type=Path, default=REPORTS, help="folder of the report")
    parser.add_argument(
        "--stock-epochs", type=int, default=EPOCHS, help="of stock Rasa's networks (100)"
    )
    parser.add_argument("--train-again", action="store_true", help="also what is trained already")
    return parser


def _tell(line: str) -> None:
    print(time.strftime("%H:%M:%S"), line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
