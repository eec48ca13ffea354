"""The report is whole, in one file, and shows what was missed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.evaluation.ablation import Row
from bot.evaluation.data_quality import Quality
from bot.evaluation.figures import figures
from bot.evaluation.report import Results, as_html, as_json, as_text, write
from bot.nlu.decision import Thresholds
from tests.bot.evaluation.made import judged

if TYPE_CHECKING:
    from pathlib import Path

JUDGED = [
    judged("greet", ["greet", "thank"]),
    judged("thank", ["greet", "thank"], language="fr"),
]


@pytest.fixture
def results() -> Results:
    quality = Quality(
        copies_within=[],
        copies_across=[],
        echoes=[],
        close_entries=[("greet", "thank", 0.5)],
        monotonous=[("greet", "nl", 0.1)],
        doubtful=[("<b>dag</b>", "nl", "greet", "thank", 0.99)],
        styles={"nl": {"terse (1-4 words)": 0.5}, "fr": {"terse (1-4 words)": 0.25}},
        counts={"greet": {"nl": 1, "fr": 2}},
    )
    row = Row("as deployed", figures(JUDGED), figures(JUDGED))
    return Results({"our examples": JUDGED}, ["a note"], Thresholds(0.7, 0.3), quality, [row])


def test_text_shows_figures_wishes_and_difference(results: Results) -> None:
    lines = [" ".join(line.split()) for line in as_text(results).splitlines()]

    assert "in_scope_top1 1.000 0.000 >= 0.88" in lines
    assert "language difference 1.000 <= 0.03" in lines
    assert "most confused: thank -> greet (1)" in lines


def test_json_holds_every_figure(results: Results) -> None:
    content = json.loads(as_json(results))

    languages = content["sets"]["our examples"]["languages"]
    assert languages["nl"]["top1"] == 1.0
    assert languages["fr"]["wrong_with_confidence"] == 1.0
    assert content["thresholds"] == {"sure": 0.7, "decline": 0.3}
    assert content["quality"]["doubtful_labels"] == 1
    assert content["ablation"][0]["name"] == "as deployed"


def test_page_needs_nothing_else_and_escapes_what_people_typed(results: Results) -> None:
    page = as_html(results)

    assert page.count("data:image/png;base64,") == 2
    assert "&lt;b&gt;dag&lt;/b&gt;" in page
    assert "<b>dag</b>" not in page
    assert "http" not in page


def test_page_marks_a_missed_figure(results: Results) -> None:
    assert '<td class="missed">0.000</td>' in as_html(results)


def test_both_files_are_written(results: Results, tmp_path: Path) -> None:
    write(results, tmp_path / "reports")

    written = sorted(path.name for path in (tmp_path / "reports").iterdir())
    assert written == ["evaluation.html", "evaluation.json"]
