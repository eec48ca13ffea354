"""Tables of messages: what each is about, its language, its words; a line a message."""

from __future__ import annotations

from pathlib import Path

from bot.texts.phrases import phrase_finder


def rows_of(table: str) -> list[tuple[str, ...]]:
    """The rows of a table beside this file, without its heading."""
    lines = Path(__file__).with_name(table).read_text("utf-8").splitlines()[1:]
    return [tuple(line.split("\t")) for line in lines]


def subject_of(message: str, family: str) -> str | None:
    """The text of a family that the phrases find in a message, without the family's name."""
    found = phrase_finder().find(message, family)
    return found and found.removeprefix(family)
