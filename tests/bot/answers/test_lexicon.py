"""The word lists are complete, and each of their words is read as it is listed."""

from __future__ import annotations

from typing import Final

import pytest

from actions.eligibility_questions import QUESTIONS
from bot.answers import FOLDER, Reading, read_answer
from bot.answers.questions import CHOICES
from bot.data_files import read
from bot.languages import LANGUAGES

FILES: Final = sorted(FOLDER.glob("*.yml"))
PLACES: Final = read(FOLDER / "places.yml")
COUNTRIES: Final = read(FOLDER / "countries.yml")
REGIONS: Final = PLACES.section("regions")
SHARED: Final = set(PLACES.section("shared").content)
MEMBERS: Final = set(COUNTRIES.texts("european_union"))

MUNICIPALITIES: Final = [
    (name, region)
    for region in REGIONS.content
    for names in REGIONS.section(region).texts("municipalities")
    for name in names.split(" / ")
]
NAMES_OF_COUNTRIES: Final = [
    (name, code)
    for code in COUNTRIES.section("countries").content
    for name in COUNTRIES.section("countries").text(code).split(" / ")
]


def test_answers_that_are_read_are_those_that_are_allowed() -> None:
    """The reader and the rules know the same answers."""
    allowed = {name: one.choices for name, one in QUESTIONS.items() if name in CHOICES}

    assert allowed == dict(CHOICES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_word_list_can_stand_beside_training_data(file: object) -> None:
    """A line that starts like a section of training data would be read as one."""
    lines = file.read_text(encoding="utf-8").splitlines()  # type: ignore[attr-defined]

    starts = ("nlu:", "responses:", "stories:", "rules:")
    assert [line for line in lines if line.strip().startswith(starts)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "file", ["organisation_kinds", "paths", "capacities", "sectors", "maturity", "themes", "yes_no"]
)
def test_every_answer_has_words_in_every_language(file: str, language: str) -> None:
    """No answer that one language cannot give."""
    root = read(FOLDER / f"{file}.yml")
    values = {value for allowed in CHOICES.values() for value in allowed} | {"yes", "no"}
    values |= {str(theme) for theme in QUESTIONS["theme"].choices}
    lacking = [
        value
        for value in root.content
        if value in values
        and not root.section(value).texts(language)
        and not root.section(value).section("asked").texts(language)
    ]

    assert lacking == []


def test_european_union_has_its_27_members() -> None:
    """Belgium among them, the United Kingdom and Switzerland not."""
    assert len(MEMBERS) == 27
    assert {"BE", "FR", "HR", "CY"} <= MEMBERS
    assert not {"GB", "CH", "NO", "TR", "UA"} & MEMBERS
    assert set(COUNTRIES.section("countries").content) >= MEMBERS


def test_every_municipality_is_listed() -> None:
    """The 565 there are since 1 January 2025, 19 of them in Brussels."""
    counts = {
        region: len(REGIONS.section(region).texts("municipalities")) for region in REGIONS.content
    }

    assert counts == {"flanders": 285, "brussels": 19, "wallonia": 261}


@pytest.mark.parametrize("language", LANGUAGES)
def test_municipalities_are_read_in_their_region(language: str) -> None:
    """Each by each of its names, in both languages; but for names that stand for two places."""
    wrong = {}
    for name, region in MUNICIPALITIES:
        if name in SHARED:
            continue
        established = read_answer("establishment", name, language)
        in_region = read_answer("region", name, language)
        if established != Reading("understood", "belgium"):
            wrong[name] = established
        if in_region != Reading("understood", region):
            wrong[f"{name} (region)"] = in_region

    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_are_read_as_belgium_the_union_or_beyond(language: str) -> None:
    """Each by each of its names, in both languages."""
    wrong = {}
    for name, code in NAMES_OF_COUNTRIES:
        expected = "belgium" if code == "BE" else "eu" if code in MEMBERS else "outside_eu"
        reading = read_answer("establishment", name, language)
        if name not in SHARED and reading != Reading("understood", expected):
            wrong[name] = reading

    assert wrong == {}


@pytest.mark.parametrize(
    ("answer", "understood"),
    [("dat is in Mol", True), ("in mol", True), ("het is mooi as ge dat ziet", False)],
)
def test_name_that_is_an_everyday_word_needs_a_capital_or_to_stand_alone(
    answer: str,
    understood: bool,  # noqa: FBT001
) -> None:
    """As is a town, and a word."""
    reading = read_answer("establishment", answer, "nl")

    assert (reading.status == "understood") == understood
