"""Copies, echoes and doubtful labels are found; what only looks a little alike is not."""

from __future__ import annotations

import numpy as np
import pytest

from bot.encoder.examples import Examples
from bot.evaluation.data_quality import Quality, quality
from tests.bot.evaluation.made import judged

ROWS = [
    ("hoeveel geld was er in totaal", "faq/budget", "nl"),
    ("hoeveel geld was er in totaal dan", "faq/budget", "nl"),
    ("wanneer komt de uitslag van de oproep", "faq/results", "nl"),
    ("wanneer komt de uitslag van de oproep nu", "faq/deadline", "nl"),
    ("quel était le montant global prévu", "faq/budget", "fr"),
    ("bonjour à vous tous", "greet", "fr"),
    ("goeiemorgen iedereen daar", "greet", "nl"),
]


@pytest.fixture(scope="module")
def found() -> Quality:
    texts, labels, languages = (list(column) for column in zip(*ROWS, strict=True))
    vectors = np.random.default_rng(1).normal(size=(len(ROWS), 384)).astype(np.float32)
    vectors[4] = vectors[0]  # the same meaning in the other language
    doubted = judged("greet", ["thank", "greet"], share=0.99)
    believed = judged("greet", ["greet", "thank"], share=0.99)
    return quality(Examples(texts, labels, languages), vectors, [doubted, believed])


def test_copies_within_an_entry(found: Quality) -> None:
    pairs = [(pair.first[2], pair.second[2]) for pair in found.copies_within]

    assert pairs == [(ROWS[0][0], ROWS[1][0])]


def test_copies_across_entries(found: Quality) -> None:
    pairs = [(pair.first[0], pair.second[0]) for pair in found.copies_across]

    assert pairs == [("faq/results", "faq/deadline")]


def test_echo_in_the_other_language(found: Quality) -> None:
    pairs = [(pair.first[2], pair.second[2]) for pair in found.echoes]

    assert pairs == [(ROWS[0][0], ROWS[4][0])]


def test_label_that_a_sure_model_contradicts_is_doubtful(found: Quality) -> None:
    assert found.doubtful == [("een bericht", "nl", "greet", "thank", 0.99)]


def test_counts_an_entry_and_language(found: Quality) -> None:
    assert found.counts == {
        "faq/budget": {"nl": 2, "fr": 1},
        "faq/deadline": {"nl": 1, "fr": 0},
        "faq/results": {"nl": 1, "fr": 0},
        "greet": {"nl": 1, "fr": 1},
    }


def test_entries_are_compared_pair_by_pair(found: Quality) -> None:
    assert len(found.close_entries) == 6
    assert [row[2] for row in found.close_entries] == sorted(
        (row[2] for row in found.close_entries), reverse=True
    )


def test_entry_of_copies_is_the_most_monotonous(found: Quality) -> None:
    assert found.monotonous[0][:2] == ("faq/budget", "nl")
