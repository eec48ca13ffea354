"""Examples that are merged lightly are those that Rasa merges heavily."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.light_examples import merge_lightly

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def _lightly() -> Iterator[None]:
    usual = TrainingData.sanitize_examples
    merge_lightly()
    yield
    del Message.__deepcopy__
    TrainingData.sanitize_examples = staticmethod(usual)


def _data(*texts: str) -> TrainingData:
    return TrainingData([Message({"text": text, "intent": " greet "}) for text in texts])


def _merged() -> list[dict[str, str]]:
    merged = _data("hallo", "dag", "hallo").merge(_data("dag", "bonjour"), None)
    return [example.as_dict() for example in merged.training_examples]


def test_merged_examples_are_rasas(request: pytest.FixtureRequest) -> None:
    rasas = _merged()

    request.getfixturevalue("_lightly")

    assert _merged() == rasas
    assert [row["text"] for row in rasas] == ["hallo", "dag", "bonjour"]
    assert {row["intent"] for row in rasas} == {"greet"}


@pytest.mark.usefixtures("_lightly")
def test_what_is_set_on_a_copy_stays_there() -> None:
    example = Message({"text": "hallo", "intent": "greet"})
    fingerprint = example.fingerprint()

    copied = copy.deepcopy(example)
    copied.set("tokens", ["hallo"], add_to_output=True)

    assert example.get("tokens") is None
    assert example.fingerprint() == fingerprint != copied.fingerprint()
    assert "tokens" not in example.output_properties
