from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, SCREENSHOTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.chat import Chat

START = {
    "nl": "Voldeed ik aan de voorwaarden?",
    "fr": "Est-ce que j’étais dans les conditions\u00a0?",
}
BUTTONS = {
    "nl": [
        START["nl"],
        "Een project indienen",
        "Onderneming",
        "België",
        "Deels of volledig via derden",
        "Kennis van de behoeften",
        "Niets",
        "Technische maatregelen",
        "Ja, dat klopt",
    ],
    "fr": [
        START["fr"],
        "Introduire un projet",
        "Entreprise",
        "Belgique",
        "En partie ou entièrement par des tiers",
        "Connaissance des besoins",
        "Rien",
        "Mesures techniques",
        "Oui, c’est correct",
    ],
}
TYPED = {
    "nl": [
        "Ik wil nagaan of wij in aanmerking komen",
        "Wij wilden zelf een project indienen",
        "Wij zijn een vzw",
        "In Gent",
        "kennis via uitbesteding, de rest zelf",
        "60 %",
        "opleiding",
        "ja, dat klopt",
    ],
    "fr": [
        "Je veux vérifier si nous étions dans les conditions",
        "Nous voulions introduire un projet",
        "Nous sommes une asbl",
        "À Namur",
        "connaissance par sous-traitance, le reste en interne",
        "60 %",
        "formation",
        "oui, c'est correct",
    ],
}
HELPED = {
    "nl": [
        "Voldeed ik aan de voorwaarden?",
        "hulp voor mijn zaak",
        "12",
        "nee",
        "bakkerij",
        "laag",
    ],
    "fr": [
        "Est-ce que j'étais dans les conditions ?",
        "de l'aide pour mon entreprise",
        "12",
        "non",
        "boulangerie",
        "peu avancé",
    ],
}
TARGET = {
    "nl": "Indicatief: binnen de doelgroep",
    "fr": "À titre indicatif\u00a0: dans le public visé",
}
OUTCOME = {
    "qualifies": {
        "nl": "Indicatief: komt in aanmerking",
        "fr": "À titre indicatif\u00a0: remplit les conditions",
    },
    "does_not_qualify": {
        "nl": "Indicatief: komt niet in aanmerking",
        "fr": "À titre indicatif\u00a0: ne remplit pas les conditions",
    },
}


@pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("fr", DESKTOP)], ids=["nl-phone", "fr-desktop"]
)
def test_check_by_buttons_ends_in_a_verdict(
    visit: Callable[..., Chat], language: str, screen: dict[str, Any]
) -> None:
    chat = visit(language, **screen)

    for label in BUTTONS[language]:
        chat.choose(label)

    expect(chat.log.locator(".outcome")).to_have_text([OUTCOME["qualifies"][language]])
    assert [text for who, text in chat.texts() if who == "visitor"] == BUTTONS[language]
    expect(chat.log.locator(".choice.chosen")).to_have_count(len(BUTTONS[language]))
    chat.has_no_axe_findings()
    chat.page.screenshot(path=SCREENSHOTS / f"verdict-{language}.png")


@pytest.mark.parametrize(
    ("language", "screen"), [("nl", DESKTOP), ("fr", PHONE)], ids=["nl-desktop", "fr-phone"]
)
def test_check_by_typing_ends_in_a_verdict(
    visit: Callable[..., Chat], language: str, screen: dict[str, Any]
) -> None:
    chat = visit(language, **screen)

    for text in TYPED[language]:
        chat.say(text)

    # More than half of the budget was for others.
    expect(chat.log.locator(".outcome")).to_have_text([OUTCOME["does_not_qualify"][language]])
    assert [text for who, text in chat.texts() if who == "visitor"] == TYPED[language]
    chat.has_no_axe_findings()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_firm_that_looks_for_help_is_told_of_the_target_group(
    visit: Callable[..., Chat], language: str
) -> None:
    """It never reads that it was eligible: the calls paid nothing to it."""
    chat = visit(language, **PHONE)

    for text in [*HELPED[language], "ja" if language == "nl" else "oui"]:
        chat.say(text)

    expect(chat.log.locator(".outcome")).to_have_text([TARGET[language]])


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_check_by_keyboard_alone_ends_in_a_verdict(
    visit: Callable[..., Chat], language: str
) -> None:
    chat = visit(language)
    _tab_to_input(chat)

    for label in BUTTONS[language]:
        _choose_by_keyboard(chat, label)

    expect(chat.log.locator(".outcome")).to_have_text([OUTCOME["qualifies"][language]])
    # Out of the choices and up the transcript, one message at a time.
    chat.page.keyboard.press("Shift+Tab")
    chat.page.keyboard.press("Shift+Tab")
    expect(chat.messages.last).to_be_focused()
    chat.page.keyboard.press("Home")
    expect(chat.messages.first).to_be_focused()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_choice_pressed_twice_is_sent_once(visit: Callable[..., Chat], language: str) -> None:
    chat = visit(language)
    sent: list[str] = []
    chat.page.on(
        "request",
        lambda request: sent.append(request.url) if request.method == "POST" else None,
    )
    before = chat.ours.count()

    chat.choice(START[language]).dblclick()

    chat.answered(before)
    chat.choose(BUTTONS[language][1])
    assert [url.rsplit("/", 1)[-1] for url in sent] == ["messages", "messages"]
    chosen = chat.log.locator(".choice.chosen").first
    chosen.dispatch_event("click")
    assert len(sent) == 2
    chat.page.reload()
    chat.is_ready()
    said = [text for who, text in chat.texts() if who == "visitor"]
    assert said == BUTTONS[language][:2]


def _tab_to_input(chat: Chat) -> None:
    for _ in range(12):
        chat.page.keyboard.press("Tab")
        if chat.input.evaluate("input => input.getRootNode().activeElement === input"):
            return
    raise AssertionError("Tab does not come to the input")


def _choose_by_keyboard(chat: Chat, label: str) -> None:
    expect(chat.input).to_be_focused()
    chat.page.keyboard.press("Shift+Tab")
    labels = chat.open_choices().all_inner_texts()
    for _ in range(labels.index(label)):
        chat.page.keyboard.press("ArrowRight")
    expect(chat.choice(label)).to_be_focused()
    before = chat.ours.count()
    chat.page.keyboard.press("Enter")
    chat.answered(before)
    # The focus did not move by itself; Escape leads back to the input.
    expect(chat.log.locator(".choice.chosen").last).to_be_focused()
    chat.page.keyboard.press("Escape")
