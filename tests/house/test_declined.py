"""What the assistant does not know or cannot do is said by its name, with where to go instead."""

from __future__ import annotations

import pytest

from bot.facts.calls import PHASES, Phase
from bot.languages import LANGUAGES, OTHER_LANGUAGES
from bot.nlu.decision import BESIDE_EVERY_REFUSAL
from tests.house.shown import DECLINED, MAXIMUM_WORDS, TEXTS, render, words


def test_every_subject_the_sources_do_not_hold_is_declined_by_its_name() -> None:
    """One text a subject, so that a visitor sees the question was understood."""
    assert {name.removeprefix("utter_declined_") for name in DECLINED} == {
        "maximum_grant",
        "cofunding_rate",
        "eligible_costs",
        "payment",
        "project_duration",
        "proposal_language",
        "evaluation_criteria",
        "jury",
        "number_of_proposals",
        "winners",
        "theme_5_conditions",
        "several_lots",
        "outside_eu",
        "natural_person",
        "opening_hours",
        "telephone",
        "later_call",
    }


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    [
        *DECLINED,
        "utter_out_of_scope",
        "utter_out_of_scope_perhaps",
        "utter_other_script",
        "utter_clarify_again",
        "utter_faq/own_sme_support",
        "utter_faq/contact",
        "utter_privacy",
    ],
)
def test_who_gets_no_answer_gets_the_mailbox(name: str, language: str, phase: Phase) -> None:
    """In every language and phase."""
    assert render(name, language, phase).text.count("cyber4sme@economie.fgov.be") == 1


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*DECLINED, "utter_out_of_scope"])
def test_the_mailbox_is_offered_beside_every_refusal(
    name: str, language: str, phase: Phase
) -> None:
    """As the figures count on."""
    offered = [choice.id for choice in render(name, language, phase).choices]

    assert BESIDE_EVERY_REFUSAL in offered


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_other_languages_get_one_short_text_with_the_mailbox(language: str) -> None:
    """Which languages are spoken, and where to write."""
    spoken = {name for name, one in TEXTS.responses.items() if language in one.words}
    text = render("utter_other_language", language, "closed").text

    assert spoken == {"utter_other_language"}
    assert text.count("cyber4sme@economie.fgov.be") == 1
    assert words(text) <= MAXIMUM_WORDS // 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_recognise_one_subject_each(language: str) -> None:
    """Lower case, plain apostrophes, and never the same for two subjects of one family."""
    phrases = {name: TEXTS.phrases(language)[name] for name in DECLINED}
    every = [phrase for several in phrases.values() for phrase in several]

    assert len(every) == len(set(every))
    assert [phrase for phrase in every if phrase != phrase.lower().strip() or "’" in phrase] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", [name for name in TEXTS.responses if name.startswith("utter_report_incident")]
)
def test_incident_begins_with_what_the_assistant_is_not(name: str, language: str) -> None:
    """Before anything else: no emergency desk."""
    first = {
        "nl": "Ik ben geen nooddienst: ik kan niet ingrijpen en niemand verwittigen.",
        "fr": "Je ne suis pas un service d’urgence\u00a0: je ne peux ni intervenir, ni alerter "
        "qui que ce soit.",
    }

    assert render(name, language, "closed").text.startswith(first[language])


def test_every_kind_of_incident_has_its_text() -> None:
    """The general one, and one a kind."""
    prefix = "utter_report_incident"

    assert {name.removeprefix(prefix) for name in TEXTS.responses if name.startswith(prefix)} == {
        "",
        "_money_lost",
        "_ransomware",
        "_phishing",
        "_data_leaked",
    }
