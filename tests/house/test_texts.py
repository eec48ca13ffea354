"""What every word of the assistant must be: complete, short, sourced, and made of facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from bot.facts.calls import PHASES
from bot.languages import LANGUAGES, OTHER_LANGUAGES
from bot.texts.rendering import RUNTIME_VALUES
from bot.texts.responses import PLACEHOLDER
from tests.house.shown import (
    CALL,
    FACTS,
    FAQ,
    MAXIMUM_LABEL,
    MAXIMUM_WORDS,
    PARTS,
    TEXTS,
    render,
    words,
)

if TYPE_CHECKING:
    from bot.facts.calls import Phase
    from bot.texts.responses import Response

# Whatever reads like a fact comes from the facts; "one" is a number only to a machine.
MONTHS: Final = [month for row in LANGUAGES.values() for month in row.months]
WEEKDAYS: Final = [day for row in LANGUAGES.values() for day in row.weekdays]
NUMBERS: Final = {
    "nl": "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|vijftig|honderd|"
    "duizend|miljoen|miljard",
    "fr": "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|vingt|cinquante|cent|mille|"
    "millions?|milliards?",
}
PEOPLE_AND_STREETS: Final = "De Sutter|Clarinval|Vooruitgangstraat|Progrès"
LIKE_A_FACT: Final = {
    code: re.compile(
        r"\d|[@%€]|https?:|www\.|\b[\w.-]+\.(?:be|eu|com|ly)\b|"
        rf"\b(?:{'|'.join(MONTHS)}|{'|'.join(WEEKDAYS)}|{numbers}|{PEOPLE_AND_STREETS})\b",
        re.IGNORECASE,
    )
    for code, numbers in (*NUMBERS.items(), *dict.fromkeys(OTHER_LANGUAGES, "zwei|two").items())
}


def like_facts(text: str, language: str) -> list[str]:
    """Return what reads like a fact in a text outside its placeholders."""
    return LIKE_A_FACT[language].findall(PLACEHOLDER.sub("_", text))


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FAQ)
def test_answer_is_short_and_sourced_in_every_language_and_phase(
    name: str, language: str, phase: Phase
) -> None:
    """At most eighty words, and where they come from; so too for what is added."""
    rendered = render(name, language, phase)

    for part in (rendered, rendered.more or rendered):
        assert 0 < words(part.text) <= MAXIMUM_WORDS
        assert part.source == part.sources[0]


def test_words_are_counted_as_a_reader_does() -> None:
    """A dash and a colon on its own are no words."""
    assert words("- een\u00a0: twee\n- drie (vier)") == 4


@pytest.mark.parametrize("name", PARTS)
def test_placeholders_are_facts_or_values(name: str) -> None:
    """In every language; the call's facts with the general ones."""
    known = {placeholder for code in LANGUAGES for placeholder in FACTS.in_language(code, CALL)}

    assert PARTS[name].placeholders() - known - set(RUNTIME_VALUES) == set()


@pytest.mark.parametrize("name", PARTS)
def test_languages_use_the_same_placeholders_in_each_phase(name: str) -> None:
    """Who reads French learns what who reads Dutch learns."""
    used: dict[str, set[frozenset[str]]] = {}
    for _, phase, text in PARTS[name].texts():
        used.setdefault(phase, set()).add(frozenset(PLACEHOLDER.findall(text)))

    assert {phase: len(sets) for phase, sets in used.items()} == dict.fromkeys(used, 1)


@pytest.mark.parametrize("name", PARTS)
def test_nothing_like_a_fact_stands_outside_a_placeholder(name: str) -> None:
    """No digit, date, written-out number, address or person in a text."""
    found = {text: like_facts(text, code) for code, _, text in PARTS[name].texts()}

    assert {text: facts for text, facts in found.items() if facts} == {}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("nl", "Tot 31 oktober.", ["3", "1", "oktober"]),
        ("nl", "Op woensdag, vijf oproepen", ["woensdag", "vijf"]),
        ("fr", "le 1er août, cinq appels", ["1", "août", "cinq"]),
        ("nl", "iemand@economie.fgov.be", ["@", "economie.fgov.be"]),
        ("fr", "https://bit.ly", ["https:", "bit.ly"]),
        ("nl", "Petra De Sutter", ["De Sutter"]),
        ("nl", "onze bronnen, {deadline}, een van de oproepen", []),
        ("fr", "nos sources, {deadline}, un des appels", []),
    ],
)
def test_what_is_like_a_fact_is_found(language: str, text: str, found: list[str]) -> None:
    """The check itself, with its negative twins in the last rows."""
    assert like_facts(text, language) == found


