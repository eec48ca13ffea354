"""The sets that are measured: our own examples, and messages like those of real visitors."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from itertools import cycle
from typing import TYPE_CHECKING

import yaml

from bot.languages import LANGUAGES
from bot.nlu.decision import OUT_OF_SCOPE
from bot.settings import PROJECT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EXAMPLES = PROJECT / "data" / "nlu"
SECOND_LABELS = PROJECT / "data" / "also_right.yml"
VISITORS = PROJECT / "tests" / "visitor_messages"
FRESH = PROJECT / "tests" / "fresh_messages"  # written once, to measure; nothing learns from them
BLIND = PROJECT / "tests" / "blind_messages"  # as well, by somebody who never saw the examples
COLUMNS = ["text", "intent", "also_ok", "kind"]
ASKED = frozenset({"check_eligibility", "contact_human", "report_incident", OUT_OF_SCOPE})


class MessagesError(ValueError):
    """A file of visitor messages that cannot be used; says which, why and what would help."""


@dataclass(frozen=True)
class Message:
    """A text, the label it was given, the labels that are right too, and how it is written."""

    text: str
    language: str
    label: str
    also_right: frozenset[str] = frozenset()
    kind: str = ""

    @property
    def right(self) -> frozenset[str]:
        """Every label that counts as right."""
        return self.also_right | {self.label}

    @property
    def in_scope(self) -> bool:
        """Whether some answer is right, not only a refusal."""
        return self.right != {OUT_OF_SCOPE}


def visitor_messages(directory: Path = VISITORS) -> list[Message]:
    """The messages of <language>.tsv for every language we speak.

    Raises:
        MessagesError: a file is missing or has other columns.
    """
    found = []
    for language in LANGUAGES:
        path = directory / f"{language}.tsv"
        if not path.is_file():
            raise MessagesError(f"{path} is missing: restore it from the repository.")
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if rows.fieldnames != COLUMNS:
                raise MessagesError(
                    f"{path} has the columns {rows.fieldnames}, but {COLUMNS} are read: "
                    "correct its first line."
                )
            found += [_message(row, language) for row in rows]
    return found


def second_labels(path: Path = SECOND_LABELS) -> dict[tuple[str, str], frozenset[str]]:
    """(language, text) -> the labels that are right too, of the examples that have any."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for language, labels in yaml.safe_load(path.read_text("utf-8")).items():
        for label, texts in labels.items():
            for text in texts:
                found[language, text] = found.get((language, text), frozenset()) | {label}
    return found


def surrounded(messages: Sequence[Message], directory: Path = FRESH) -> list[Message]:
    """What is asked in the messages (no "yes", no "hello"), with what around.yml holds about it."""
    around = yaml.safe_load((directory / "around.yml").read_text("utf-8"))
    found = []
    for language in LANGUAGES:
        rows = cycle(around[language])
        for message in messages:
            if message.language == language and _is_asked(message.label):
                row = next(rows)
                question = message.text.rstrip(" .?!")
                text = f"{row['before'].strip()} {question}?{row['after']}"
                found.append(replace(message, text=text))
    return found


def _is_asked(label: str) -> bool:
    return label.startswith("faq/") or label in ASKED


def _message(row: dict[str, str], language: str) -> Message:
    also_right = frozenset(label for label in row["also_ok"].split("|") if label)
    return Message(row["text"], language, row["intent"], also_right, row["kind"])
