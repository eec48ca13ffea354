"""Answers are understood as people give them, and never understood wrongly."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from bot.answers import Reading, Value, read_answer, warm_up
from bot.languages import LANGUAGES

FOLDER: Final = Path(__file__).parent
ENOUGH: Final = 0.95
ROWS_A_QUESTION: Final = 40
# Three questions with the same answers, read by the same words.
SAME: Final = {"needs": "expertise", "experience": "expertise"}
ASK: Final = "ask"


@dataclass(frozen=True)
class Row:
    """A way of answering a question, and what it says.

    `ask` is for what nobody can be sure of; `ask:50|40` when the alternatives matter too.
    """

    question: str
    answer: str
    expected: str


def rows(language: str) -> list[Row]:
    """Read the table of a language."""
    with (FOLDER / f"table_{language}.tsv").open(encoding="utf-8") as file:
        reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(reader)
        return [Row(*line) for line in reader]


def written(reading: Reading) -> str:
    """Write a reading as the tables do."""
    if reading.status == "understood":
        return shown(reading.value)
    if reading.status == "unreadable":
        ends = "|".join(shown(value) for value in reading.alternatives)
        return f"{ASK}:{ends}" if ends else ASK
    return reading.status


def shown(value: Value | None) -> str:
    """Write a value as the tables do."""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else f"{value:g}"


def matches(expected: str, found: str) -> bool:
    """Compare; where nobody can be sure, any way of asking is right."""
    return found.startswith(ASK) if expected == ASK else found == expected


@pytest.mark.parametrize("conversation", [*LANGUAGES, None])
@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_of_the_table_are_understood(
    language: str, conversation: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """At least 95 % as they were meant; the others lead to a question, never to a wrong value.

    Also where the conversation is in the other language, or in none that is known.
    """
    wrong: list[tuple[str, str, str, str]] = []
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in rows(language):
        found = written(read_answer(row.question, row.answer, conversation))
        subject = SAME.get(row.question, row.question)
        total[subject] += 1
        if matches(row.expected, found):
            right[subject] += 1
        elif not found.startswith(ASK):
            wrong.append((row.question, row.answer, row.expected, found))
    with capsys.disabled():
        shares = ", ".join(f"{name} {right[name]}/{total[name]}" for name in total)
        told = f"{language} in a conversation in {conversation}: {right.total()}/{total.total()}"
        print(f"\n{told} ({shares})")  # noqa: T201 - the figures

    assert wrong == []
    assert right.total() / total.total() >= ENOUGH


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_has_forty_ways_for_each_question(language: str) -> None:
    """No question is measured by a handful, and no way is counted twice."""
    table = rows(language)
    counts = Counter(SAME.get(row.question, row.question) for row in table)

    assert {name: count for name, count in counts.items() if count < ROWS_A_QUESTION} == {}
    assert len({(row.question, row.answer) for row in table}) == len(table)
    assert len(counts) == 12


@pytest.mark.parametrize(
    ("question", "answer", "language", "value"),
    [
        ("organisation_kind", "vzw", "fr", "nonprofit"),
        ("organisation_kind", "une asbl", "nl", "nonprofit"),
        ("establishment", "Pays-Bas", "nl", "eu"),
        ("establishment", "Zwitserland", "fr", "outside_eu"),
        ("outsourcing_share", "een derde", "fr", 33.33),
        ("outsourcing_share", "la moitié", "nl", 50.0),
        ("fte", "une quinzaine", "nl", 15.0),
        ("fte", "we zijn met twee", "fr", 2.0),
        ("sector", "boulangerie", "nl", "traditional"),
        ("yes_no", "nenni", "nl", False),
        ("yes_no", "ja zeker", "fr", True),
        ("fte", "3 mi-temps", "nl", 1.5),
        ("maturity", "pas mal", "nl", "medium"),
        ("organisation_kind", "pas une asbl, une srl", "nl", "enterprise"),
    ],
)
def test_answer_in_the_other_language_is_understood(
    question: str, answer: str, language: str, value: Value
) -> None:
    """Belgians mix; a switch of language is not asked for."""
    assert read_answer(question, answer, language) == Reading("understood", value)


def test_language_of_the_conversation_comes_first() -> None:
    """Lille is a French town to who speaks French; in Dutch it may be the one in the Kempen."""
    assert read_answer("establishment", "Lille", "fr") == Reading("understood", "eu")
    assert read_answer("establishment", "Lille", "nl") == Reading(
        "unreadable", None, ("belgium", "eu")
    )


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("organisation_kind", "vzw", Reading("understood", "nonprofit")),
        ("outsourcing_share", "la moitié", Reading("understood", 50.0)),
        ("fte", "geen idee", Reading("unknown")),
        ("fte", "-5", Reading("out_of_range")),
        ("establishment", "Lille", Reading("unreadable", None, ("eu", "belgium"))),
        ("sector", "qqq", Reading("unreadable")),
    ],
)
def test_without_a_language_both_are_tried(question: str, answer: str, expected: Reading) -> None:
    """Where the two disagree, both are alternatives."""
    reading = read_answer(question, answer, None)

    assert (reading.status, reading.value) == (expected.status, expected.value)
    assert set(reading.alternatives) == set(expected.alternatives)


@pytest.mark.parametrize(
    ("question", "answer", "alternatives"),
    [
        ("organisation_kind", "vzw of federatie", ("nonprofit", "federation")),
        ("fte", "10 tot 15", (15.0, 10.0)),
        ("fte", "minder dan 50", (49.0, 0.0, 49.99)),
        ("fte", "plus de 10", (11.0, 10.01, 100_000.0)),
        ("fte", "moins de 50", (49.0, 0.0, 49.99)),
        ("outsourcing_share", "tussen 40 en 50%", (50.0, 40.0)),
        ("outsourcing_share", "minstens 20 %", (20.0, 100.0)),
        ("theme", "2 of 3", (2, 3)),
        ("region", "Vlaanderen en Brussel", ("flanders", "brussels")),
        ("expertise", "deels zelf, deels uitbesteed", ("in_house", "outsourced")),
    ],
)
def test_competing_readings_are_offered(
    question: str, answer: str, alternatives: tuple[Value, ...]
) -> None:
    """Nothing is chosen for the visitor; for numbers the ends are given, one to keep first."""
    assert read_answer(question, answer, "nl") == Reading("unreadable", None, alternatives)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("organisation_kind", "wat is een vzw?"),
        ("organisation_kind", "c'est quoi une asbl ?"),
        ("fte", "waarom vraagt u dat"),
        ("outsourcing_share", "mag dat meer dan 49 % zijn?"),
        ("yes_no", "hoe bedoelt u"),
        ("establishment", "mijn mail is info@bakkerij.be"),
        ("fte", ""),
        ("fte", "🙂"),
        ("sector", "asdfghjkl"),
    ],
)
def test_what_is_no_answer_is_unreadable(question: str, answer: str) -> None:
    """A question back, an address, nothing at all."""
    assert read_answer(question, answer, "nl").status == "unreadable"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("ik weet niet of we een vzw zijn", "unknown"),
        ("geen idee, een vzw denk ik", "understood"),
        ("weet niet", "unknown"),
        ("aucune idée", "unknown"),
    ],
)
def test_doubt_is_told_from_a_guess(answer: str, status: str) -> None:
    """What follows "whether" is what is not known; a guess after it is an answer."""
    assert read_answer("organisation_kind", answer, "nl").status == status


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("geen vzw maar een bv", "enterprise"),
        ("on n'est pas une asbl, on est une srl", "enterprise"),
        ("consortium van 3 bedrijven", "consortium"),
        ("une fédération de boulangers indépendants", "federation"),
    ],
)
def test_denied_and_describing_words_do_not_count(answer: str, value: str) -> None:
    """Only what the visitor is."""
    language = "fr" if "une" in answer else "nl"

    assert read_answer("organisation_kind", answer, language) == Reading("understood", value)


def test_unknown_question_is_refused() -> None:
    """The error names the question and those there are."""
    with pytest.raises(ValueError, match="'colour' cannot be read"):
        read_answer("colour", "blue", "nl")


def test_unspoken_language_is_refused() -> None:
    """The error names the language and those there are."""
    with pytest.raises(ValueError, match="'de' is not spoken here"):
        read_answer("fte", "zwölf", "de")


def test_warming_up_loads_every_list() -> None:
    """Nothing is left to load for the first visitor: reading adds no book."""
    warm_up()
    before = read_answer("region", "Gent", "nl")

    assert before == Reading("understood", "flanders")
