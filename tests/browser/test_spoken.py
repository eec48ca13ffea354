"""What a screen reader says of its own accord: each message once, and of a mail only its start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_faq import DEADLINE
from tests.browser.test_handoff import QUESTION, VISIT, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.chat import Chat

COLON = {"nl": ":", "fr": "\N{NO-BREAK SPACE}:"}
CHOICES = {"nl": "Keuzes", "fr": "Choix"}
_LISTEN = """element => {
    window.spoken = [];
    const region = element.shadowRoot.querySelector("[aria-live=polite]");
    new MutationObserver((changes) => {
        for (const {addedNodes} of changes)
            for (const node of addedNodes)
                spoken.push([node.textContent, node.lang]);
    }).observe(region, {childList: true});
}"""


def _spoken(chat: Chat) -> list[tuple[str, str]]:
    said: list[Any] = chat.page.evaluate("() => spoken")
    return [(text, language) for text, language in said]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_each_message_is_read_once_in_its_language(
    visit: Callable[..., Chat], language: str
) -> None:
    question, _, source = DEADLINE[language]
    chat = visit(language)
    chat.element.evaluate(_LISTEN)

    answer = chat.say(question)

    colon = COLON[language]
    text = answer.locator(".text").inner_text()
    labels = "; ".join(chat.open_choices().all_inner_texts())
    read = f"{chat.words['assistant']}{colon} {text}\n{source}\n{CHOICES[language]}{colon} {labels}"
    assert _spoken(chat) == [
        (f"{chat.words['visitor']}{colon} {question}", language),
        (read, language),
    ]
    # Taken out again, so that nobody meets it twice; nor is it read when it is shown again.
    expect(chat.element.locator("[aria-live=polite] > *")).to_have_count(0)
    chat.page.reload()
    chat.element.evaluate(_LISTEN)
    expect(chat.messages).to_have_count(3)
    assert _spoken(chat) == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_of_the_mail_only_what_stands_before_its_parts_is_read(
    visit: Callable[..., Chat], language: str
) -> None:
    chat = visit(language)
    for text in VISIT[language]:
        chat.say(text)
    chat.choose(WORDS[language]["skip"])
    chat.element.evaluate(_LISTEN)

    chat.choose(WORDS[language]["language"])
    expect(chat.choice(WORDS[language]["yes"])).to_be_visible()

    _, (mail, _), (consent, _) = _spoken(chat)
    assert "C4S-" in mail
    assert QUESTION[language] not in mail
    assert WORDS[language]["yes"] in consent
