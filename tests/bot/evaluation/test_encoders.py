"""Encoders are measured alike: on messages that neither they nor the classifier have learned."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.encoder.artifact import ARTIFACT, origin_of, seal
from bot.encoder.examples import Examples
from bot.encoder.freshness import keep_learned
from bot.encoder.judging import few_shot_accuracy
from bot.encoder.runtime import MessageEncoder
from bot.evaluation.encoders import FEW_SHOT, Row, as_markdown, main, measured, write
from bot.evaluation.figures import by_language, figures
from bot.evaluation.messages import Message
from tests.bot.evaluation.made import DECLINED, judged
from tests.bot.nlu.small_catalogue import examples

TEXTS, LABELS = examples()
EXAMPLES = Examples(TEXTS, LABELS, ["nl"] * len(TEXTS))
VISITORS = [
    Message("hoeveel geld was er 2", "nl", "faq/budget"),
    Message("bonjour à tous 3", "fr", "greet"),
    Message("Wie viel Geld war es?", "fr", "out_of_scope"),
]
JUDGED = [
    judged("greet", ["greet", "thank"]),
    judged("thank", ["greet", "thank"]),
    judged("out_of_scope", ["out_of_scope", "greet"], DECLINED),
    judged("greet", ["greet", "thank"], language="fr"),
]
ROW = Row("small", 22.96, 1.84, 0.4771, figures(JUDGED), by_language(JUDGED))


def row(folder: Path = ARTIFACT) -> Row:
    return measured(folder, "name", EXAMPLES, VISITORS, lambda text: text.startswith("Wie"))


@pytest.fixture
def fine_tuned(tmp_path: Path) -> Path:
    """The committed encoder, saying that it learned every example about greeting."""
    folder = Path(shutil.copytree(ARTIFACT, tmp_path / "tuned"))
    greetings = [place for place, label in enumerate(LABELS) if label == "greet"]
    texts = [TEXTS[place] for place in greetings]
    keep_learned(folder, Examples(texts, ["greet"] * len(texts), ["nl"] * len(texts)))
    seal(folder, replace(origin_of(folder), settings={"epochs": 1}))
    return folder


def test_an_encoder_is_measured_on_a_held_fold_and_on_visitors() -> None:
    found = row()

    assert found.held.messages == 20
    assert found.held.top1 is not None
    assert found.held.top1 > 0.8
    assert list(found.visitors) == ["nl", "fr"]
    assert [one.messages for one in found.visitors.values()] == [1, 2]
    assert found.visitors["nl"].in_scope_top1 == 1.0
    assert found.visitors["fr"].out_of_scope_declined == 1.0
    assert found.few_shot_top1 == round(few_shot_accuracy(MessageEncoder(), FEW_SHOT), 4)
    assert found.processor_milliseconds > 0


def test_what_an_encoder_learned_does_not_judge_it(fine_tuned: Path) -> None:
    assert row(fine_tuned).held.messages == 15


def test_the_table_shows_each_figure_in_its_column() -> None:
    lines = as_markdown([ROW]).splitlines()

    assert lines[0].startswith("| encoder | MB | ms p50, of processor | few-shot |")
    assert lines[1] == "| --- | --- | --- | --- | --- | --- | --- | --- |"
    assert lines[2:] == [
        "| small | 23 | 1.8 | 0.477 | 0.750 | 0.500 / 1.000 | 0.500 / 1.000 | 1.000 / - |"
    ]


def test_what_is_written_can_be_read_back(tmp_path: Path) -> None:
    write([ROW], tmp_path / "reports")

    rows = json.loads((tmp_path / "reports" / "encoders.json").read_text("utf-8"))
    assert [one["name"] for one in rows] == ["small"]
    assert rows[0]["visitors"]["nl"]["in_scope_top1"] == 0.5
    assert (tmp_path / "reports" / "encoders.md").read_text("utf-8") == as_markdown([ROW])


def test_a_folder_without_an_encoder_is_named_before_anything_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main([str(tmp_path / "absent"), "--reports", str(tmp_path)])

    assert status == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'absent' / 'artifact.json'} is missing")
    assert list(tmp_path.iterdir()) == []