@pytest.mark.parametrize("name", TEXTS.labels)
def test_label_is_short_and_holds_no_facts(name: str) -> None:
    """It fits a button on a phone."""
    for language in LANGUAGES:
        for phase in PHASES:
            label = TEXTS.label(name, language, phase)
            assert (len(label) <= MAXIMUM_LABEL, like_facts(label, language)) == (True, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phase", PHASES)
def test_labels_of_one_phase_differ(language: str, phase: Phase) -> None:
    """Two buttons never say the same, within the catalogue and within the values of a slot."""
    told = [(name.rpartition("=")[0], TEXTS.label(name, language, phase)) for name in TEXTS.labels]

    assert len(set(told)) == len(told)


def strangers(part: Response) -> set[str]:
    """Return the facts of a text that come from none of the sources it names."""
    named = set(part.sources)
    facts = [FACTS.origin(name, CALL) for name in part.placeholders()]
    return {fact.id for fact in facts if fact and named and not named & set(fact.sources)}


@pytest.mark.parametrize("name", PARTS)
def test_facts_come_from_the_source_that_is_named(name: str) -> None:
    """The source line under an answer is true of all of it."""
    assert strangers(PARTS[name]) == set()


# These put the conditions of a document in words; they need none of its dates or numbers for it.
CONDITIONS = ("utter_explain_", "utter_eligibility_verdict_")
SOURCED = [name for name in PARTS if PARTS[name].sources and not name.startswith(CONDITIONS)]


@pytest.mark.parametrize("name", SOURCED)
def test_every_source_that_is_named_gives_a_fact(name: str) -> None:
    """No source line that the answer does not need."""
    facts = [FACTS.origin(placeholder, CALL) for placeholder in PARTS[name].placeholders()]
    used = {source for fact in facts if fact for source in fact.sources}

    assert set(PARTS[name].sources) - used == set()


def test_answers_name_core_documents_and_what_is_added_only_others() -> None:
    """Facts from other public pages are never mixed into a core answer."""
    core = {name for name, source in FACTS.sources.items() if source.file}

    assert {name for name in FAQ if not set(PARTS[name].sources) <= core} == set()
    added = {name for name in PARTS if name.endswith("> more")}
    assert {name for name in added if set(PARTS[name].sources) & core} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    [
        "utter_faq/programme",
        "utter_faq/call_status",
        "utter_faq/deadline",
        "utter_faq/launch_date",
        "utter_faq/themes",
        "utter_faq/how_to_apply",
        "utter_faq/results",
        "utter_faq/funding_source",
        "utter_welcome",
    ],
)
def test_answer_that_depends_on_the_phase_differs_in_all_three(name: str, language: str) -> None:
    """Coming, running and over are said each in its own way."""
    assert len({render(name, language, phase).text for phase in PHASES}) == len(PHASES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_deadline_is_told_by_phase(language: str) -> None:
    """The words a visitor reads, exactly."""
    assert [render("utter_faq/deadline", language, phase).text for phase in PHASES] == {
        "nl": [
            (
                "De oproepen gaan open op 27 juli 2022. Vanaf dan kunt u uw projectvoorstel "
                "indienen. De uiterste datum is 31 oktober 2022."
            ),
            "U kunt uw projectvoorstel nog indienen. De uiterste datum is 31 oktober 2022.",
            (
                "De uiterste datum om een projectvoorstel in te dienen, was 31 oktober 2022. Die "
                "datum is voorbij: u kunt niet meer deelnemen."
            ),
        ],
        "fr": [
            (
                "Les appels s’ouvrent le 27 juillet 2022. Vous pourrez alors introduire votre "
                "proposition de projet. La date limite est le 31 octobre 2022."
            ),
            (
                "Vous pouvez encore introduire votre proposition de projet. La date limite est le "
                "31 octobre 2022."
            ),
            (
                "La date limite pour introduire une proposition de projet était le 31 octobre "
                "2022. Cette date est passée\u00a0: vous ne pouvez plus participer."
            ),
        ],
    }[language]
