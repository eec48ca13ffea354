"""What the sources do not hold is known by its words; other subjects and other shops are not."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest

from bot.languages import LANGUAGES
from tests.actions.phrase_tables import rows_of, subject_of
from tests.house.shown import DECLINED

_FAMILY: Final = "utter_declined_"
_ROWS: Final = rows_of("declined.tsv")


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
    assert subject_of(message, _FAMILY) == (None if subject == "none" else subject)
