"""Texts as they are rendered: words, choices, sources, and what is asked for in vain."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.data_files import DataError
from bot.facts.calls import PHASES, Facts
from bot.facts.sources import SourceLine
from bot.texts.rendering import RUNTIME_VALUES, Choice, Rendered, Texts
from tests.bot.small import load_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.facts.calls import Phase

PROJECT = Path(__file__).parents[3]


def test_render_gives_words_choices_sources_and_more(tmp_path: Path) -> None:
    """Everything of one phase and language, in one object."""
    assert load_texts(tmp_path).render("utter_deadline", "fr", "closed") == Rendered(
        text="C’était le lundi 31 octobre 2022.",
        choices=(Choice("results", "Résultats\u00a0?"),),
        sources=(SourceLine("page", "Page", date(2023, 2, 28)),),
        more=Rendered(
            text="Plus tard 13 projets.",
            sources=(SourceLine("elsewhere", "Ailleurs, sans date", None),),
        ),
    )


@pytest.mark.parametrize("phase", ["upcoming", "open"])
def test_render_leaves_out_what_a_phase_does_not_have(tmp_path: Path, phase: Phase) -> None:
    """No choices and nothing more before the end."""
    assert load_texts(tmp_path).render("utter_deadline", "nl", phase) == Rendered(
        text="Indienen kan tot 31 oktober 2022.",
        sources=(SourceLine("page", "Pagina", date(2023, 2, 28)),),
    )


def test_source_is_the_first_of_the_sources(tmp_path: Path) -> None:
    """A text without sources has none."""
    texts = load_texts(tmp_path)
    rendered = texts.render("utter_deadline", "nl", "open")

    assert rendered.source == rendered.sources[0]
    assert texts.render("utter_declined", "nl", "open").source is None


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("nl", 30, "30 dagen"),
        ("fr", 10_000, "10\u00a0000 jours"),
        ("nl", 1.5, "1,5 dagen"),
        ("nl", date(2022, 11, 1), "1 november 2022 dagen"),
        ("fr", "{mailbox} l'an", "{mailbox} l'an jours"),
    ],
)
def test_render_writes_values_as_in_the_language(
    tmp_path: Path, language: str, value: object, text: str
) -> None:
    """A visitor's own words are shown as they are, placeholders in them never filled."""
    rendered = load_texts(tmp_path).render(
        "utter_privacy", language, "open", {"retention_days": value}
    )

    assert rendered.text == text


def test_render_in_a_language_that_is_not_spoken(tmp_path: Path) -> None:
    """The short sentence to whoever writes in it."""
    rendered = load_texts(tmp_path).render("utter_other_language", "de", "closed")

    assert rendered == Rendered("Bitte an someone@example.org.")


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda texts: texts.render("utter_dedline", "nl", "open"),
            "There is no text 'utter_dedline'. Did you mean 'utter_deadline'?",
        ),
        (
            lambda texts: texts.render("nothing", "nl", "open"),
            "There is no text 'nothing'. Add it to data/texts.",
        ),
        (
            lambda texts: texts.render("utter_deadline", "de", "open"),
            "some.yml, utter_deadline: it has no words in 'de'. Ask for nl, fr, or write them.",
        ),
        (
            lambda texts: texts.render("utter_privacy", "fr", "open"),
            (
                "some.yml, utter_privacy: 'fr' lacks a value for {retention_days}. "
                "Pass retention_days in values."
            ),
        ),
        (
            lambda texts: texts.render("utter_privacy", "fr", "open", {"days": 3}),
            (
                f"The value 'days' is not known. Use one of {', '.join(RUNTIME_VALUES)}, "
                "or add it to them."
            ),
        ),
        (
            lambda texts: texts.label("nothing", "nl", "open"),
            "The choice 'nothing' has no label in 'nl'. Add it to labels*.yml.",
        ),
        (
            lambda texts: texts.label("results", "de", "open"),
            "The choice 'results' has no label in 'de'. Add it to labels*.yml.",
        ),
    ],
)
def test_asking_for_what_is_not_there_says_what_to_do(
    tmp_path: Path, ask: Callable[[Texts], object], message: str
) -> None:
    """Never a text with holes, never an empty one."""
    with pytest.raises(DataError) as error:
        ask(load_texts(tmp_path))

    assert str(error.value).endswith(message)


@pytest.mark.parametrize(
    ("phase", "label"),
    [
        ("upcoming", "Hoe kan ik indienen?"),
        ("open", "Hoe kan ik indienen?"),
        ("closed", "Hoe kon ik indienen?"),
    ],
)
def test_choices_have_the_labels_of_the_phase(tmp_path: Path, phase: Phase, label: str) -> None:
    """For those that are filled in while talking too, in the order given."""
    assert load_texts(tmp_path).choices(["results", "apply"], "nl", phase) == (
        Choice("results", "Resultaten"),
        Choice("apply", label),
    )


def test_phrases_are_those_of_the_language(tmp_path: Path) -> None:
    """Only of the responses that have some."""
    texts = load_texts(tmp_path)

    assert dict(texts.phrases("fr")) == {"utter_declined": ("jury", "jurés")}
    assert dict(texts.phrases("de")) == {}


def test_runtime_values_are_not_facts() -> None:
    """A value passed in never hides a fact."""
    facts = Facts.load(PROJECT / "data" / "facts.yml")

    hidden = {name for call in facts.calls for name in RUNTIME_VALUES if facts.origin(name, call)}
    assert hidden == set()


@pytest.fixture(scope="module")
def product() -> Texts:
    """Load the texts of the product."""
    return Texts.load(PROJECT / "data" / "texts", Facts.load(PROJECT / "data" / "facts.yml"))


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("phase", PHASES)
def test_every_text_of_the_product_renders(product: Texts, language: str, phase: Phase) -> None:
    """With a value for each runtime name, no text fails or keeps a brace."""
    values = dict.fromkeys(RUNTIME_VALUES, "x")

    spoken = [name for name, one in product.responses.items() if language in one.words]
    rendered = [product.render(name, language, phase, values).text for name in spoken]

    assert [text for text in rendered if not text or {"{", "}"} & set(text)] == []
