"""A message about anything: what it names is read, and nothing else."""

from __future__ import annotations

from typing import Final

import pytest

from bot.answers import Entity, Value, answers_in, read_entities

SAID: Final = True
NAMED: Final = False


def found(message: str, language: str | None = None) -> list[tuple[str, Value, bool]]:
    """Return what is read, without places."""
    return [(one.entity, one.value, one.asserted) for one in read_entities(message, language)]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "wij zijn een vzw uit Gent, 12 mensen, thema 3",
            [
                ("organisation_kind", "nonprofit", SAID),
                ("establishment", "belgium", SAID),
                ("region", "flanders", SAID),
                ("headcount", 12.0, SAID),
                ("theme", 3, SAID),
            ],
        ),
        (
            "on est une asbl de Namur, 8 personnes, thème 2",
            [
                ("organisation_kind", "nonprofit", SAID),
                ("establishment", "belgium", SAID),
                ("region", "wallonia", SAID),
                ("headcount", 8.0, SAID),
                ("theme", 2, SAID),
            ],
        ),
        (
            "ik heb een bakkerij in Aalst met 5 werknemers",
            [
                ("sector", "traditional", SAID),
                ("establishment", "belgium", SAID),
                ("region", "flanders", SAID),
                ("headcount", 5.0, SAID),
            ],
        ),
        (
            "wij dienden een project in voor thema 1 en besteden 30 % uit, voldeden we?",
            [("path", "applicant", SAID), ("theme", 1, SAID), ("percentage", 30.0, SAID)],
        ),
        ("thema 1 of 3", []),
        (
            "ik ben zaakvoerder van een kleine bakkerij uit Sint-Truiden met 6 mensen in dienst",
            [
                ("sector", "traditional", SAID),
                ("establishment", "belgium", SAID),
                ("region", "flanders", SAID),
                ("headcount", 6.0, SAID),
            ],
        ),
        (
            "je suis gérante d'un petit salon de coiffure avec 3 employées",
            [("sector", "traditional", SAID), ("headcount", 3.0, SAID)],
        ),
        (
            "Is dit iets voor ons, een slagerij met 7,5 vte?",
            [("sector", "traditional", SAID), ("headcount", 7.5, SAID)],
        ),
        (
            "C'est pour nous, une boucherie de 7,5 ETP ?",
            [("sector", "traditional", SAID), ("headcount", 7.5, SAID)],
        ),
        (
            "Is dit iets voor klanten, een slagerij met 7,5 vte?",
            [("sector", "traditional", NAMED), ("headcount", 7.5, NAMED)],
        ),
        (
            "notre société est basée à Lille",
            [
                ("organisation_kind", "enterprise", NAMED),
                ("country", "FR", SAID),
                ("establishment", "eu", SAID),
            ],
        ),
        (
            "ik ben zelfstandige in bijberoep",
            [("organisation_kind", "self_employed", SAID), ("self_employed", True, SAID)],
        ),
        ("nous sous-traitons 40 % du budget", [("percentage", 40.0, SAID)]),
        ("de expertise hebben we in huis", [("expertise", "in_house", SAID)]),
        ("wij wilden indienen voor thema 3", [("theme", 3, SAID)]),
        ("je veux déposer un projet", [("path", "applicant", SAID)]),
        ("we zijn met twee", [("headcount", 2.0, SAID)]),
        ("on est 4", [("headcount", 4.0, SAID)]),
        ("mail naar Jan.Peeters@Bakkerij.be", [("email", "jan.peeters@bakkerij.be", SAID)]),
        ("non, c'était 60 %", [("percentage", 60.0, SAID)]),
        (
            "mochten wij als vzw uit Gent een project indienen?",
            [
                ("organisation_kind", "nonprofit", SAID),
                ("establishment", "belgium", SAID),
                ("region", "flanders", SAID),
                ("path", "applicant", SAID),
            ],
        ),
        (
            "en tant qu'asbl de Namur, avions-nous droit à quelque chose avec notre projet ?",
            [
                ("organisation_kind", "nonprofit", SAID),
                ("establishment", "belgium", SAID),
                ("region", "wallonia", SAID),
                ("path", "applicant", SAID),
            ],
        ),
        ("ik heb een frituur en zoek wat hulp", [("sector", "traditional", SAID)]),
        (
            "wij geven opleidingen aan winkeliers, voldeden wij?",
            [("path", "applicant", SAID)],
        ),
        ("gemeente Ieper", [("establishment", "belgium", SAID), ("region", "flanders", SAID)]),
        ("commune d'Uccle", [("establishment", "belgium", SAID), ("region", "brussels", SAID)]),
        (
            "eigenlijk zitten we in Frankrijk",
            [("country", "FR", SAID), ("establishment", "eu", SAID)],
        ),
    ],
)
def test_what_visitors_say_of_themselves_is_read(
    message: str, expected: list[tuple[str, Value, bool]]
) -> None:
    """Several things in one message, in the language it seems to be in."""
    assert found(message) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("is dat voor een federatie?", [("organisation_kind", "federation", NAMED)]),
        ("une asbl peut-elle participer ?", [("organisation_kind", "nonprofit", NAMED)]),
        ("stel dat we een vzw zijn", [("organisation_kind", "nonprofit", NAMED)]),
        ("federatie voorwaarden", [("organisation_kind", "federation", NAMED)]),
        ("stel dat wij als vzw meedoen", [("organisation_kind", "nonprofit", NAMED)]),
        ("als een vzw ons helpt, mag dat?", [("organisation_kind", "nonprofit", NAMED)]),
        ("mijn klant wil een project indienen", [("path", "applicant", NAMED)]),
        # Money, a trade and a project: whose project is not to be told.
        ("krijgt onze bakkerij geld voor ons project?", [("sector", "traditional", NAMED)]),
        ("mijn klant is een vzw", [("organisation_kind", "nonprofit", NAMED)]),
        ("waarover gaat thema 3?", [("theme", 3, NAMED)]),
        ("50 vte, is dat de grens?", [("headcount", 50.0, NAMED)]),
        ("49 % max, c'est juste ?", [("percentage", 49.0, NAMED)]),
        (
            "mag een vzw 60% uitbesteden?",
            [("organisation_kind", "nonprofit", NAMED), ("percentage", 60.0, NAMED)],
        ),
        (
            "wij zijn op zoek naar een partner in Nederland",
            [("country", "NL", NAMED), ("establishment", "eu", NAMED)],
        ),
        (
            "kunnen wij 300 werknemers van kmo's opleiden?",
            [
                ("headcount", 300.0, NAMED),
                ("organisation_kind", "enterprise", NAMED),
                ("path", "applicant", SAID),
            ],
        ),
    ],
)
def test_what_is_only_named_is_marked(
    message: str, expected: list[tuple[str, Value, bool]]
) -> None:
    """Questions, suppositions, other people."""
    assert found(message) == expected


