"""Unknown words are repaired by known ones, one slip away; everything else is left alone."""

from __future__ import annotations

import pytest

from bot.nlu.spelling import Spelling, folded, one_slip_apart

KNOWN = Spelling({"deadline": 9, "dossier": 6, "dossiers": 4, "budget": 4, "frise": 2, "prise": 5})


@pytest.mark.parametrize(
    ("typed", "repaired"),
    [
        ("deadlien", "deadline"),  # swapped
        ("dedline", "deadline"),  # dropped
        ("deadliine", "deadline"),  # doubled
        ("deadlibe", "deadline"),  # a neighbouring key
        ("Wanneer is de DEADLIEN?", "wanneer is de deadline?"),
    ],
)
def test_one_slip_is_repaired(typed: str, repaired: str) -> None:
    assert KNOWN.repaired(typed) == repaired


@pytest.mark.parametrize("typed", ["dealdien", "ddlin", "xyzzy", "49 %", "???", ""])
def test_two_slips_and_strange_words_are_left_alone(typed: str) -> None:
    assert KNOWN.repaired(typed) == typed


def test_known_word_is_left_alone_though_a_commoner_one_is_near() -> None:
    assert KNOWN.repaired("frise") == "frise"


def test_short_word_is_left_alone() -> None:
    assert Spelling({"kunde": 9, "kunt": 9}).repaired("kund") == "kund"


def test_commonest_candidate_wins() -> None:
    assert KNOWN.repaired("dossierr") == "dossier"


def test_rare_word_is_no_repair() -> None:
    assert Spelling({"gunning": 3}).repaired("guning") == "guning"


def test_learning_keeps_words_seen_twice() -> None:
    learned = Spelling.learn(["Été indien", "l'ete passé", "un mot"])

    assert learned.counts == {"ete": 2}


def test_repair_is_the_same_for_a_copy_of_the_counts() -> None:
    assert Spelling(dict(KNOWN.counts)) == KNOWN


@pytest.mark.parametrize(("first", "second"), [("abc", "acb"), ("abc", "abd"), ("abc", "abcc")])
def test_one_slip_apart(first: str, second: str) -> None:
    assert one_slip_apart(first, second)
    assert one_slip_apart(second, first)


@pytest.mark.parametrize(
    ("first", "second"), [("abc", "abc"), ("abc", "cba"), ("abc", "abcde"), ("abcd", "badc")]
)
def test_not_one_slip_apart(first: str, second: str) -> None:
    assert not one_slip_apart(first, second)


def test_folded_drops_capitals_and_accents() -> None:
    assert folded("Où ÇA, à l'été ?") == "ou ca, a l'ete ?"
