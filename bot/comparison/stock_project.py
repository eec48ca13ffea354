"""A Rasa project as `rasa init` makes it, with our training examples in it.

Its pipeline and policies are those that Rasa takes where a config.yml names none, as the one of
`rasa init` does; only how often the two networks see the examples can be chosen.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RETRIEVED = "/"  # in faq/deadline: a topic of the intent faq, told apart by ResponseSelector
EPOCHS = 100  # of Rasa's default pipeline
BY_RASA = {"restart"}  # intents of ours that Rasa itself has a rule for
FALLBACK = "nlu_fallback"  # what Rasa's FallbackClassifier calls an unclear message


def make_project(folder: Path, examples: Sequence[Mapping[str, str]], epochs: int = EPOCHS) -> None:
    """Make the project anew in `folder`, with these examples (`text`, `language`, `label`)."""
    from rasa.cli.scaffold import create_initial_project  # Rasa takes seconds to import

    shutil.rmtree(folder, ignore_errors=True)
    create_initial_project(str(folder))
    labels = sorted({example["label"] for example in examples})
    contents = {
        "config.yml": config(epochs),
        "domain.yml": domain(labels),
        "data/nlu.yml": training_data(examples),
        "data/rules.yml": rules(labels),
        "data/stories.yml": stories(labels),
    }
    for name, content in contents.items():
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=10_000)
        (folder / name).write_text(text, encoding="utf-8")


def config(epochs: int) -> dict[str, Any]:
    """Rasa's default configuration, with so many epochs for the networks of its pipeline."""
    from rasa.engine.recipes import config_files

    path = Path(config_files.__path__[0]) / "default_config.yml"
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for component in content["pipeline"]:
        if "epochs" in component:
            component["epochs"] = epochs
    return content


def training_data(examples: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The examples of all languages together, an entry a label."""
    lines: dict[str, list[str]] = {}
    for example in examples:
        lines.setdefault(example["label"], []).append(f"- {example['text']}\n")
    return {
        "version": "3.1",
        "nlu": [{"intent": label, "examples": "".join(own)} for label, own in lines.items()],
    }


def domain(labels: list[str]) -> dict[str, Any]:
    """Every intent, and a text for every label: which one was chosen can be read from it."""
    return {
        "version": "3.1",
        "intents": _intents(labels),
        "responses": {f"utter_{label}": [{"text": label}] for label in [*labels, FALLBACK]},
    }


def rules(labels: list[str]) -> dict[str, Any]:
    """To every intent its answer, and to an unclear message one as well."""
    return {
        "version": "3.1",
        "rules": [
            {"rule": intent, "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]}
            for intent in [*_answered(labels), FALLBACK]
        ],
    }


def stories(labels: list[str]) -> dict[str, Any]:
    """One conversation through all intents, for the policies that learn from stories."""
    steps = [
        step
        for intent in _answered(labels)
        for step in ({"intent": intent}, {"action": f"utter_{intent}"})
    ]
    return {"version": "3.1", "stories": [{"story": "everything", "steps": steps}]}


def _intents(labels: list[str]) -> list[str]:
    return list(dict.fromkeys(label.partition(RETRIEVED)[0] for label in labels))


def _answered(labels: list[str]) -> list[str]:
    return [intent for intent in _intents(labels) if intent not in BY_RASA]
