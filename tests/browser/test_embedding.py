from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from bot.trial.client import Client
from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, PHONE, SCREENSHOTS
from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from bot.trial.server import TrialServer
    from tests.browser.sites import Site

LAUNCH = {"nl": "Stel uw vraag", "fr": "Posez votre question"}
UNAVAILABLE = {
    "nl": "De chat werkt nu niet. Probeer het later opnieuw of mail naar "
    "cyber4sme@economie.fgov.be.",
    "fr": "Le chat ne fonctionne pas pour le moment. Réessayez plus tard ou écrivez à "
    "cyber4sme@economie.fgov.be.",
}
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Site</title><link rel="icon" href="data:,">
<script src="{server}/widget.js" data-language="{language}" defer></script>
</head>
<body><main><h1>Site</h1></main></body>
</html>"""


@pytest.mark.parametrize(
    ("language", "screen"), [("nl", DESKTOP), ("fr", PHONE)], ids=["nl-desktop", "fr-phone"]
)
def test_allowed_site_with_a_strict_policy_has_the_whole_chat(
    new_context: Callable[..., BrowserContext],
    chat_server: TrialServer,
    allowed_site: Site,
    language: str,
    screen: dict[str, Any],
) -> None:
    page, told = _open(new_context(language, **screen), chat_server, allowed_site, language)
    chat = Chat(page, language)
    chat.has_no_axe_findings()

    page.get_by_role("button", name=LAUNCH[language]).click()
    chat.is_ready()
    answer = chat.say(DEADLINE[language][0])

    expect(answer).to_contain_text(DEADLINE[language][1])
    chat.has_no_axe_findings()
    page.screenshot(path=SCREENSHOTS / f"embedded-{language}.png")
    assert told == []
    # The styles came along, although the policy allows no style of the page.
    assert chat.ours.first.evaluate("one => getComputedStyle(one).display") != "inline"
    assert [one["name"] for one in page.context.cookies()] == []
    before = chat.texts()
    page.reload()
    if not screen.get("is_mobile"):
        chat.is_ready()
        assert chat.texts() == before


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_site_that_is_not_on_the_list_is_refused(
    new_context: Callable[..., BrowserContext],
    chat_server: TrialServer,
    foreign_site: Site,
    language: str,
) -> None:
    page, told = _open(new_context(language), chat_server, foreign_site, language)

    page.get_by_role("button", name=LAUNCH[language]).click()

    chat = Chat(page, language)
    expect(chat.element.locator(".notice-text")).to_have_text(UNAVAILABLE[language])
    expect(chat.messages).to_have_count(0)
    assert [line for line in told if "blocked by CORS policy" in line] != []
    chat.has_no_axe_findings()


def _open(
    context: BrowserContext, server: TrialServer, site: Site, language: str
) -> tuple[Page, list[str]]:
    """The site's page, and what the browser complains about from now on."""
    site.pages["/"] = _PAGE.format(language=language, server=server.url)
    site.policy = (
        f"default-src 'none'; img-src data:; script-src {server.url}; connect-src {server.url}"
    )
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda line: told.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(site.url)
    expect(page.get_by_role("button", name=LAUNCH[language])).to_be_visible()
    return page, told


def test_only_the_site_on_the_list_gets_a_conversation(
    chat_server: TrialServer, allowed_site: Site, foreign_site: Site
) -> None:
    client = Client(chat_server.url)
    answers = [
        client.call("POST", "/chat/sessions", {}, headers={"Origin": site.url}).status
        for site in (allowed_site, foreign_site)
    ]
    client.close()

    assert answers == [201, 403]
