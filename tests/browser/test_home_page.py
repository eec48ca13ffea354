"""The server's own page, in the language of the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE, SCREENSHOTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from bot.trial.server import TrialServer

INTRODUCTION = {
    "nl": "Stel hier uw vragen over de projectoproepen van 2022",
    "fr": "Posez ici vos questions sur les appels à projets de 2022",
}
GREETING = {"nl": "Goedendag!", "fr": "Bonjour\N{NO-BREAK SPACE}!"}
WITHOUT = {
    "nl": "De chat werkt niet in uw browser. Mail uw vraag naar cyber4sme@economie.fgov.be.",
    "fr": "Le chat ne fonctionne pas dans votre navigateur. Envoyez votre question à "
    "cyber4sme@economie.fgov.be.",
}


@pytest.mark.parametrize(("browser_language", "spoken"), [("nl", "nl"), ("fr", "fr"), ("de", "nl")])
def test_page_is_in_both_languages_and_the_chat_in_the_visitors(
    new_context: Callable[..., BrowserContext],
    chat_server: TrialServer,
    browser_language: str,
    spoken: str,
) -> None:
    page = new_context(browser_language).new_page()

    page.goto(chat_server.url)

    chat = Chat(page, spoken)
    chat.is_ready()
    for language, text in INTRODUCTION.items():
        expect(page.locator(f"p[lang={language}]").filter(has_text=text)).to_be_visible()
    expect(chat.ours.first).to_contain_text(GREETING[spoken])
    expect(chat.ours.first).to_have_attribute("lang", spoken)
    chat.has_no_axe_findings()
    page.screenshot(path=SCREENSHOTS / f"home-{browser_language}.png")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_phone_has_the_input_in_the_first_view(visit: Callable[..., Chat], language: str) -> None:
    chat = visit(language, **PHONE)

    expect(chat.input).to_be_in_viewport(ratio=1)
    expect(chat.ours.first).to_be_in_viewport()
    assert chat.page.evaluate("() => scrollY") == 0
    # The introduction is further down, not gone.
    introduction = chat.page.get_by_text(INTRODUCTION[language])
    introduction.scroll_into_view_if_needed()
    expect(introduction).to_be_in_viewport(ratio=1)
    chat.page.screenshot(path=SCREENSHOTS / f"home-phone-{language}.png")


def test_page_without_scripts_names_the_mailbox(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer
) -> None:
    page = new_context("nl", java_script_enabled=False).new_page()

    page.goto(chat_server.url)

    for language, text in WITHOUT.items():
        expect(page.locator(f"cyber4sme-chat > p[lang={language}]")).to_have_text(text)
