"""What a message is while a question is open; each rule with its negative twin."""

from __future__ import annotations

from typing import Any

import pytest

from actions.heard import Heard, Kind, asks_why, finds_fault, kind_of, takes_back


def heard(
    text: str = "tekst", label: str = "inform", confidence: float = 0.95, **parts: Any
) -> Heard:
    usual = {"free": False, "answered": False, "expected": False, "told": {}, "choice": {}}
    return Heard(text, label, confidence, **{**usual, **parts})


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        # A button is never understood as anything else.
        (heard("Stoppen", "stop", choice={"interview": "stop"}), Kind.CHOICE),
        (heard("Stoppen", "stop"), Kind.COMMAND),
        # A command that could also be an answer must be quite sure.
        (heard("terug", "go_back", 0.81, answered=True), Kind.COMMAND),
        (heard("terug", "go_back", 0.79, answered=True), Kind.ANSWER),
        (heard("terug", "go_back", 0.5), Kind.COMMAND),
        (heard("terug", "go_back", 0.49), Kind.UNREADABLE),
        # An answer that is often understood as something else, unless it asks.
        (heard("nederlands", "change_language", answered=True, expected=True), Kind.ANSWER),
        (heard("nederlands", "change_language", answered=True), Kind.COMMAND),
        (heard("nederlands?", "change_language", answered=True, expected=True), Kind.COMMAND),
        # A question in the middle is a question, though a number stands in it.
        (heard("mocht 49 % uitbesteed worden?", "faq/subcontracting", answered=True), Kind.ASIDE),
        (heard("49 % uitbesteed", "faq/subcontracting", answered=True), Kind.ANSWER),
        (heard("hoeveel mocht je uitbesteden", "faq/subcontracting"), Kind.ASIDE),
        (heard("combien de budget", "faq/budget", 0.4), Kind.UNREADABLE),
        # Where any words are the answer, a question is the answer; only a sure wish is not.
        (heard("mag een school?", "faq/who_can_apply", answered=True, free=True), Kind.ANSWER),
        (heard("bel mij terug", "contact_human", answered=True, free=True), Kind.ANSWER),
        (heard("stop maar", "stop", 0.9, answered=True, free=True), Kind.COMMAND),
        (heard("stoppen de projecten", "stop", 0.7, answered=True, free=True), Kind.ANSWER),
        (heard("hoe lang bewaard?", "privacy", 0.9, answered=True, free=True), Kind.ASIDE),
        # What was not asked, but answers another question.
        (heard("thema 3", "faq/theme_training", 0.3, told={"theme": 3}), Kind.TOLD),
        # Free words that nobody can place are a bad answer; a sure other question is declined.
        (heard("veel", "out_of_scope", 0.95), Kind.UNREADABLE),
        (heard("wat kost een virusscanner?", "out_of_scope", 0.95), Kind.ASIDE),
        (heard("wat kost een virusscanner?", "out_of_scope", 0.6), Kind.UNREADABLE),
        # Small talk is answered, and the question comes back.
        (heard("dank u", "thank"), Kind.ASIDE),
        (heard("ja", "affirm"), Kind.UNREADABLE),
        (heard("ja", "affirm", answered=True), Kind.ANSWER),
        (heard("xyz", "nlu_fallback", 0.3), Kind.UNREADABLE),
    ],
)
def test_kind_of_message(message: Heard, kind: Kind) -> None:
    assert kind_of(message) is kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nee wacht, 21", True),
        ("non pardon 25", True),
        ("sorry, ik bedoelde webbureau", True),
        ("c'était 60 %", True),
        ("nee", False),
        ("non", False),
        ("wacht", False),
        ("nee, bakkerij", False),
        ("pardon ?", False),
        ("we hebben gewacht", False),
    ],
)
def test_taking_back_needs_more_than_a_no(text: str, expected: bool) -> None:  # noqa: FBT001
    """And something to say instead."""
    assert takes_back(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("het adres is fout", True),
        ("l'adresse est fausse", True),
        ("ik wil mijn aantal wijzigen", True),
        ("het adres", False),
        ("une adresse", False),
        ("foutloos", False),
    ],
)
def test_fault_is_found_by_its_words(text: str, expected: bool) -> None:  # noqa: FBT001
    """Whole words only."""
    assert finds_fault(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Waarom vraagt u dat?", True),
        ("en waarvoor is dat nodig", True),
        ("Pourquoi ?", True),
        ("c'est pour quoi faire ?", True),
        ("daarom", False),
        ("ik weet niet waarom", False),
        ("pour quoi pas", False),
    ],
)
def test_why_opens_the_message(text: str, expected: bool) -> None:  # noqa: FBT001
    """A why further on asks something else."""
    assert asks_why(text) is expected
