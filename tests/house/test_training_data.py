"""The examples in data/nlu: enough of each, each in one place, none taken from what measures us."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import yaml

from bot.evaluation.messages import (
    BLIND,
    EXAMPLES,
    FRESH,
    VISITORS,
    second_labels,
    visitor_messages,
)
from bot.languages import LANGUAGES
from bot.nlu.spelling import folded
from bot.settings import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = PROJECT / "data" / "catalogue.yml"
LEAST = {"faq": 80, "tasks": 80, "dialogue": 40, "out_of_scope": 400}
FORBIDDEN = re.compile(r"[\[\]{}]|^/")  # Rasa would read entities or a command
MOST_SECOND_LABELS = 0.02  # of the examples: a second right label is the exception
MOST_ALIKE = 0.7  # share of words in common
FEWEST_WORDS = 4  # shorter lines have their words in common by chance


@dataclass(frozen=True)
class Example:
    """One line of one file."""

    text: str
    label: str
    language: str
    declared: str
    path: Path


def read() -> list[Example]:
    found = []
    for path in sorted(EXAMPLES.glob("*/*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            declared = block["metadata"]["language"]
            for line in block["examples"].splitlines():
                text = line.removeprefix("- ").strip()
                found.append(Example(text, block["intent"], path.parent.name, declared, path))
    return found


ALL = read()
GROUPS = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))


def normalised(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text)))


def entries() -> list[tuple[str, int]]:
    return [(label, LEAST[group]) for group, labels in GROUPS.items() for label in labels]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("label", "least"), entries())
def test_entry_has_enough_examples(label: str, least: int, language: str) -> None:
    count = sum(one.label == label and one.language == language for one in ALL)

    assert count >= least


def test_every_label_is_in_the_catalogue() -> None:
    assert {one.label for one in ALL} == {label for label, _ in entries()}


def test_declared_language_is_the_folder() -> None:
    assert [one for one in ALL if one.declared != one.language] == []


def test_folders_are_the_languages_with_the_same_files() -> None:
    files = defaultdict(set)
    for one in ALL:
        files[one.language].add(one.path.name)

    assert set(files) == set(LANGUAGES)
    assert len({frozenset(names) for names in files.values()}) == 1


def test_no_example_stands_twice() -> None:
    counts = Counter(normalised(one.text) or one.text for one in ALL)

    assert [text for text, count in counts.items() if count > 1] == []


def test_no_example_holds_what_rasa_would_read_as_markup() -> None:
    assert [one for one in ALL if FORBIDDEN.search(one.text)] == []


def test_no_example_is_empty() -> None:
    assert [one for one in ALL if not one.text] == []


def test_second_labels_are_another_label_of_the_catalogue_for_an_example_that_stands() -> None:
    own = {(one.language, one.text): one.label for one in ALL}
    known = {label for label, _ in entries()}

    wrong = {
        place: labels
        for place, labels in second_labels().items()
        if place not in own or own[place] in labels or labels - known
    }
    assert wrong == {}


def test_few_examples_have_a_second_label() -> None:
    assert len(second_labels()) <= MOST_SECOND_LABELS * len(ALL)


@pytest.mark.parametrize("folder", [VISITORS, FRESH, BLIND], ids=["visitors", "fresh", "blind"])
def test_no_measured_message_is_among_the_examples(folder: Path) -> None:
    measured = {normalised(message.text) for message in visitor_messages(folder)} - {""}

    assert [one for one in ALL if normalised(one.text) in measured] == []


@pytest.mark.parametrize("folder", [VISITORS, FRESH, BLIND], ids=["visitors", "fresh", "blind"])
def test_no_near_copy_of_a_measured_message_is_among_the_examples(folder: Path) -> None:
    measured = [words_of(message.text) for message in visitor_messages(folder)]

    copies = [
        one
        for one, own in ((one, words_of(one.text)) for one in ALL)
        if any(near(own, words) for words in measured)
    ]
    assert copies == []


def words_of(text: str) -> frozenset[str]:
    return frozenset(normalised(text).split())


def near(own: frozenset[str], words: frozenset[str]) -> bool:
    if len(own) < FEWEST_WORDS:
        return False
    common = len(own & words)
    return common >= MOST_ALIKE * (len(own) + len(words) - common)


def test_near_copy_would_be_found() -> None:
    words = words_of("Tot wanneer kon je een dossier indienen?")

    assert near(words_of("tot wanneer kon je nu een dossier indienen"), words)
    assert not near(words_of("tot wanneer kon je mee"), words)
