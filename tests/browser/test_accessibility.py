"""Axe-core, targets and widths in states that no visit comes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import PHONE, SCREENSHOTS
from tests.browser.test_embedding import LAUNCH
from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from bot.trial.server import TrialServer

UNHELPFUL = {"nl": "Nee, niet nuttig", "fr": "Non, pas utile"}
CLOSE = {"nl": "Chat sluiten", "fr": "Fermer le chat"}
# Links within a sentence may be smaller.
_SMALL_TARGETS = """
    log => [...log.getRootNode().querySelectorAll("button, textarea")]
        .filter((one) => one.getClientRects().length)
        .map((one) => [one.textContent, one.getBoundingClientRect()])
        .filter(([, {width, height}]) => width < 43.5 || height < 43.5)
        .map(([text, {width, height}]) => `${text}: ${width} x ${height}`)
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_menu_rating_and_comment_have_no_findings(
    visit: Callable[..., Chat], language: str, theme: str
) -> None:
    chat = visit(language, color_scheme=theme)
    answer = chat.say(DEADLINE[language][0])

    chat.element.get_by_role("button", name=chat.words["menu"], exact=True).click()
    chat.has_no_axe_findings()
    chat.page.keyboard.press("Escape")
    answer.get_by_role("button", name=UNHELPFUL[language]).click()
    expect(answer.locator(".comment textarea")).to_be_visible()

    chat.has_no_axe_findings()
    chat.page.screenshot(path=SCREENSHOTS / f"rating-{language}-{theme}.png")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_window_of_320_pixels_is_wide_enough(
    visit: Callable[..., Chat], language: str, theme: str
) -> None:
    narrow = {**PHONE, "viewport": {"width": 320, "height": 640}}
    chat = visit(language, color_scheme=theme, **narrow)
    chat.say(DEADLINE[language][0])

    wide = chat.page.evaluate("() => document.documentElement.scrollWidth")
    assert wide == 320
    assert chat.log.evaluate(_SMALL_TARGETS) == []
    chat.has_no_axe_findings()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_launcher_takes_and_gives_back_the_focus(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer, language: str
) -> None:
    page = new_context(language).new_page()
    page.goto(f"{chat_server.url}/embed.html")
    chat = Chat(page, "nl")  # as the page asks
    launcher = page.get_by_role("button", name=LAUNCH["nl"])
    chat.has_no_axe_findings()

    launcher.focus()
    page.keyboard.press("Enter")
    chat.is_ready()
    expect(chat.input).to_be_focused()
    chat.has_no_axe_findings()
    page.keyboard.press("Escape")

    expect(launcher).to_be_focused()
    expect(chat.log).to_be_hidden()
