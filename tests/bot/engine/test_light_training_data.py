"""Examples that are merged lightly are those that Rasa merges heavily."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest
from rasa.shared.exceptions import YamlException
from rasa.shared.nlu.training_data.formats import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.engine.light_training_data import LightImporter, LightReader, MergedOnce, merge_lightly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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


PLAIN = """version: "3.1"
nlu:
- intent: faq/deadline
  metadata:
    language: nl
  examples: |
    - tot wanneer
    - te laat?
"""


def test_a_plain_file_is_read_as_rasa_reads_it() -> None:
    ours, rasas = LightReader().reads(PLAIN), RasaYAMLReader().reads(PLAIN)

    assert [e.as_dict() for e in ours.training_examples] == [
        e.as_dict() for e in rasas.training_examples
    ]
    assert [e.get("text") for e in ours.training_examples] == ["tot wanneer", "te laat?"]


@pytest.mark.parametrize(
    "broken",
    [
        PLAIN.replace("intent: faq", "intents: faq"),
        PLAIN.replace("examples: |", "examples: ["),
        PLAIN.replace("faq/deadline", "7"),
    ],
)
def test_a_broken_file_gets_rasas_own_error(broken: str) -> None:
    with pytest.raises(YamlException) as ours:
        LightReader().reads(broken)
    with pytest.raises(YamlException) as rasas:
        RasaYAMLReader().reads(broken)

    assert str(ours.value) == str(rasas.value)


def test_a_form_of_file_that_is_not_ours_is_read_all_the_same() -> None:
    synonyms = PLAIN + "- synonym: budget\n  examples: |\n    - geld\n"

    assert LightReader().reads(synonyms).entity_synonyms == {"geld": "budget"}


def test_files_are_read_once(tmp_path: Path) -> None:
    file = tmp_path / "nlu.yml"
    file.write_text(PLAIN, "utf-8")
    domain = tmp_path / "domain.yml"
    domain.write_text("version: '3.1'\nintents: [greet]\n", "utf-8")
    importer = LightImporter(None, str(domain), [str(tmp_path)])
    first = importer.get_nlu_data()
    assert "greet" in importer.get_domain().intents

    file.unlink()
    domain.unlink()

    assert importer.get_nlu_data(language="nl") is first
    assert len(first.training_examples) == 2
    assert "greet" in importer.get_domain().intents


def test_examples_are_merged_once_whatever_language_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nlu.yml"
    path.write_text(PLAIN, "utf-8")
    importer = MergedOnce(LightImporter(None, None, [str(path)]))

    found = importer.get_nlu_data(language="nl")

    assert found is importer.get_nlu_data() is importer.get_nlu_data("fr")
    assert {example.get("text") for example in found.intent_examples}