@pytest.mark.parametrize(
    "message",
    [
        "4 nationale en 1 gewestelijke",
        "31 oktober 2022",
        "le 28/02/2023 à 14h30",
        "1 op 5",
        "un sur cinq",
        "thema 1 tem 5",
        "les thèmes 1 à 4",
        "thema 2 of 3?",
        "we wachten al 3 maanden",
        "on attend depuis dix ans",
        "0476 12 34 56",
        "bel +32 476 12 34 56",
        "BE68 5390 0754 7034",
        "10,6 millions d'euros",
        "€ 20.000",
        "we zijn met 3 partners",
        "on est fin feb",
        "we zijn geen vzw",
        "minder dan 50 vte",
        "10 à 15 personnes",
        "zie www.asbl.be",
        "heel mooi in de boom",
        "wanneer sluit het?",
        "kan ik nog meedoen",
        "",
    ],
)
@pytest.mark.parametrize("language", ["nl", "fr", None])
def test_ordinary_numbers_and_words_are_not_read(message: str, language: str | None) -> None:
    """Dates, phone numbers, money, lists, denials: nothing."""
    assert found(message, language) == []


def test_entity_has_its_place_in_the_message_as_typed() -> None:
    """With capitals, accents and spaces as they stand."""
    message = "Nous sommes  une Fédération à Liège"

    assert read_entities(message, "fr") == [
        Entity("organisation_kind", "federation", 17, 27, "Fédération"),
        Entity("establishment", "belgium", 30, 35, "Liège"),
        Entity("region", "wallonia", 30, 35, "Liège"),
    ]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "wij zijn een vzw uit Gent, 12 mensen, thema 3",
            {
                "organisation_kind": "nonprofit",
                "establishment": "belgium",
                "region": "flanders",
                "fte": 12.0,
                "theme": 3,
            },
        ),
        ("non, c'était 60 %", {"outsourcing_share": 60.0}),
        # Only named, or said in two ways: no answer.
        ("mag een vzw 60% uitbesteden?", {}),
        ("consortium asbl et srl", {}),
        ("mail naar jan@bakkerij.be", {}),
    ],
)
def test_answers_are_what_was_said_once(message: str, expected: dict[str, Value]) -> None:
    """By the names of the questions."""
    assert answers_in(read_entities(message, None)) == expected


def test_unspoken_language_is_refused() -> None:
    """The error names the language and those there are."""
    with pytest.raises(ValueError, match="'en' is not spoken here"):
        read_entities("hello", "en")
