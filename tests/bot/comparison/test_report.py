"""The comparison shows every engine's figures, in words and for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from bot.comparison.exchange import Answer, Answered
from bot.comparison.measuring import Measured, Training
from bot.comparison.peers import peers
from bot.comparison.report import Results, as_markdown, costs, write
from tests.bot.evaluation.made import DECLINED, judged

if TYPE_CHECKING:
    from pathlib import Path

TRAINING = Training("abc", "2026-01-02", 12.4, 11.6, 200.2, 1.5)
ANSWERED = Answered(
    10.0, 0.3, 80.25, (1.0, 2.0, 9.0), 1.25, (Answer((("greet", 1.0),), "sure"),) * 3
)
JUDGED = (
    judged("greet", ["greet", "thank"]),
    judged("thank", ["greet", "thank"]),
    judged("greet", ["out_of_scope", "greet"], DECLINED, language="fr"),
)


@pytest.fixture
def results() -> Results:
    return [
        (peers()[0], Measured(TRAINING, 0.456, ANSWERED, {"visitors": JUDGED, "fresh": JUDGED[:1]}))
    ]


def test_the_costs_are_seconds_megabytes_and_milliseconds(results: Results) -> None:
    assert costs(results[0][1]) == {
        "training_seconds": 12.4,
        "training_processor_seconds": 11.6,
        "training_peak_megabytes": 200.2,
        "ready_seconds": 0.46,
        "ready_processor_seconds": 0.3,
        "megabytes": 80.2,
        "milliseconds_p50": 2.0,
        "milliseconds_p95": 9.0,
        "processor_milliseconds": 1.25,
    }


def test_the_tables_hold_each_language_and_the_costs(results: Results) -> None:
    lines = as_markdown(results, ["a note"]).splitlines()

    assert lines[0] == "- a note"
    assert [line for line in lines if "| this assistant |" in line] == [
        "| visitors | this assistant | nl | 0.500 | 0.500 | 1.000 | 0.500 | - | 0.000 | 0.500 |",
        "| visitors | this assistant | fr | 0.000 | 0.000 | 1.000 | 0.000 | - | 1.000 | 0.000 |",
        "| fresh | this assistant | nl | 1.000 | 1.000 | 1.000 | 1.000 | - | 0.000 | 0.000 |",
        "| this assistant | 12 | 12 | 200 | 0.5 | 0.3 | 80 | 2.0 | 9.0 | 1.2 |",
    ]
    assert lines[-1] == (
        "- this assistant asks back or declines by thresholds chosen on its examples. "
        "Trained on 2026-01-02, when the machine's load was 1.5."
    )


def test_programs_read_the_same_figures(results: Results, tmp_path: Path) -> None:
    paths = write(results, ["a note"], tmp_path / "reports")

    found = json.loads(paths["json"].read_text("utf-8"))
    assert found["notes"] == ["a note"]
    assert found["engines"]["ours"]["sets"]["visitors"]["nl"]["top1"] == 0.5
    assert found["engines"]["ours"]["costs"] == costs(results[0][1])
    assert found["engines"]["ours"]["training"] == asdict(TRAINING)
    assert paths["md"].read_text("utf-8") == as_markdown(results, ["a note"])
