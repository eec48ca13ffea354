"""The dialogue has no loose ends: each meaning has a follow-up, each name leads to words."""

from __future__ import annotations

import ast
import inspect
import json
import pkgutil
import re
import subprocess
import sys
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from rasa_sdk import Action

import actions
from actions import replies
from actions.heard import COMMANDS
from actions.interview import Interview
from bot.answers import read_entities
from bot.encoder.examples import read_examples
from bot.evaluation.messages import EXAMPLES
from bot.facts.calls import PHASES
from bot.languages import LANGUAGES
from bot.settings import PROJECT
from bot.texts.generator import payload
from tests.house.shown import TEXTS
from tests.house.test_catalogue import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULES: Final = PROJECT / "data" / "stories" / "rules.yml"
# Not meanings of the catalogue: all topics together, and "nobody can tell".
_OF_THE_ENGINE: Final = {"faq", "nlu_fallback"}
# Values of buttons that are no answers: they steer the interview or the conversation.
_STEERING: Final = {
    "interview": {"skip", "stop"},
    "resume": {"check"},
    "language": set(LANGUAGES),
}


@lru_cache(maxsize=1)
def _domain() -> dict[str, Any]:
    return dict(yaml.safe_load((PROJECT / "domain.yml").read_text("utf-8")))


def _intents() -> list[str]:
    return [next(iter(one)) if isinstance(one, dict) else one for one in _domain()["intents"]]


def _rules() -> list[dict[str, Any]]:
    return list(yaml.safe_load(RULES.read_text("utf-8"))["rules"])


def _modules() -> list[Path]:
    return sorted((PROJECT / "actions").glob("*.py"))


def _subclasses(base: type) -> Iterator[Any]:
    for module in pkgutil.iter_modules(actions.__path__):
        import_module(f"actions.{module.name}")
    for one in base.__subclasses__():
        if one.__module__.startswith("actions.") and not inspect.isabstract(one):
            yield one
        yield from _subclasses(one)


def _action_names() -> set[str]:
    return {one().name() for one in _subclasses(Action)}


def _is_text(name: str) -> bool:
    """A text, or the one name that stands for the texts of all topics."""
    return name in TEXTS.responses or name == "utter_faq"


def test_intents_are_the_catalogue() -> None:
    expected = {name for name in NAMES if not name.startswith("faq/")} | _OF_THE_ENGINE

    assert set(_intents()) == expected
    assert len(_intents()) == len(expected)


def test_every_entity_that_is_read_is_in_the_domain() -> None:
    texts = read_examples(EXAMPLES).texts[::10]

    found = {entity.entity for text in texts for entity in read_entities(text, None)}

    assert found - set(_domain()["entities"]) == set()
    assert len(found) > 10


def test_every_intent_has_one_rule() -> None:
    first = [rule["steps"][0]["intent"] for rule in _rules() if "condition" not in rule]

    assert sorted(first) == sorted(_intents())


def test_every_action_of_a_rule_is_in_the_domain() -> None:
    domain = _domain()
    known = {*domain["actions"], *domain["forms"], "utter_faq", "action_listen"}
    named = {step["action"] for rule in _rules() for step in rule["steps"] if "action" in step}

    assert named - known == set()


def test_every_action_of_the_domain_is_a_class_or_a_text() -> None:
    loose = [
        one for one in _domain()["actions"] if one not in _action_names() and not _is_text(one)
    ]

    assert loose == []


def test_every_action_class_is_in_the_domain() -> None:
    assert _action_names() - set(_domain()["actions"]) == set()


def test_every_form_has_its_interview_and_its_validation() -> None:
    interviews = {one.form: one for one in _subclasses(Interview)}

    assert set(interviews) == set(_domain()["forms"])
    for form, interview in interviews.items():
        assert {f"validate_{form}", interview.ending} <= _action_names()


def test_every_slot_of_an_interview_is_in_the_domain() -> None:
    named = {slot for one in _subclasses(Interview) for slot in one.slots}

    assert named - set(_domain()["slots"]) == set()


