"""The comparison in words: Markdown for people (printed and kept), JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from bot.evaluation.figures import by_language
from bot.trial.figures import percentile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bot.comparison.measuring import Measured
    from bot.comparison.peers import Peer

Results = list[tuple["Peer", "Measured"]]

# Heading of a column -> name of the figure, as bot/evaluation/figures.py defines it.
UNDERSTANDING: Final = {
    "top-1": "top1",
    "in scope top-1": "in_scope_top1",
    "top-3": "top3",
    "right or offered": "right_or_offered",
    "out of scope declined": "out_of_scope_declined",
    "in scope declined": "in_scope_declined",
    "wrong with confidence": "wrong_with_confidence",
}
# Heading of a column -> name of the cost, and its digits after the point.
COSTS: Final = {
    "training, s": ("training_seconds", 0),
    "training, of processor, s": ("training_processor_seconds", 0),
    "training, peak MB": ("training_peak_megabytes", 0),
    "start, s": ("ready_seconds", 1),
    "start, of processor, s": ("ready_processor_seconds", 1),
    "memory, MB": ("megabytes", 0),
    "message p50, ms": ("milliseconds_p50", 1),
    "message p95, ms": ("milliseconds_p95", 1),
    "message, of processor, ms": ("processor_milliseconds", 1),
}


def costs(measured: Measured) -> dict[str, float]:
    """What one peer took: seconds, megabytes, milliseconds a message."""
    training, answered = measured.training, measured.answered
    return {
        "training_seconds": training.seconds,
        "training_processor_seconds": training.processor_seconds,
        "training_peak_megabytes": training.peak_megabytes,
        "ready_seconds": round(measured.ready_seconds, 2),
        "ready_processor_seconds": round(answered.ready_processor_seconds, 2),
        "megabytes": round(answered.megabytes, 1),
        "milliseconds_p50": round(percentile(answered.milliseconds, 50), 2),
        "milliseconds_p95": round(percentile(answered.milliseconds, 95), 2),
        "processor_milliseconds": round(answered.processor_milliseconds, 2),
    }


def as_markdown(results: Results, notes: Sequence[str]) -> str:
    """Two tables, and below them how each peer declines and when it was trained."""
    understanding = [
        [
            name,
            peer.name,
            language,
            *(_shown(asdict(one)[key], 3) for key in UNDERSTANDING.values()),
        ]
        for name in results[0][1].judged
        for peer, measured in results
        for language, one in by_language(measured.judged[name]).items()
    ]
    cost = [
        [peer.name, *(_shown(costs(measured)[name], digits) for name, digits in COSTS.values())]
        for peer, measured in results
    ]
    said = [
        f"- {peer.name} {peer.declines}. Trained on {measured.training.day}, when the "
        f"machine's load was {measured.training.load:g}."
        for peer, measured in results
    ]
    lines = [
        *(f"- {note}" for note in notes),
        "",
        *_table(["messages", "engine", "language", *UNDERSTANDING], understanding),
        "",
        *_table(["engine", *COSTS], cost),
        "",
        *said,
    ]
    return "\n".join(lines) + "\n"


def as_json(results: Results, notes: Sequence[str]) -> str:
    """The same figures, and every training as it was kept."""
    engines = {
        peer.key: {
            "name": peer.name,
            "declines": peer.declines,
            "sets": {
                name: {language: asdict(one) for language, one in by_language(judged).items()}
                for name, judged in measured.judged.items()
            },
            "costs": costs(measured),
            "training": asdict(measured.training),
        }
        for peer, measured in results
    }
    return json.dumps({"notes": list(notes), "engines": engines}, indent=2) + "\n"


def write(results: Results, notes: Sequence[str], directory: Path) -> Mapping[str, Path]:
    """Write compare.md and compare.json; gives back their places by ending."""
    directory.mkdir(parents=True, exist_ok=True)
    contents = {"md": as_markdown(results, notes), "json": as_json(results, notes)}
    paths = {ending: directory / f"compare.{ending}" for ending in contents}
    for ending, path in paths.items():
        path.write_text(contents[ending], encoding="utf-8")
    return paths


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _shown(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
