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
        "zijt ge daar",
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
        ("dag wij zijn klein, wie mocht er meedoen", "wij zijn klein, wie mocht er meedoen"),
        ("wie mocht er meedoen merci", "wie mocht er meedoen"),
        ("Wie mocht er meedoen? Alvast bedankt! Mvg An Peeters", "Wie mocht er meedoen?"),
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
        "zijt ge daar ook op zaterdag",
        "ik ben van de vzw, wie mocht er meedoen",
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
        ("Ik run een café. Mijn man helpt. Wie mocht er meedoen?", "Wie mocht er meedoen?"),
        ("Wie mocht er meedoen? Ik run een café. Mijn man helpt.", "Wie mocht er meedoen?"),
        ("Wat was dat? Wie mocht er meedoen? Ik run een café.", "Wie mocht er meedoen?"),
        ("Ik run een café. Mijn man helpt. Ik zoek het formulier.", "Ik zoek het formulier."),
        ("ik run een café\nmijn man helpt\nik zoek het formulier", "ik zoek het formulier"),
        ("On a 3.5 ETP. C'est peu. Qui pouvait participer ?", "Qui pouvait participer ?"),
        ("Ik was met verlof. Wie mocht er meedoen?", "Wie mocht er meedoen?"),
        ("Wie mocht er meedoen? 2 dagen geleden nog niemand.", "Wie mocht er meedoen?"),
    ],
)
def test_question_with_a_story_around_it(text: str, question: str) -> None:
    assert GIST.question(text) == question


@pytest.mark.parametrize(
    "text",
    [
        "Wie mocht er meedoen?",
        "Wie mocht er meedoen? (44)",
        "Wij zijn een bakkerij met vijf man. Dat is iets voor ons.",
        "An\nen nog een regel",
        "Wij zijn met 3.5 vte, mochten wij meedoen?",
        "Het begint met ... en dan ... weet ik het niet meer",
        "We zijn gehackt! Alles zit op slot. Wat nu?",
        "",
        "...",
    ],
)
def test_sentence_alone_or_with_what_it_is_about_or_too_short(text: str) -> None:
    assert GIST.question(text) is None