def test_every_answer_inside_an_interview_has_its_text() -> None:
    """What is no command and has no function is answered by the text of its name."""
    elsewhere = {*COMMANDS, *replies._FUNCTIONS, "inform"}
    labels = [name for name in NAMES if name not in elsewhere]

    assert [label for label in labels if f"utter_{label}" not in TEXTS.responses] == []


def test_every_question_of_an_interview_has_all_its_texts() -> None:
    asked = {
        (one.form, name.removeprefix(f"utter_ask_{one.form}_"))
        for one in _subclasses(Interview)
        for name in TEXTS.responses
        if name.startswith(f"utter_ask_{one.form}_")
    }
    slots = {slot for one in _subclasses(Interview) for slot in one.slots}
    questions = {(form, slot) for form, slot in asked if slot in slots}
    expected = {
        f"utter_{kind}_{slot}"
        for _, slot in questions
        for kind in ("explain", "unreadable", "offer_skip")
    } | {
        f"utter_{form}_{kind}"
        for form, _ in questions
        for kind in ("intro", "resumed", "resume_offer", "stopped")
    }

    assert {form for form, _ in questions} == set(_domain()["forms"])
    assert expected - set(TEXTS.responses) == set()


@pytest.mark.parametrize("module", _modules(), ids=lambda path: path.stem)
def test_every_text_named_in_an_action_exists(module: Path) -> None:
    missing = [
        pattern
        for pattern in _named_texts(module.read_text("utf-8"))
        if not any(re.fullmatch(pattern, name) for name in TEXTS.responses)
    ]

    assert missing == []


def test_a_text_that_does_not_exist_would_be_found() -> None:
    source = 'say("utter_greet")\nsay(f"utter_nonsense_{slot}")\nfind("utter_no_", "utter_none/")\n'

    named = ["utter_greet", "utter_nonsense_.+", "utter_no_.+", "utter_none/.+"]
    assert _named_texts(source) == named


@pytest.mark.parametrize("phase", PHASES)
def test_every_choice_leads_somewhere(phase: str) -> None:
    offered = {one for text in TEXTS.responses.values() for one in text.choices[phase]}

    assert {one for one in offered | set(TEXTS.labels) if not _leads_somewhere(one)} == set()


def test_choices_that_lead_nowhere_would_be_found() -> None:
    wrong = ["faq/nonsense", "faq", "nonsense", "no_slot=1", "interview=nonsense", "language=de"]

    assert [one for one in wrong if _leads_somewhere(one)] == []


@pytest.mark.parametrize("choice", sorted(TEXTS.labels))
def test_every_choice_is_a_meaning_the_engine_knows(choice: str) -> None:
    name, _, value = choice.partition("=")

    label, brace, values = payload(choice).removeprefix("/").partition("{")

    assert label.partition("/")[0] in _intents()
    assert json.loads(brace + values or "{}") == ({name: value} if value else {})


@pytest.mark.model
def test_rasa_finds_no_flaw_in_the_data() -> None:
    """Its warnings of words that it cannot see are expected: they stand in data/texts."""
    run = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "rasa", "data", "validate"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told = re.findall(r"UserWarning: (.*)", run.stdout + run.stderr)
    ours = [
        line
        for line in told
        if not re.match(r"(The action|Action) 'utter_\w+' is (used in the stories|listed as)", line)
        and "duplicated intents" not in line  # the sub-intents of `faq`
    ]

    assert run.returncode == 0, run.stdout + run.stderr
    assert "No story structure conflicts found." in run.stdout + run.stderr
    assert ours == []


def _leads_somewhere(choice: str) -> bool:
    """A name of the catalogue, a slot's value, or a word that steers the interview."""
    slot, equals, value = choice.partition("=")
    if not equals:
        return choice in NAMES
    if slot in _STEERING:
        return value in _STEERING[slot]
    target = value if slot == "change" else slot
    return choice == "change=ask" or (target in _domain()["slots"] and bool(value))


def _named_texts(source: str) -> list[str]:
    """The names of texts in a module as patterns: what is only known while talking is `.+`."""
    tree = ast.parse(source)
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            name = "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                for part in node.values
            )
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inside
        ):
            name = re.escape(node.value)
        else:
            continue
        if re.fullmatch(r"utter_[\w/.+\\]*", name):
            found.append(name + ".+" if name.endswith(("_", "/")) else name)
    return found
