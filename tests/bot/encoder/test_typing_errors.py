"""Texts are mistyped as people do it, the same way each time, and stay texts."""

from __future__ import annotations

import numpy as np
import pytest

from bot.encoder.typing_errors import mistyped, slipped, without_accents, without_punctuation

TEXTS = [
    "Jusqu'à quand pouvait-on s'inscrire ?",
    "Hoeveel subsidie was er?",
    "ok",
    "49 %",
    "x",
    "É",
]


def variants(text: str, language: str = "nl", count: int = 300) -> list[str]:
    return [mistyped(text, language, np.random.default_rng(seed)) for seed in range(count)]


@pytest.mark.parametrize("text", TEXTS)
def test_a_mistyped_text_is_never_empty(text: str) -> None:
    assert all(one.strip() for one in variants(text))


def test_the_same_seed_makes_the_same_errors() -> None:
    assert variants(TEXTS[0]) == variants(TEXTS[0])


def test_errors_differ_and_most_texts_stay_alike() -> None:
    found = variants(TEXTS[1])

    assert len(set(found)) > 200
    assert all(abs(len(one) - len(TEXTS[1])) <= 8 for one in found)


def test_shorthand_is_that_of_the_language() -> None:
    text = "pouvez-vous me dire quand, s'il vous plaît"

    assert any("svp" in one for one in variants(text, "fr"))
    assert not any("svp" in one for one in variants(text, "nl"))


@pytest.mark.parametrize("text", ["", "49 %", "?!"])
def test_without_letters_nothing_slips(text: str) -> None:
    assert slipped(text, np.random.default_rng(1)) == text


def test_a_slip_changes_one_letter_at_most_two() -> None:
    for seed in range(200):
        found = slipped("inschrijven", np.random.default_rng(seed))

        assert found != ""
        assert abs(len(found) - len("inschrijven")) <= 1


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Où êtes-vous, cœur ?", "Ou etes-vous, coeur ?"), ("ingediend", "ingediend")],
)
def test_accents_go_and_letters_stay(text: str, plain: str) -> None:
    assert without_accents(text) == plain


def test_signs_go_and_those_inside_words_stay() -> None:
    assert without_punctuation("'s Avonds: e-mail, d'accord?") == "s Avonds e-mail d'accord"
