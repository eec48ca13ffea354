"""A message becomes plain words that still know their place."""

from __future__ import annotations

import pytest

from bot.answers.folded_text import fold


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wij zijn een VZW!", ("wij", "zijn", "een", "vzw", "!")),
        ("l'asbl Éléonore", ("l", "asbl", "eleonore")),
        ("v.z.w. of a.s.b.l", ("vzw", "of", "asbl")),
        ("7,5vte", ("7,5", "vte")),
        ("20 000 euro", ("20000", "euro")),
        ("1.250 werknemers", ("1.250", "werknemers")),
        ("40%", ("40", "%")),
        ("1/3", ("1/3",)),
        ("½", ("1/2",)),
        ("10-15", ("10", "-", "15")),
        ("10 % - 15 %", ("10", "%", "-", "15", "%")),
        ("-5", ("neg", "5")),
        ("= −5", ("=", "neg", "5")),
        (" - 5", ("neg", "5")),
        ("Pays-Bas", ("pays", "bas")),
        ("thema-3", ("thema", "3")),
        ("Gent - 12 mensen", ("gent", ",", "12", "mensen")),
        ("cœur", ("coeur",)),
        ("🙂", ()),
        ("", ()),
    ],
)
def test_words_are_plain(text: str, words: tuple[str, ...]) -> None:
    """Without capitals, accents and hyphens; signs that may matter stay."""
    assert fold(text).words == words


def test_words_know_where_they_were_typed() -> None:
    """Also where one letter becomes two."""
    folded = fold("  Le cœur  de Liège")

    assert [folded.typed(at, at + 1) for at in range(4)] == [
        (2, 4, "Le"),
        (5, 9, "cœur"),
        (11, 13, "de"),
        (14, 19, "Liège"),
    ]
    assert folded.typed(1, 4) == (5, 19, "cœur  de Liège")
