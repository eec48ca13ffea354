"""Each kind of incident is known by its words, and what names none gets the steps for any."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest

from bot.languages import LANGUAGES
from bot.texts.phrases import PhraseFinder
from tests.actions.phrase_tables import rows_of, subject_of

_FAMILY: Final = "utter_report_incident_"
_KINDS: Final = ("money_lost", "ransomware", "phishing", "data_leaked")
_ROWS: Final = rows_of("incidents.tsv")


def test_there_are_twenty_ways_a_kind_and_language() -> None:
    """All different."""
    counted = Counter((kind, language) for kind, language, _ in _ROWS)

    assert len(set(_ROWS)) == len(_ROWS)
    assert [one for one in counted if one[0] in _KINDS and counted[one] < 20] == []
    assert {one for one in counted if one[0] in _KINDS} == {
        (kind, language) for kind in _KINDS for language in LANGUAGES
    }


@pytest.mark.parametrize(("kind", "language", "message"), _ROWS)
def test_incident_is_of_its_kind(kind: str, language: str, message: str) -> None:
    """`any` names no kind: the general steps are said."""
    assert subject_of(message, _FAMILY) == (None if kind == "any" else kind)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Ons geld is weg", "utter_a"),
        ("geld weg", "utter_a"),
        ("geld een twee drie vier vijf zes weg", "utter_a"),
        ("geld een twee drie vier vijf zes zeven weg", None),
        ("weg met dat geld", None),
        ("geld, bank, alles weg", "utter_a"),  # two words go before one
        ("bank", "utter_b"),
    ],
)
def test_a_gap_holds_six_words_at_most(message: str, expected: str | None) -> None:
    """In order; the longer phrase counts, and the gap does not make it longer."""
    finder = PhraseFinder({"nl": {"utter_a": ("geld ... weg",), "utter_b": ("bank",)}})

    assert finder.find(message, "utter_") == expected
