from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.chat import Chat

HTML = "<img src=x onerror=\"document.title='!'\"><b>dik</b> & <script>1</script>"
COUNTER = {
    "nl": ("900 van 1.000 tekens", "1.000 van 1.000 tekens", "1.001 van 1.000 tekens: 1 te veel."),
    "fr": (
        "900 caractères sur 1\u202f000",
        "1\u202f000 caractères sur 1\u202f000",
        "1\u202f001 caractères sur 1\u202f000\u00a0: 1 de trop.",
    ),
}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_thousand_characters_are_counted_and_sent_and_one_more_is_not(
    visit: Callable[..., Chat], language: str
) -> None:
    near, full, over = COUNTER[language]
    chat = visit(language, **PHONE)
    counter = chat.element.locator(".counter")
    text = "abcdefg hi" * 100
    chat.input.fill(text[:899])
    expect(counter).to_be_hidden()
    chat.input.fill(text[:900])
    expect(counter).to_have_text(near)

    chat.input.fill(text + "j")
    chat.page.keyboard.press("Enter")

    expect(counter).to_have_text(over)
    expect(chat.visitors).to_have_count(0)
    expect(chat.input).to_have_value(text + "j")
    chat.has_no_axe_findings()
    chat.input.fill(text)
    expect(counter).to_have_text(full)
    chat.say(text)
    expect(chat.visitors.last.locator(".text")).to_have_text(text)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("👍🏽 👩‍👩‍👧 🇧🇪", "ltr"),
        ("مرحبا، هل يمكنني المشاركة؟", "rtl"),
        ("שלום, האם אפשר להשתתף?", "rtl"),
        (HTML, "ltr"),
    ],
    ids=["emoji", "arabic", "hebrew", "html"],
)
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_what_was_typed_is_shown_as_typed(
    visit: Callable[..., Chat], language: str, text: str, direction: str
) -> None:
    chat = visit(language)
    title = chat.page.title()

    chat.say(text)
    chat.page.reload()
    expect(chat.messages.nth(2)).to_be_visible()

    typed = chat.visitors.last.locator(".typed")
    expect(typed).to_have_text(text)
    assert typed.evaluate("typed => getComputedStyle(typed).direction") == direction
    assert typed.evaluate("typed => typed.childElementCount") == 0
    assert chat.page.title() == title
    chat.has_no_axe_findings()
