"""The stories themselves: nothing they ask was learned by heart, and the reader refuses slips."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot.settings import PROJECT
from tests.conversations.stories import StoryError, read_stories

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent


def _plain(text: str) -> str:
    """The words of a text, without case, accents and signs."""
    letters = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(re.findall(r"[a-z0-9]+", kept))


def _learned() -> set[str]:
    known: set[str] = set()
    for file in (PROJECT / "data" / "nlu").glob("*/*.yml"):
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            known |= {_plain(line[2:]) for line in block["examples"].splitlines()}
    return known


def _measured() -> set[str]:
    known: set[str] = set()
    for file in (PROJECT / "tests" / "visitor_messages").glob("*.tsv"):
        with file.open(encoding="utf-8") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            known |= {_plain(row["text"]) for row in rows}
    return known


def _asked(name: str) -> Iterator[str]:
    stories = yaml.safe_load((HERE / name).read_text("utf-8"))["stories"]
    for step in (step for story in stories for step in story["steps"] if "user" in step):
        for phrasings in step["user"].values():
            yield from phrasings if isinstance(phrasings, list) else [phrasings]


@pytest.mark.parametrize("name", ["topics.yml", "declines.yml"])
def test_phrasings_stand_neither_in_the_examples_nor_among_what_measures_us(name: str) -> None:
    known = _learned() | _measured()

    assert [phrasing for phrasing in _asked(name) if _plain(phrasing) in known] == []


def test_every_topic_is_asked_in_three_ways_and_two_languages() -> None:
    asked = {
        step["intent"]: {language: len(phrasings) for language, phrasings in step["user"].items()}
        for story in yaml.safe_load((HERE / "topics.yml").read_text("utf-8"))["stories"]
        for step in story["steps"]
        if "user" in step
    }
    topics = yaml.safe_load((PROJECT / "data" / "catalogue.yml").read_text("utf-8"))["faq"]

    assert set(asked) == set(topics)
    assert [topic for topic, ways in asked.items() if min(ways["nl"], ways["fr"]) < 3] == []


def _written(folder: Path, *steps: dict[str, Any], **keys: Any) -> Path:
    story = {"story": "one", "steps": list(steps), **keys}
    (folder / "some.yml").write_text(yaml.safe_dump({"stories": [story]}), "utf-8")
    return folder


def test_a_story_becomes_a_conversation_for_each_language_and_phrasing(tmp_path: Path) -> None:
    asked = {"user": {"nl": ["a", "b"], "fr": "c"}}

    stories = read_stories(_written(tmp_path, asked, {"bot": "utter_greet"}))

    assert [(one.id, one.language, one.steps[0]["user"]) for one in stories] == [
        ("some: one - nl (1)", "nl", {"nl": "a", "fr": "c"}),
        ("some: one - nl (2)", "nl", {"nl": "b", "fr": "c"}),
        ("some: one - fr", "fr", {"nl": "a", "fr": "c"}),
    ]


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([{"user": "a"}], id="nothing is answered"),
        pytest.param([{"user": "a"}, {"user": "b"}, {"bot": "c"}], id="one is not answered"),
        pytest.param([{"usr": "a"}, {"bot": "c"}], id="a misspelt key"),
        pytest.param([{"user": "a", "choice": "b"}, {"bot": "c"}], id="two acts in a step"),
        pytest.param([{"user": "a", "intend": "b"}, {"bot": "c"}], id="a misspelt second key"),
        pytest.param([{"user": {"nl": "a", "fr": "b", "c": None}}, {"bot": "d"}], id="no language"),
    ],
)
def test_a_story_with_a_slip_is_refused(steps: list[dict[str, Any]], tmp_path: Path) -> None:
    with pytest.raises(StoryError, match="some: one"):
        read_stories(_written(tmp_path, *steps))
