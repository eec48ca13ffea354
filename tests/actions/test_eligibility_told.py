"""What a message says by the way is believed only where the open question lets it mean that."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

import pytest
from rasa_sdk import Tracker

from actions.eligibility_form import CONFIRMED, EligibilityInterview
from bot.answers import read_entities

HELPED: Final = {"path": "target_sme", "fte": 8.0, "self_employed": False}
REGIONAL: Final = {"path": "applicant", "theme": 5, "region": "flanders"}


def _told(
    slot: str, language: str, text: str, known: dict[str, Any], label: str = "inform"
) -> dict[str, Any]:
    """What the check takes from a message that the entity extractor read."""
    entities = [asdict(one) for one in read_entities(text, language)]
    latest = {"text": text, "entities": entities, "intent": {"name": label}}
    slots = {"language": language, **known}
    tracker = Tracker("c", slots, latest, [], False, None, {}, None)
    return EligibilityInterview().told(tracker, slot)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Wij zijn een boekhoudkantoor en helpen ondernemers met hun aangifte"),
        ("nl", "Wij begeleiden zelfstandigen"),
        ("fr", "Nous sommes une fiduciaire et nous aidons des entrepreneurs"),
        ("fr", "Nous accompagnons des indépendants"),
    ],
)
def test_trade_takes_no_other_path(language: str, text: str) -> None:
    """Nor is who is helped the one who speaks."""
    told = _told("sector", language, text, HELPED)
    assert not told.keys() & {"path", "self_employed"}


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("nl", "wij willen een project indienen", "inform"),
        ("nl", "eigenlijk willen wij een project indienen voor kmo's", "inform"),
        ("fr", "nous voulons soumettre un projet pour des PME", "inform"),
        ("nl", "sorry, wij begeleiden zelfstandigen", "inform"),
        ("nl", "dat is fout, wij begeleiden zelfstandigen", "inform"),
        ("nl", "wij begeleiden zelfstandigen", "go_back"),
    ],
)
def test_project_or_correction_takes_the_other_path(language: str, text: str, label: str) -> None:
    """Whatever question is open."""
    assert _told("sector", language, text, HELPED, label)["path"] == "applicant"


def test_who_helps_others_has_a_project_while_the_path_is_asked() -> None:
    """The same words, in answer to the question they are about."""
    assert _told("path", "nl", "Wij begeleiden zelfstandigen", {})["path"] == "applicant"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Wat is thema 3?"),
        ("nl", "wat is thema 3"),
        ("nl", "thema 3?"),
        ("fr", "Quel est le thème 3 ?"),
        ("fr", "le thème 3, c'est quoi ?"),
    ],
)
def test_question_about_a_theme_chooses_nothing(language: str, text: str) -> None:
    """Neither the theme nor the path that has themes."""
    assert _told("path", language, text, {}) == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "ons project over thema 3"),
        ("nl", "thema 3"),
        ("fr", "notre projet sur le thème 3"),
        ("fr", "thème 3"),
    ],
)
def test_theme_of_ones_own_is_kept(language: str, text: str) -> None:
    assert _told("path", language, text, {})["theme"] == 3


def test_theme_alone_tells_the_path() -> None:
    assert _told("path", "fr", "thème 3", {}) == {"path": "applicant", "theme": 3}


@pytest.mark.parametrize(("language", "text"), [("nl", "Luik"), ("fr", "Liège")])
def test_seat_leaves_the_region_as_it_is(language: str, text: str) -> None:
    """Also where the region is known and the seat is asked again."""
    assert _told("establishment", language, text, REGIONAL) == {"establishment": "belgium"}


def test_region_is_corrected_in_the_summary() -> None:
    assert _told(CONFIRMED, "nl", "Wallonië", REGIONAL)["region"] == "wallonia"
