"""The encoder's makers learn when a new one would pay, and are left in peace until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.encoder.artifact import ArtifactError
from bot.encoder.examples import Examples
from bot.encoder.freshness import Freshness, freshness, keep_learned

if TYPE_CHECKING:
    from pathlib import Path

LEARNED = Examples(
    ["dag", "hallo", "merci", "bonjour", "salut"],
    ["greet", "greet", "thank", "greet", "greet"],
    ["nl", "nl", "nl", "fr", "fr"],
)


def reads(text: str) -> bool:
    return "?" not in text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keep_learned(tmp_path, LEARNED)
    return tmp_path


def test_learned_examples_are_not_new(folder: Path) -> None:
    assert freshness(LEARNED, reads, folder) == Freshness(examples=5, new=0, unread=0)


def test_added_example_is_new(folder: Path) -> None:
    today = Examples(
        [*LEARNED.texts, "hoi"], [*LEARNED.labels, "greet"], [*LEARNED.languages, "nl"]
    )

    assert freshness(today, reads, folder) == Freshness(examples=6, new=1, unread=0)


def test_example_with_another_label_is_new(folder: Path) -> None:
    today = Examples(LEARNED.texts, ["goodbye", *LEARNED.labels[1:]], LEARNED.languages)

    assert freshness(today, reads, folder) == Freshness(examples=5, new=1, unread=0)


def test_removed_example_makes_nothing_new(folder: Path) -> None:
    today = Examples(LEARNED.texts[1:], LEARNED.labels[1:], LEARNED.languages[1:])

    assert freshness(today, reads, folder) == Freshness(examples=4, new=0, unread=0)


def test_new_encoder_pays_from_a_fifth_on() -> None:
    assert Freshness(examples=100, new=20, unread=0).new_encoder_pays


def test_new_encoder_does_not_pay_for_less() -> None:
    assert not Freshness(examples=100, new=19, unread=0).new_encoder_pays


def test_encoder_that_learned_nothing_never_grows_stale(tmp_path: Path) -> None:
    keep_learned(tmp_path, Examples([], [], []))

    assert freshness(LEARNED, reads, tmp_path) == Freshness(examples=5, new=0, unread=0)


def test_an_example_the_encoder_cannot_read_is_counted(tmp_path: Path) -> None:
    keep_learned(tmp_path, Examples([], [], []))
    today = Examples(["d?g", *LEARNED.texts[1:]], LEARNED.labels, LEARNED.languages)

    assert freshness(today, reads, tmp_path) == Freshness(examples=5, new=0, unread=1)


def test_new_encoder_pays_when_one_example_in_a_hundred_cannot_be_read() -> None:
    assert Freshness(examples=100, new=0, unread=1).new_encoder_pays


def test_new_encoder_does_not_pay_for_one_in_more() -> None:
    assert not Freshness(examples=101, new=0, unread=1).new_encoder_pays


def test_without_examples_no_encoder_pays() -> None:
    assert not Freshness(examples=0, new=0, unread=0).new_encoder_pays


@pytest.mark.parametrize(
    ("new", "verdict"), [(19, "would not pay: of 100"), (20, "pays now (make encoder): of 100")]
)
def test_the_advice_names_verdict_and_reasons(new: int, verdict: str) -> None:
    assert Freshness(examples=100, new=new, unread=0).advice == (
        f"A new sentence encoder {verdict} examples {new} are new to what it learned (it pays "
        "from 20%), and 0 hold something it cannot read (from 1%)."
    )


def test_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match=r"learned\.txt is missing.*make encoder"):
        freshness(LEARNED, reads, tmp_path)
