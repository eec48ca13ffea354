"""A graph that is trained without Rasa's cache is the one that Rasa trains."""

from __future__ import annotations

import os
import tarfile
from typing import TYPE_CHECKING

import pytest
from rasa.engine.exceptions import GraphComponentException
from rasa.shared.exceptions import InvalidConfigException, YamlException

from bot.engine.light_trainer import train_graph

if TYPE_CHECKING:
    from pathlib import Path

# Rasa says so of every domain that has slots.
pytestmark = pytest.mark.filterwarnings("ignore:Slot auto-fill")

FILES = {
    "config.yml": """
recipe: default.v1
assistant_id: small
language: nl
pipeline: [{name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
""",
    "domain.yml": """
version: "3.1"
intents: [greet, goodbye]
slots: {known: {type: bool, mappings: [{type: custom}]}}
responses: {utter_greet: [{text: dag}]}
""",
    "data/nlu.yml": """
version: "3.1"
nlu:
- intent: greet
  examples: |
    - dag
    - hallo
- intent: goodbye
  examples: |
    - tot ziens
    - salut
""",
    "data/rules.yml": """
version: "3.1"
rules:
- rule: greet
  steps:
  - intent: greet
  - slot_was_set: [{known: true}]
  - action: utter_greet
""",
}


def _train(folder: Path, **changed: str) -> Path:
    for name, content in {**FILES, **changed}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content.lstrip(), "utf-8")
    model = folder / "model.tar.gz"
    train_graph(folder / "config.yml", folder / "domain.yml", [folder / "data"], model)
    return model


def test_the_archive_holds_the_trained_parts(tmp_path: Path) -> None:
    with tarfile.open(_train(tmp_path)) as archive:
        names = {name.removeprefix("./") for name in archive.getnames()}

    parts = {name.split("/")[1] for name in names if name.startswith("components/")}
    assert "metadata.json" in names
    assert {"domain_provider", "train_KeywordIntentClassifier0", "train_RulePolicy0"} <= parts


def test_a_slot_that_the_domain_does_not_name_is_told(tmp_path: Path) -> None:
    rules = FILES["data/rules.yml"].replace("known", "unknown")

    with pytest.raises(
        InvalidConfigException, match="slots that domain.yml does not name: unknown"
    ):
        _train(tmp_path, **{"data/rules.yml": rules})


def test_a_broken_file_of_examples_is_told(tmp_path: Path) -> None:
    with pytest.raises(YamlException, match="nlu.yml"):
        _train(tmp_path, **{"data/nlu.yml": FILES["data/nlu.yml"].replace("|", "[", 1)})


def test_what_needs_the_examples_alone_is_trained_beside_the_rest(tmp_path: Path) -> None:
    aside = "{name: tests.bot.engine.aside.Aside}"
    pipeline = FILES["config.yml"].replace("pipeline: [", f"pipeline: [{aside}, ")

    with tarfile.open(_train(tmp_path, **{"config.yml": pipeline})) as archive:
        names = [name for name in archive.getnames() if name.endswith("process")]
        file = archive.extractfile(names[0])
        assert file is not None
        trained_in = int(file.read())

    assert trained_in != os.getpid()


def test_fault_beside_the_rest_is_told(tmp_path: Path) -> None:
    aside = "{name: tests.bot.engine.aside.Aside, fails: true}"
    pipeline = FILES["config.yml"].replace("pipeline: [", f"pipeline: [{aside}, ")

    with pytest.raises(GraphComponentException, match="Aside") as told:
        _train(tmp_path, **{"config.yml": pipeline})

    assert "no words for this language" in str(told.value.__cause__)
