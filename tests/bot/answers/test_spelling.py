"""Typing errors in long words are forgiven towards the nearest word, and only so far."""

from __future__ import annotations

import pytest

from bot.answers.spelling import Spelling, distance

WORDS = Spelling({"federatie", "bakkerij", "zeventien", "antwerpen", "laag", "gent", "zwitserland"})


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("fedratie", "federatie"),
        ("baakkerij", "bakkerij"),
        ("bakkeirj", "bakkerij"),
        ("zwitserlnad", "zwitserland"),
        ("zwiserlannd", "zwitserland"),
        ("laaaag", "laag"),
    ],
)
def test_slip_is_forgiven(typed: str, corrected: str) -> None:
    """A letter too many, too few, another or swapped; two in very long words."""
    assert WORDS.variants([typed]) == [(corrected,)]


@pytest.mark.parametrize("typed", ["federatie", "gnet", "bakkers", "zestien", "12345", "bkkerj"])
def test_other_words_stay(typed: str) -> None:
    """Known words, short words, other words, numbers, and what is too far off."""
    assert WORDS.variants([typed]) == []


def test_equally_near_words_are_all_tried() -> None:
    """Whoever reads them decides whether they agree."""
    spelling = Spelling({"vierde", "vierdes", "andere"})

    assert Spelling({"maken", "raken"}).variants(["daken", "en"]) == [
        ("maken", "en"),
        ("raken", "en"),
    ]
    assert spelling.variants(["qqqqq"]) == []


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("gent", "gent", 0),
        ("gent", "gnet", 1),
        ("gent", "gen", 1),
        ("gent", "gants", 2),
        ("", "gent", 4),
    ],
)
def test_distance_counts_slips(one: str, other: str, steps: int) -> None:
    """Neighbours that change places are one slip, not two."""
    assert distance(one, other) == steps
