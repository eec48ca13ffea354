"""Facts as typed values and words, and the phases of a call."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.data_files import DataError
from bot.facts.calls import Facts
from bot.facts.sources import SourceLine
from tests.bot.small import CALLS, load_facts

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def facts() -> Facts:
    """Load the facts of the product."""
    return Facts.load(PROJECT / "data" / "facts.yml")


@pytest.mark.parametrize(
    ("today", "phase"),
    [
        (date(2022, 1, 1), "upcoming"),
        (date(2022, 7, 26), "upcoming"),
        (date(2022, 7, 27), "open"),
        (date(2022, 10, 31), "open"),
        (date(2022, 11, 1), "closed"),
        (date(2026, 1, 1), "closed"),
    ],
)
def test_phase_follows_the_dates_of_the_call(facts: Facts, today: date, phase: str) -> None:
    """The first and the last day are open."""
    assert facts.current_call(today).phase(today) == phase


def with_later_calls() -> str:
    """Add two calls after the first, out of order, with a gap before each."""
    later = """  - id: "{year}"
    opens: launch
    closes: deadline
    facts:
      launch: {{value: {year}-03-01, source: page, quote: x}}
      deadline: {{value: {year}-04-30, source: page, quote: x}}
"""
    calls = later.format(year=2026) + later.format(year=2024)
    return CALLS.replace("\nfacts:", f"\n{calls}facts:")


@pytest.mark.parametrize(
    ("today", "call", "phase"),
    [
        (date(2021, 1, 1), "2022", "upcoming"),
        (date(2022, 8, 1), "2022", "open"),
        (date(2023, 1, 1), "2024", "upcoming"),
        (date(2024, 3, 1), "2024", "open"),
        (date(2024, 4, 30), "2024", "open"),
        (date(2024, 5, 1), "2026", "upcoming"),
        (date(2026, 5, 1), "2026", "closed"),
    ],
)
def test_current_call_is_open_else_next_else_last(
    tmp_path: Path, today: date, call: str, phase: str
) -> None:
    """Whatever the order in the file."""
    current = load_facts(tmp_path, with_later_calls()).current_call(today)

    assert (current.id, current.phase(today)) == (call, phase)


def test_current_call_of_two_open_ones_is_the_one_that_closes_first(
    tmp_path: Path,
) -> None:
    """The more urgent of the two."""
    text = with_later_calls().replace("2026-03-01", "2024-03-01")

    assert load_facts(tmp_path, text).current_call(date(2024, 4, 1)).id == "2024"


def test_in_language_fills_words_dates_and_numbers(tmp_path: Path) -> None:
    """Dates come with and without the day of the week; the call's facts with the general ones."""
    small = load_facts(tmp_path)

    assert dict(small.in_language("fr", small.calls[0])) == {
        "launch": "27 juillet 2022",
        "launch_weekday": "mercredi 27 juillet 2022",
        "deadline": "31 octobre 2022",
        "deadline_weekday": "lundi 31 octobre 2022",
        "limit": "50",
        "mailbox": "someone@example.org",
    }


def test_in_language_without_a_call_has_the_general_facts(tmp_path: Path) -> None:
    """So a deadline is never told without knowing of which call."""
    assert dict(load_facts(tmp_path).in_language("nl")) == {
        "limit": "50",
        "mailbox": "someone@example.org",
    }


def test_in_language_that_is_not_spoken_has_what_is_the_same_everywhere(
    tmp_path: Path,
) -> None:
    """An address needs no translation; a number is written by a language's own rules."""
    assert dict(load_facts(tmp_path).in_language("de")) == {"mailbox": "someone@example.org"}


def test_facts_of_a_call_override_the_general_ones(tmp_path: Path) -> None:
    """Words, value and source of the call's own."""
    own = "      limit: {value: 25, source: page, quote: minder dan 25}\nfacts:"
    facts = load_facts(tmp_path, CALLS.replace("facts:\n  limit", f"{own}\n  limit"))

    assert (facts.value("limit", facts.calls[0]), facts.value("limit")) == (25, 50)


def test_sources_of_a_call_override_the_general_ones(tmp_path: Path) -> None:
    """A later call has a page of its own under the same id."""
    own = "    sources: {page: {title: {nl: Nieuw, fr: Neuf}, date: 2024-01-01, file: new.txt}}\n"
    facts = load_facts(tmp_path, CALLS.replace("    facts:\n", f"{own}    facts:\n", 1))

    assert facts.source("page", facts.calls[0]).in_language("nl") == SourceLine(
        "page", "Nieuw", date(2024, 1, 1)
    )
    assert facts.source("page").in_language("nl").title == "Pagina"
    assert facts.source("other", facts.calls[0]).in_language("nl").title == "Elders, zonder datum"


@pytest.mark.parametrize(
    ("written", "title", "day"),
    [
        ("2023-02-28", "Page", date(2023, 2, 28)),
        ("2022-07", "Page, juillet 2022", None),
        ("null", "Page, sans date", None),
    ],
)
def test_source_line_tells_what_is_known_of_its_date(
    tmp_path: Path, written: str, title: str, day: date | None
) -> None:
    """A month or its absence goes into the title, so that no day is invented."""
    facts = load_facts(tmp_path, CALLS.replace("date: 2023-02-28", f"date: {written}"))

    assert facts.source("page").in_language("fr") == SourceLine("page", title, day)


def test_values_are_typed(facts: Facts) -> None:
    """Rules compute with them."""
    call = facts.calls[0]

    assert facts.number("fte_limit") == 50
    assert facts.number("subcontracting_max") == 49
    assert facts.value("launch_date", call) == call.opens == date(2022, 7, 27)
    assert facts.value("deadline", call) == call.closes == date(2022, 10, 31)
    assert facts.number("budget", call) == 10_600_000


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda facts: facts.value("nothing"),
            "There is no general fact 'nothing'. Add it to the facts file.",
        ),
        (
            lambda facts: facts.value("deadline"),
            "There is no general fact 'deadline'. It belongs to a call: pass the call 2022.",
        ),
        (
            lambda facts: facts.value("mailbox"),
            "The fact 'mailbox' has words only. Give it a 'value' in the facts file.",
        ),
        (
            lambda facts: facts.number("deadline", facts.calls[0]),
            "The fact 'deadline' is the date 2022-10-31, not a number. Use value() for it.",
        ),
        (
            lambda facts: facts.source("nowhere"),
            "There is no source 'nowhere'. Use one of other, page.",
        ),
    ],
)
def test_asking_for_what_is_not_there_says_what_to_do(
    tmp_path: Path, ask: Callable[[Facts], object], message: str
) -> None:
    """Never a guess and never a bare KeyError."""
    with pytest.raises(DataError) as error:
        ask(load_facts(tmp_path))

    assert str(error.value) == message


def test_load_refuses_two_calls_of_one_id(tmp_path: Path) -> None:
    """A call is told from another by its id."""
    with pytest.raises(DataError) as error:
        load_facts(tmp_path, with_later_calls().replace('"2026"', '"2024"'))

    cause = "the ids of the calls are 2022, 2024, 2024. Give each call an id of its own."
    assert str(error.value) == f"{tmp_path / 'facts.yml'}: {cause}"
