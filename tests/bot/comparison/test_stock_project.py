"""The project of `rasa init` with our examples in it, as Rasa itself reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
import rasa.engine.recipes
import yaml
from rasa.shared.importers.importer import TrainingDataImporter

from bot.comparison.stock_project import config, make_project, rules, stories
from tests.bot.comparison.tiny import ROWS

LABELS = ["faq/amounts", "faq/deadline", "greet", "restart"]


def importer(project: Path) -> TrainingDataImporter:
    return TrainingDataImporter.load_from_config(
        str(project / "config.yml"), str(project / "domain.yml"), [str(project / "data")]
    )


def test_rasa_reads_every_example_with_its_label(tmp_path: Path) -> None:
    make_project(tmp_path / "project", ROWS)

    found = importer(tmp_path / "project").get_nlu_data().intent_examples

    assert sorted((one.get("text"), one.get_full_intent()) for one in found) == sorted(
        (row["text"], row["label"]) for row in ROWS
    )


@pytest.mark.filterwarnings("ignore:The following duplicated:UserWarning")  # Rasa's own utter_faq
def test_rasa_knows_the_intents_and_only_ours(tmp_path: Path) -> None:
    make_project(tmp_path / "project", ROWS)

    domain = importer(tmp_path / "project").get_domain()

    intents = set(domain.intents) - {"back", "restart", "session_start", "nlu_fallback"}
    assert intents == {"faq", "greet", "out_of_scope"}
    assert domain.retrieval_intents == ["faq"]


def test_the_pipeline_is_the_one_rasa_takes_by_itself() -> None:
    own = Path(rasa.engine.recipes.__path__[0]) / "config_files" / "default_config.yml"

    assert config(100) == yaml.safe_load(own.read_text("utf-8"))


def test_the_networks_of_the_pipeline_may_see_the_examples_less_often() -> None:
    found = {one["name"]: one["epochs"] for one in config(7)["pipeline"] if "epochs" in one}

    assert found == {"DIETClassifier": 7, "ResponseSelector": 7}


def test_a_project_is_made_anew(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "left.txt").write_text("from before", "utf-8")

    make_project(project, ROWS)

    assert not (project / "left.txt").exists()


def test_topics_of_one_intent_share_a_rule_and_restart_is_left_to_rasa() -> None:
    assert [one["rule"] for one in rules(LABELS)["rules"]] == ["faq", "greet", "nlu_fallback"]


def test_the_story_goes_through_the_same_intents() -> None:
    assert stories(LABELS)["stories"][0]["steps"] == [
        {"intent": "faq"},
        {"action": "utter_faq"},
        {"intent": "greet"},
        {"action": "utter_greet"},
    ]
