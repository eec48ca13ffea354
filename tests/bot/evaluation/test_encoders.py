"""Encoders are measured alike: on messages that no classifier has learned."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from bot.encoder.artifact import ARTIFACT
from bot.encoder.examples import Examples
from bot.encoder.judging import few_shot_accuracy
from bot.encoder.runtime import MessageEncoder
from bot.evaluation.encoders import (
    FEW_SHOT,
    Row,
    as_markdown,
    in_a_hurry,
    main,
    measured,
    write,
)
from bot.evaluation.figures import by_language, figures
from bot.evaluation.messages import Message
from tests.bot.evaluation.made import DECLINED, judged
from tests.bot.nlu.small_catalogue import examples

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

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
ROW = Row("small", 22.96, 1.84, 0.4771, figures(JUDGED), figures(JUDGED[:2]), by_language(JUDGED))


def row(folder: Path = ARTIFACT) -> Row:
    return measured(folder, "name", EXAMPLES, VISITORS, lambda text: text.startswith("Wie"))


def test_an_encoder_is_measured_on_a_held_fold_and_on_visitors() -> None:
    found = row()

    assert found.held.messages == 20
    assert found.held.top1 is not None
    assert found.held.top1 > 0.8
    assert found.mistyped.messages == 20
    assert found.mistyped.top1 is not None
    assert found.mistyped.top1 > 0.6
    assert list(found.visitors) == ["nl", "fr"]
    assert [one.messages for one in found.visitors.values()] == [1, 2]
    assert found.visitors["nl"].in_scope_top1 == 1.0
    assert found.visitors["fr"].out_of_scope_declined == 1.0
    assert found.few_shot_top1 == round(few_shot_accuracy(MessageEncoder(), FEW_SHOT), 4)
    assert found.processor_milliseconds > 0


def variants(text: str) -> list[str]:
    return [in_a_hurry(text, np.random.default_rng(seed)) for seed in range(200)]


def test_in_a_hurry_one_letter_is_wrong() -> None:
    wrong = [sum(a != b for a, b in zip(one, "wat nu", strict=True)) for one in variants("wat nu")]

    assert set(wrong) == {0, 1}  # 0: now and then it is the right one that is struck
    assert sum(wrong) > 180


def test_in_a_hurry_accents_capitals_and_end_marks_go_half_of_the_time() -> None:
    found = variants("Één?")

    assert 60 < sum(one.endswith("?") for one in found) < 140
    assert 60 < sum(one.lower() == one for one in found) < 140
    assert 60 < sum(one.isascii() for one in found) < 160


def test_in_a_hurry_a_text_without_letters_stays() -> None:
    assert set(variants("49 %")) == {"49 %"}


def test_the_table_shows_each_figure_in_its_column() -> None:
    lines = as_markdown([ROW]).splitlines()

    assert lines[0].startswith("| encoder | MB | ms p50, of processor | few-shot |")
    assert lines[1] == "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    assert lines[2:] == [
        "| small | 23 | 1.8 | 0.477 | 0.750 | 0.500 | 0.500 / 1.000 | 0.500 / 1.000 | 1.000 / - |"
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
