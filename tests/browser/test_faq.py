from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, SCREENSHOTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.chat import Chat

DEADLINE = {
    "nl": (
        "Tot wanneer kon je een voorstel indienen?",
        "31 oktober 2022",
        (
            "Bronnen: Persbericht van de ministers over de lancering, juli 2022; "
            "FOD Economie, webpagina over de projectoproepen, 28 februari 2023"
        ),
    ),
    "fr": (
        "Jusqu'à quand pouvait-on introduire une proposition ?",
        "31 octobre 2022",
        (
            "Sources\u00a0: Communiqué de presse des ministres sur le lancement, "
            "juillet 2022\u00a0; SPF Economie, page web sur les appels à projets, 28 février 2023"
        ),
    ),
}


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_question_is_answered_with_its_source(
    visit: Callable[..., Chat], language: str, screen: dict[str, Any], request: Any
) -> None:
    question, day, source = DEADLINE[language]
    chat = visit(language, **screen)
    expect(chat.ours.first).to_have_attribute("lang", language)
    chat.has_no_axe_findings()

    answer = chat.say(question)

    expect(answer).to_contain_text(day)
    expect(answer.locator(".source")).to_have_text(source)
    expect(answer).to_have_attribute("lang", language)
    expect(chat.visitors.last.locator(".text")).to_have_text(question)
    chat.has_no_axe_findings()
    _no_sideways_scrolling(chat)
    chat.page.screenshot(path=SCREENSHOTS / f"faq-{request.node.callspec.id}.png")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_greeting_has_no_source(visit: Callable[..., Chat], language: str) -> None:
    chat = visit(language)

    expect(chat.ours.first.locator(".source")).to_have_count(0)
    assert len(chat.texts()) == 1


def _no_sideways_scrolling(chat: Chat) -> None:
    widths = chat.page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] == widths[1]


@pytest.mark.parametrize(
    ("language", "attacked", "address"),
    [
        ("nl", "Ik heb een phishingmail gekregen en op de link geklikt", "verdacht@safeonweb.be"),
        ("fr", "J'ai reçu un mail de phishing et j'ai cliqué sur le lien", "suspect@safeonweb.be"),
    ],
)
def test_a_mail_address_breaks_behind_its_at_sign_alone(
    visit: Callable[..., Chat], language: str, attacked: str, address: str
) -> None:
    chat = visit(language, **PHONE)

    link = chat.say(attacked).get_by_role("link", name=address)

    expect(link).to_have_text(address)
    # Where there is hardly room for half of it.
    link.evaluate("(link) => { link.parentElement.style.width = '9em'; }")
    assert link.evaluate(_LINES) == [[f"{address.partition('@')[0]}@", 1], ["safeonweb.be", 1]]


_LINES = """
    (link) => [link.firstChild, link.lastChild].map((part) => {
        const words = document.createRange();
        words.selectNodeContents(part);
        return [words.toString(), words.getClientRects().length];
    })
"""
