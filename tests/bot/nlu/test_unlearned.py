"""Examples that the encoder has learned are told from those it has not."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from bot.nlu.unlearned import unlearned

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """An encoder's folder that says it was tuned on one example."""
    origin = {
        "recipe": "r",
        "examples": 1,
        "examples_sha256": "",
        "seed": 7,
        "settings": {"epochs": 3},
        "versions": {},
        "figures": {},
    }
    (tmp_path / "artifact.json").write_text(json.dumps({"sha256": {}, "made_from": origin}))
    mark = hashlib.sha256(b"greet\thallo").hexdigest()[:10]
    (tmp_path / "learned.txt").write_text(mark + "\n")
    return tmp_path


def test_only_the_learned_example_with_its_label_is_known(encoder: Path) -> None:
    found = unlearned(["hallo", "dag", "hallo"], ["greet", "greet", "goodbye"], encoder)

    assert found.tolist() == [False, True, True]


def test_untouched_encoder_has_learned_nothing(encoder: Path) -> None:
    seal = encoder / "artifact.json"
    seal.write_text(seal.read_text().replace('"epochs": 3', '"epochs": 0'))

    assert unlearned(["hallo"], ["greet"], encoder).tolist() == [True]
