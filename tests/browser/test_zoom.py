"""Large letters and small windows: everything stays there and can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import SCREENSHOTS
from tests.browser.test_embedding import LAUNCH
from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

    from bot.trial.server import TrialServer

# A window of 1280 by 1024 pixels at 400 %.
ZOOMED: dict[str, Any] = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
# Wider than the place it has, and nothing to scroll it by: cut off.
_CUT_OFF = """element => [...element.shadowRoot.querySelectorAll("*")]
    .filter((one) => one.getClientRects().length && !one.closest("svg"))
    .filter((one) => !one.matches(".aside, .sender, .enter-help"))
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
    .filter((one) => getComputedStyle(one).display !== "inline")
    .map((one) => `${one.className}: ${one.scrollWidth} in ${one.clientWidth}`)"""


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_page_at_400_percent_loses_nothing(visit: Callable[..., Chat], language: str) -> None:
    chat = visit(language, **ZOOMED)

    _holds_a_visit(chat, language)

    chat.page.screenshot(path=SCREENSHOTS / f"zoom-400-{language}.png")


def test_panel_at_400_percent_fills_the_window_and_loses_nothing(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer
) -> None:
    page = new_context("nl", **ZOOMED).new_page()
    page.goto(f"{chat_server.url}/embed.html")
    page.get_by_role("button", name=LAUNCH["nl"]).click()
    chat = Chat(page, "nl")
    chat.is_ready()

    assert chat.element.locator(".panel").bounding_box() == {
        "x": 0, "y": 0, "width": 320, "height": 256,
    }  # fmt: skip
    _holds_a_visit(chat, "nl")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_letters_of_twice_the_size_lose_nothing(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer, language: str
) -> None:
    page = new_context(language, viewport={"width": 640, "height": 760}).new_page()
    _letters(page, 32)
    page.goto(chat_server.url)
    chat = Chat(page, language)
    chat.is_ready()

    assert chat.input.evaluate("one => getComputedStyle(one).fontSize") == "32px"
    _holds_a_visit(chat, language)
    page.screenshot(path=SCREENSHOTS / f"text-200-{language}.png")


def _letters(page: Page, pixels: int) -> None:
    """Set the size of text in the browser, as a visitor does in its settings."""
    line = page.context.new_cdp_session(page)
    line.send("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels}})


def _holds_a_visit(chat: Chat, language: str) -> None:
    answer = chat.say(DEADLINE[language][0])

    _is_reachable(answer.locator(".source"))
    for part in (
        chat.open_choices().last,
        chat.input,
        chat.element.get_by_role("button", name=chat.words["send"], exact=True),
        chat.element.get_by_role("button", name="FR"),
    ):
        _is_reachable(part)
    menu = chat.element.get_by_role("button", name=chat.words["menu"], exact=True)
    _is_reachable(menu)
    menu.click()
    for item in chat.element.locator(".menu button").all():
        _is_reachable(item)
    chat.page.keyboard.press("Escape")
    wide = chat.page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]
    assert chat.element.evaluate(_CUT_OFF) == []
    chat.has_no_axe_findings()


def _is_reachable(part: Locator) -> None:
    part.scroll_into_view_if_needed()
    expect(part).to_be_in_viewport(ratio=0.99)
