"""The files between a peer and the one who measures it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.comparison.exchange import (
    Answer,
    Answered,
    ExchangeError,
    ask_all,
    read_answered,
    resident_megabytes,
    write_answered,
)

if TYPE_CHECKING:
    from pathlib import Path

ANSWERED = Answered(
    5.5,
    2.5,
    120.25,
    (1.5, 2.5),
    1.25,
    (Answer((("greet", 0.75), ("thank", 0.25)), "sure"), Answer((("thank", 1.0),), "unsure")),
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write_answered(ANSWERED, tmp_path / "answers.json")

    assert read_answered(tmp_path / "answers.json", 2) == ANSWERED


def test_each_message_is_asked_once_more_than_counted_only_at_the_start() -> None:
    asked = []

    def understand(text: str, language: str) -> Answer:
        asked.append((text, language))
        return Answer(((text, 1.0),), "sure")

    answered = ask_all(
        understand, [{"text": "dag", "language": "nl"}, {"text": "salut", "language": "fr"}]
    )

    assert asked == [("dag", "nl"), ("dag", "nl"), ("salut", "fr")]
    assert [one.ranking[0][0] for one in answered.answers] == ["dag", "salut"]
    assert len(answered.milliseconds) == 2


def test_no_messages_are_no_answers() -> None:
    def understand(_text: str, _language: str) -> Answer:
        raise AssertionError

    assert ask_all(understand, []).answers == ()


def test_the_memory_grows_with_what_is_held() -> None:
    before = resident_megabytes()
    held = bytearray(b"x" * 60_000_000)

    assert resident_megabytes() - before > 30
    assert len(held) == 60_000_000


def test_too_few_answers_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    write_answered(ANSWERED, path)

    with pytest.raises(ExchangeError, match="holds 2 answers and 2 times for 3 messages"):
        read_answered(path, 3)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"answers": None}, "TypeError"),
        ({"answers": [{"ranking": [], "outcome": "sure"}]}, "the ranking"),
        ({"answers": [{"ranking": [["greet", 1.0]], "outcome": "maybe"}]}, "'maybe'"),
        ({"answers": [{"outcome": "sure"}]}, "ranking"),
        ({"milliseconds": ["soon"]}, "soon"),
        ({"ready_at": None}, "TypeError"),
    ],
)
def test_another_shape_is_refused(tmp_path: Path, change: dict[str, object], words: str) -> None:
    path = tmp_path / "answers.json"
    write_answered(ANSWERED, path)
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**content, **change}), "utf-8")

    with pytest.raises(ExchangeError, match=words):
        read_answered(path, 2)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"nothing\.json holds no answers"):
        read_answered(tmp_path / "nothing.json", 0)
