"""Habits of spelling are those of the text's language, now and then, and the same each time."""

from __future__ import annotations

import numpy as np
import pytest

from bot.encoder.spoken_spelling import as_spoken

DUTCH = "Ik heb niet gevraagd hoeveel het is, kunnen we het nog weten?"
FRENCH = "Est-ce que c'est vérifié, je n'ai pas compris quoi envoyer ?"


def variants(text: str, language: str) -> set[str]:
    return {as_spoken(text, language, np.random.default_rng(seed)) for seed in range(400)}


@pytest.mark.parametrize(
    ("text", "language", "spelt"),
    [
        ("ik heb een vraag", "nl", "kheb een vraag"),
        ("het is te laat", "nl", "tis te laat"),
        ("wij werken samen", "nl", "wij werke same"),
        ("dat weet ik niet", "nl", "da wee ik nie"),
        ("kan je helpen", "nl", "kan ge helpen"),
        ("je n'ai rien", "fr", "j'ai rien"),
        ("on ne peut pas", "fr", "on peut pas"),
        ("je veux vérifier", "fr", "je veux vérifié"),
        ("quel est le prix", "fr", "kel est le prix"),
        ("c'est combien", "fr", "c combien"),
        ("deux personnes", "fr", "deux personne"),
    ],
)
def test_a_habit_is_found_among_the_variants(text: str, language: str, spelt: str) -> None:
    assert spelt in variants(text, language)


@pytest.mark.parametrize(("text", "language"), [(DUTCH, "nl"), (FRENCH, "fr")])
def test_a_text_has_many_spellings_its_own_among_them(text: str, language: str) -> None:
    found = variants(text, language)

    assert len(found) > 50
    assert text in found
    assert all(one.strip() for one in found)
    assert as_spoken(text, language, np.random.default_rng(5)) == as_spoken(
        text, language, np.random.default_rng(5)
    )


def test_habits_are_those_of_the_language() -> None:
    assert not any("kheb" in one for one in variants("ik heb een vraag", "fr"))


@pytest.mark.parametrize("language", ["de", "en"])
def test_other_languages_are_left_as_they_are(language: str) -> None:
    assert variants("Is het te laat?", language) == {"Is het te laat?"}


def test_a_text_of_one_word_is_never_lost() -> None:
    for text, language in (("ne", "fr"), ("h", "nl"), ("n'a", "fr")):
        assert all(variants(text, language))
