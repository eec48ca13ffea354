"""What comes while one is not looking: the badge of a closed chat, the way to what is below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.test_embedding import LAUNCH
from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from bot.trial.server import TrialServer

ONE = {"nl": "1 nieuw bericht", "fr": "1 nouveau message"}
_AT_END = "one => one.scrollHeight - one.scrollTop - one.clientHeight < 2"
_SEEN = """(message, inside) => {
    const [its, its_frame] = [message, inside].map((one) => one.getBoundingClientRect());
    return its.top >= its_frame.top && its.top < its_frame.bottom;
}"""


def test_closed_chat_shows_a_badge_for_what_came(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer
) -> None:
    page = new_context("nl").new_page()
    page.goto(f"{chat_server.url}/embed.html")
    page.get_by_role("button", name=LAUNCH["nl"]).click()
    chat = Chat(page, "nl")
    chat.is_ready()
    held = chat.hold_answers()
    chat.type(DEADLINE["nl"][0])
    expect(chat.element.locator(".typing")).to_be_visible()
    page.keyboard.press("Escape")  # to the input
    page.keyboard.press("Escape")  # and out
    launcher = chat.element.locator(".launcher")
    expect(launcher.locator(".badge")).to_be_hidden()
    expect(launcher).to_have_accessible_name(LAUNCH["nl"])

    held[0].continue_()

    expect(launcher.locator(".badge")).to_have_text("1")
    expect(launcher).to_have_accessible_name(f"{LAUNCH['nl']} ({ONE['nl']})")
    expect(chat.element.locator("[aria-live=polite]")).to_contain_text(ONE["nl"])
    chat.has_no_axe_findings()
    launcher.click()
    expect(launcher.locator(".badge")).to_be_hidden()
    expect(chat.ours.last).to_contain_text(DEADLINE["nl"][1])
    expect(chat.ours.last).to_be_in_viewport()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_scrolled_up_nothing_moves_and_a_button_leads_down(
    visit: Callable[..., Chat], language: str
) -> None:
    chat = visit(language)
    for _ in range(2):
        chat.say(DEADLINE[language][0])
    scroller = chat.element.locator(".scroller")
    jump = chat.element.locator(".jump")
    expect(jump).to_be_hidden()
    held = chat.hold_answers()
    chat.type(DEADLINE[language][0])
    expect(chat.element.locator(".typing")).to_be_visible()
    scroller.evaluate("one => one.scrollTo({top: 0, behavior: 'instant'})")

    before = chat.ours.count()
    held[0].continue_()
    chat.answered(before)

    expect(jump).to_have_text(ONE[language])
    assert scroller.evaluate("one => one.scrollTop") == 0
    expect(chat.element.locator(".send")).to_be_focused()
    chat.has_no_axe_findings()
    jump.click()
    expect(chat.ours.last).to_be_focused()
    assert chat.ours.last.evaluate(_SEEN, scroller.element_handle())
    expect(jump).to_be_hidden()


def test_at_the_end_an_answer_is_followed_without_a_button(visit: Callable[..., Chat]) -> None:
    chat = visit("nl")
    for _ in range(2):
        answer = chat.say(DEADLINE["nl"][0])
        assert answer.evaluate(_SEEN, chat.element.locator(".scroller").element_handle())
        expect(chat.element.locator(".jump")).to_be_hidden()
    assert chat.element.locator(".scroller").evaluate(_AT_END)
