from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.chat import Chat

_LARGEST = 150_000


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_picture_of_a_conversation_for_the_readme(
    visit: Callable[..., Chat], language: str
) -> None:
    chat = visit(language)
    expect(chat.say(DEADLINE[language][0]).locator(".source")).to_be_visible()
    # The question whole as well, just above its answer.
    chat.log.evaluate("log => log.parentElement.scrollBy(0, -14)")
    picture = SCREENSHOTS / f"conversation-{language}.png"

    chat.page.screenshot(path=picture, animations="disabled")

    assert picture.stat().st_size < _LARGEST
