"""The mails that a conversation left in the outbox, without what differs at each run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from bot.tables import outbox
from tests.conversations.stories import in_language

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

_COLUMNS: Final = ("state", "recipient", "reply_to", "language", "subject", "text_body")
_VARYING: Final = (
    (re.compile(r"C4S-\d{4}-[0-9A-Z]{6}"), "<reference>"),
    (re.compile(r"\d\d/\d\d/\d{4}"), "<day>"),
    (re.compile(r"\b\d\d(\.| h |:)\d\d\b"), "<time>"),
)


def without_varying(text: str) -> str:
    """The text with its reference, days and times replaced by their names."""
    for pattern, name in _VARYING:
        text = pattern.sub(name, text)
    return text


def plain(text: str) -> str:
    """The words: spaces that hold on and curly apostrophes are looked at by another test."""
    spaced = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    return without_varying(spaced.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))


@dataclass(frozen=True)
class Outbox:
    """The table that the hand-off writes to."""

    engine: Engine

    def compare(
        self, conversation: str, wanted: list[dict[str, Any]], language: str, where: str
    ) -> None:
        """Assert that the conversation's mails are those wanted, line by line; [] for none."""
        chosen = select(*(outbox.c[name] for name in _COLUMNS))
        with self.engine.connect() as connection:
            rows = connection.execute(
                chosen.where(outbox.c.conversation_id == conversation).order_by(outbox.c.id)
            ).mappings()
            got = [_by_line({name: plain(row[name]) for name in _COLUMNS}) for row in rows]
        expected = [_expected(row, language) for row in wanted]
        for row, one in zip(got, expected, strict=False):
            if "head" in one:
                row["head"] = row["text_body"][: len(one["head"])]
        compared = [
            {name: row[name] for name in one} for row, one in zip(got, expected, strict=False)
        ]
        assert (len(got), compared) == (len(expected), expected), where


def _expected(row: dict[str, Any], language: str) -> dict[str, Any]:
    columns = {name: in_language(value, language) for name, value in row.items()}
    letter = columns.pop("letter", None)
    if letter:
        columns |= {"subject": letter["subject"], "text_body": letter["body"]}
    return _by_line(columns)


def _by_line(row: dict[str, Any]) -> dict[str, Any]:
    """The mail, or its first lines (`head`), as a list of lines."""
    lines = {name: row[name].strip().splitlines() for name in ("text_body", "head") if name in row}
    return row | lines
