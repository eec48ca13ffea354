"""Courtesies and stories around a question are left out; what only looks like them stays."""

from __future__ import annotations

import pytest

from bot.nlu.gist import Gist

GIST = Gist.learn(
    [
        "Goeiemorgen",
        "dag",
        "Bonjour",
        "Bonjour Madame",
        "à +",
        "ik kom hier even langs om dag te zeggen",
        "Alvast bedankt!",
        "merci",
        "Merci d'avance",
        "mvg",
        "Cordialement",
        "wie mocht meedoen",
    ],
    ["greet"] * 4 + ["goodbye", "greet", "thank", "thank", "thank", "goodbye", "goodbye", "faq/x"],
)


def test_short_examples_are_the_courtesies() -> None:
    assert GIST.greetings == {"goeiemorgen", "dag", "bonjour", "bonjour madame"}
    assert GIST.farewells == {"alvast bedankt", "merci", "merci d avance", "mvg", "cordialement"}


def test_word_with_which_nearly_only_courtesies_begin_is_one() -> None:
    texts = ["hallo allemaal hier bij u", "hallo daar", "hallo u", "tot later", "tot nu", "tot dan"]

    found = Gist.learn(texts, ["greet", "greet", "greet", "goodbye", "goodbye", "faq/deadline"])

    assert found.greetings == {"hallo", "hallo daar", "hallo u"}
    assert found.farewells == {"tot later", "tot nu"}


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Goeiemorgen, wie mocht er meedoen?", "wie mocht er meedoen?"),
        ("GOEIEMORGEN wie mocht er meedoen", "wie mocht er meedoen"),
        ("Dag mevrouw Peeters, wie mocht er meedoen?", "wie mocht er meedoen?"),
        ("Bonjour Madame ! Qui pouvait participer ?", "Qui pouvait participer ?"),
        ("Bonjour\nQui pouvait participer ?", "Qui pouvait participer ?"),
        ("wie mocht er meedoen merci", "wie mocht er meedoen"),
        ("Wie mocht er meedoen? Alvast bedankt! Mvg, An Peeters", "Wie mocht er meedoen?"),
        ("Qui pouvait participer ? Merci d'avance.\nCordialement", "Qui pouvait participer ?"),
        ("Merci. Et le budget total ?", "Et le budget total ?"),
    ],
)
def test_courtesies_are_left_out(text: str, bare: str) -> None:
    assert GIST.bare(text) == bare


@pytest.mark.parametrize(
    "text",
    [
        "Goeiemorgen",
        "dag, alles goed?",
        "oké, merci",
        "merci voor het snelle antwoord",
        "op welke dag sloot de oproep",
        "Dagelijks nieuws over de oproepen",
        "wie mocht er meedoen",
        "Wie mocht er meedoen? Merci wie weet het?",
        "",
        "?!",
    ],
)
def test_text_without_courtesies_or_with_nothing_else_stays(text: str) -> None:
    """Too little would remain, the word is part of what is said, or another question follows."""
    assert GIST.bare(text) == text


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Ik run een café. Wie mocht er meedoen?", "Wie mocht er meedoen?"),
        ("Wie mocht er meedoen? Ik run namelijk een café.", "Wie mocht er meedoen?"),
        ("Wat was dat? Wie mocht er meedoen? Ik run een café.", "Wie mocht er meedoen?"),
        ("Ik run een café. Ik zoek het formulier.", "Ik zoek het formulier."),
        ("ik run een café\nik zoek het formulier", "ik zoek het formulier"),
        ("On a 3.5 ETP. Qui pouvait participer ?", "Qui pouvait participer ?"),
    ],
)
def test_question_of_several_sentences(text: str, question: str) -> None:
    assert GIST.question(text) == question


@pytest.mark.parametrize(
    "text",
    [
        "Wie mocht er meedoen?",
        "Wij zijn met 3.5 vte, mochten wij meedoen?",
        "An\nen nog een regel",
        "Het begint met ... en dan weet ik het niet meer",
        "We zijn gehackt! Alles zit op slot. Wat nu?",
        "",
        "...",
    ],
)
def test_one_sentence_little_around_it_or_a_question_too_short_to_stand_alone(text: str) -> None:
    assert GIST.question(text) is None
