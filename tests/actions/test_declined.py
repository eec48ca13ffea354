"""What the sources do not hold is known by its words; other subjects and other shops are not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from bot.languages import LANGUAGES
from bot.texts.phrases import phrase_finder
from tests.house.shown import DECLINED

_FAMILY: Final = "utter_declined_"
_ROWS: Final = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("declined.tsv").read_text("utf-8").splitlines()[1:]
]


def test_every_subject_has_ways_to_ask_in_each_language() -> None:
    """All different, and some that name none."""
    counted = Counter((subject, language) for subject, language, _ in _ROWS)

    assert len(set(_ROWS)) == len(_ROWS)
    assert set(counted) == {
        (subject, language)
        for subject in (*(name.removeprefix(_FAMILY) for name in DECLINED), "none")
        for language in LANGUAGES
    }


@pytest.mark.parametrize(("subject", "language", "message"), _ROWS)
def test_subject_is_declined_by_its_name(subject: str, language: str, message: str) -> None:
    """`none` names no subject of ours: the general refusal is said, or it is asked back."""
    expected = None if subject == "none" else f"{_FAMILY}{subject}"

    assert phrase_finder().find(message, _FAMILY) == expected
