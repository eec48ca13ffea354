"""Every core fact stands in its document, word for word, and every fact has its source."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from bot.facts.calls import Facts
from bot.languages import LANGUAGES

DATA: Final = Path(__file__).parents[2] / "data"
FACTS: Final = Facts.load(DATA / "facts.yml")
EVERY_FACT: Final = {
    name: (fact, call)
    for call in (None, *FACTS.calls)
    for name, fact in (call.facts if call else FACTS.general).items()
}

# What the assistant knows, by what it is about: each has at least these facts.
KNOWN: Final = {
    "who": "department department_short framework",
    "when": "launch_date deadline status call_year",
    "calls": "number_of_calls national_calls regional_calls lots same_conditions "
    "special_conditions",
    "themes": "theme_1 theme_1_aim theme_2 theme_2_aim theme_2_addition theme_3 theme_3_aim "
    "theme_4 theme_4_aim theme_5 theme_5_aim theme_5_groups",
    "applicants": "applicants consortium eu_applicants proof_expertise proof_needs "
    "proof_experience subcontracting_max",
    "targets": "fte_limit target_sector target_maturity",
    "money and papers": "budget application_form application_link",
    "results": "award_procedure results_status_date results_expected",
    "ministers": "minister_telecom_name minister_telecom_title minister_sme_name "
    "minister_sme_title",
    "contact": "mailbox address_directorate address_service_1 address_service_2 "
    "address_office address_street address_town",
    "context": "pandemic cyber_reflexes attack_figure campaign",
    "later": "later_results_date later_results_count second_round_year second_round_calls",
    "cyberscan": "cyberscan_link cyberscan_questions cyberscan_themes cyberscan_since",
    "incidents": "suspicious_mailbox incident_link police card_stop_number "
    "card_stop_number_abroad data_authority data_leak_hours",
}


def plain(text: str) -> str:
    """Forget what differs without differing: white space and the shape of quotation marks."""
    text = re.sub("[‘’]", "'", re.sub("[“”]", '"', text))
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    """Read the documents by their file names."""
    files = (DATA / "sources").glob("*.txt")
    return {file.name: plain(file.read_text(encoding="utf-8")) for file in files}


@pytest.mark.parametrize("about", KNOWN)
def test_facts_cover_what_the_assistant_knows(about: str) -> None:
    """A fact that disappears takes an answer with it."""
    assert set(KNOWN[about].split()) - set(EVERY_FACT) == set()


@pytest.mark.parametrize("name", EVERY_FACT)
def test_quote_of_a_core_fact_stands_in_its_document(documents: dict[str, str], name: str) -> None:
    """Each quote, in each document it is taken from."""
    fact, call = EVERY_FACT[name]

    missing = [
        quote
        for quote in fact.quotes
        if plain(quote.words) not in documents[FACTS.source(quote.source, call).file or ""]
    ]

    assert missing == []


def test_quote_that_was_changed_would_not_be_found(documents: dict[str, str]) -> None:
    """One other digit is enough."""
    quote = plain("Projectleiders hebben tot 31 oktober 2022")

    found = [quote in documents["press_release_2022-07.txt"]]
    found.append(quote.replace("31", "30") in documents["press_release_2022-07.txt"])

    assert found == [True, False]


def test_every_document_is_a_source_and_every_file_is_there(documents: dict[str, str]) -> None:
    """No document without facts, no source without its document."""
    files = {source.file for source in FACTS.sources.values() if source.file}

    assert files == set(documents)


def test_sources_have_the_dates_they_are_known_by() -> None:
    """The page of the department is the later one; the release is known by its month."""
    dates = {name: source.day or source.month for name, source in FACTS.sources.items()}

    assert {name: str(known) for name, known in dates.items() if known} == {
        "department_page": "2023-02-28",
        "press_release": "(2022, 7)",
        "winners_release": "2023-05-31",
        "cyberscan_article": "(2022, 3)",
        "febelfin": "2022-01-10",
    }


@pytest.mark.parametrize("name", sorted(set(EVERY_FACT) - {"application_link"}))
def test_number_in_the_words_of_a_fact_is_the_same_in_every_language(name: str) -> None:
    """A date or an amount cannot differ between the languages; each has a link of its own."""
    fact, _ = EVERY_FACT[name]

    numbers = {tuple(re.findall(r"\d+", fact.words[code])) for code in LANGUAGES}

    assert len(numbers) == 1


@pytest.mark.parametrize(
    "name", [name for name, (fact, _) in EVERY_FACT.items() if fact.value and fact.quotes]
)
def test_value_of_a_core_fact_stands_in_its_quotes(name: str) -> None:
    """In digits or in the words that are shown: each quote says the very number or date."""
    fact, _ = EVERY_FACT[name]
    forms = {str(fact.value), plain(fact.words["nl"]).casefold()}
    if isinstance(fact.value, date):
        forms.add(f"{fact.value.day} {LANGUAGES['nl'].months[fact.value.month - 1]}")

    silent = [
        quote
        for quote in fact.quotes
        if not any(re.search(rf"\b{form}\b", plain(quote.words).casefold()) for form in forms)
    ]

    assert silent == []


def test_numbers_written_out_are_their_values() -> None:
    """In every language, for every fact that is a number in words."""
    written = {
        (fact.value, fact.words["nl"], fact.words["fr"])
        for fact, _ in EVERY_FACT.values()
        if isinstance(fact.value, int) and not re.search(r"\d", fact.words["nl"])
    }

    assert written == {
        (1, "één", "un"),
        (3, "drie", "trois"),
        (4, "vier", "quatre"),
        (5, "vijf", "cinq"),
    }


@pytest.mark.parametrize(
    "file",
    [DATA / "facts.yml", DATA / "catalogue.yml", *sorted((DATA / "texts").glob("*.yml"))],
    ids=lambda file: file.name,
)
def test_no_line_makes_rasa_read_the_file_as_training_data(file: Path) -> None:
    """Rasa looks at how lines begin, indented or not, wherever they stand."""
    lines = file.read_text(encoding="utf-8").splitlines()

    taken = [line for line in lines if re.match(r"\s*(nlu|responses|stories|rules):", line)]

    assert taken == []
