"""The catalogue is the contract of names; the texts answer all of it and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from bot.data_files import read
from bot.facts.calls import Facts
from bot.languages import LANGUAGES
from bot.texts.rendering import Texts

DATA: Final = Path(__file__).parents[2] / "data"
CATALOGUE: Final = {
    group: tuple(section)
    for group, section in read(DATA / "catalogue.yml").content.items()
    if isinstance(section, dict)
}
NAMES: Final = tuple(name for names in CATALOGUE.values() for name in names)
TEXTS: Final = Texts.load(DATA / "texts", Facts.load(DATA / "facts.yml"))

# Never a choice: pleasantries, and a bare value.
NEVER_OFFERED: Final = {"greet", "goodbye", "thank", "feedback_positive", "inform"}


def test_catalogue_has_the_agreed_groups_and_names() -> None:
    """A renamed entry breaks training data, stories, reports and exports at once."""
    assert CATALOGUE == {
        "faq": (
            "faq/programme",
            "faq/call_status",
            "faq/deadline",
            "faq/launch_date",
            "faq/themes",
            "faq/theme_organisational",
            "faq/theme_technical",
            "faq/theme_training",
            "faq/theme_support",
            "faq/theme_regional",
            "faq/national_vs_regional",
            "faq/who_can_apply",
            "faq/consortium",
            "faq/foreign_applicants",
            "faq/requirements",
            "faq/subcontracting",
            "faq/target_smes",
            "faq/own_sme_support",
            "faq/budget",
            "faq/how_to_apply",
            "faq/results",
            "faq/contact",
            "faq/context",
            "faq/funding_source",
            "faq/ministers",
            "faq/attack_figures",
            "faq/campaign",
        ),
        "tasks": ("check_eligibility", "contact_human", "report_incident"),
        "dialogue": (
            "greet",
            "goodbye",
            "thank",
            "affirm",
            "deny",
            "stop",
            "restart",
            "go_back",
            "explain",
            "repeat",
            "change_language",
            "ask_capabilities",
            "bot_challenge",
            "privacy",
            "feedback_positive",
            "feedback_negative",
            "inform",
        ),
        "out_of_scope": ("out_of_scope",),
    }


def test_every_topic_has_an_answer_and_no_answer_is_without_a_topic() -> None:
    """The answers cover the catalogue exactly."""
    answers = {name.removeprefix("utter_") for name in TEXTS.responses if "utter_faq/" in name}

    assert answers == set(CATALOGUE["faq"])


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_has_something_to_say(name: str) -> None:
    """Under its own name; else as a form, or `_nothing` where it needs a conversation first."""
    form = {"contact_human": "utter_handoff_form_intro"}.get(name, f"utter_{name}")
    said = {form, f"utter_{name}_nothing"} & set(TEXTS.responses)

    assert len(said) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_that_can_be_offered_has_a_label(language: str) -> None:
    """All but the pleasantries; values for a form stand beside them as slot=value."""
    labelled = {
        name for name, words in TEXTS.labels.items() if "=" not in name and language in words
    }

    assert labelled == set(NAMES) - NEVER_OFFERED


def test_every_choice_is_an_entry_of_the_catalogue_or_a_value() -> None:
    """So a tapped button is always understood."""
    offered = {
        choice
        for response in TEXTS.responses.values()
        for ids in response.choices.values()
        for choice in ids
    }

    assert {choice for choice in offered if "=" not in choice} - set(NAMES) == set()


@pytest.mark.parametrize("name", CATALOGUE["faq"])
def test_an_answer_does_not_offer_itself(name: str) -> None:
    """A choice leads on."""
    choices = TEXTS.responses[f"utter_{name}"].choices

    assert [phase for phase, ids in choices.items() if name in ids] == []
