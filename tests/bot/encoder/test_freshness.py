"""The encoder's makers learn when a new one would pay, and are left in peace until then."""

from __future__ import annotations

import pytest

from bot.encoder.freshness import Freshness, freshness


def reads(text: str) -> bool:
    return "?" not in text


def test_an_example_the_encoder_cannot_read_is_counted() -> None:
    assert freshness(["d?g", "hallo", "merci"], reads) == Freshness(examples=3, unread=1)


def test_examples_it_reads_are_not_counted() -> None:
    assert freshness(["dag", "hallo", "merci"], reads) == Freshness(examples=3, unread=0)


def test_new_encoder_pays_when_one_example_in_a_hundred_cannot_be_read() -> None:
    assert Freshness(examples=100, unread=1).new_encoder_pays


def test_new_encoder_does_not_pay_for_one_in_more() -> None:
    assert not Freshness(examples=101, unread=1).new_encoder_pays


def test_without_examples_no_encoder_pays() -> None:
    assert not Freshness(examples=0, unread=0).new_encoder_pays


@pytest.mark.parametrize(
    ("unread", "verdict"), [(0, "would not pay: of 100"), (1, "pays now (make encoder): of 100")]
)
def test_the_advice_names_verdict_and_reason(unread: int, verdict: str) -> None:
    assert Freshness(examples=100, unread=unread).advice == (
        f"A new sentence encoder {verdict} examples {unread} hold something it cannot read "
        "(it pays from 1%)."
    )
