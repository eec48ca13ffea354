"""Stock Rasa beside ours in one run, where `make compare` has set it up and trained it."""

from __future__ import annotations

import json
import time
from statistics import median
from typing import TYPE_CHECKING, Final

from bot.comparison.__main__ import WORK
from bot.comparison.exchange import read_answered
from bot.comparison.measuring import filled, run
from bot.comparison.peers import OURS, peers
from bot.comparison.rasa_peer import MODEL
from bot.evaluation.messages import visitor_messages

if TYPE_CHECKING:
    from pathlib import Path

    from bot.bench.figures import Figures
    from bot.comparison.peers import Peer

STOCK: Final = "stock_rasa"


def beside_stock_rasa(model: Path, folder: Path) -> dict[str, Figures] | None:
    """What both take to start and to understand the visitors' messages, and the ratios; or None.

    Raises:
        PeerError, ExchangeError: one of them failed.
    """
    both = {peer.key: peer for peer in peers()}
    trained = WORK / STOCK / f"{MODEL}.tar.gz"
    if not trained.exists():
        return None
    found = {}
    for key, its_model in ((OURS, model), (STOCK, trained)):
        place = folder / key
        place.mkdir(parents=True)
        (place / trained.name).symlink_to(its_model)
        found[key] = _asked(both[key], place)
    ratios = {name: round(found[STOCK][name] / value, 1) for name, value in found[OURS].items()}
    return {**found, "times_as_much": ratios}


def _asked(peer: Peer, folder: Path) -> Figures:
    messages = visitor_messages()
    asked, answers = folder / "messages.json", folder / "answers.json"
    told = [{"text": one.text, "language": one.language} for one in messages]
    asked.write_text(json.dumps(told), "utf-8")
    started = time.time()
    places = {"folder": folder, "messages": asked, "answers": answers}
    run(peer, filled(peer.answer, places), folder)
    answered = read_answered(answers, len(messages))
    return {
        "ready_seconds": round(answered.ready_at - started, 1),
        "megabytes": round(answered.megabytes),
        "message_p50": round(median(answered.milliseconds), 1),
        "message_processor": round(answered.processor_milliseconds, 1),
    }
