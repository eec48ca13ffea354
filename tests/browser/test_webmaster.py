"""What a webmaster sets goes in, what happens comes out: the tables of docs/widget.md, tried."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import expect

from bot.settings import PROJECT
from tests.browser.chat import Chat
from tests.browser.test_embedding import LAUNCH
from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from bot.trial.server import TrialServer
    from tests.browser.sites import Site

PAGE: Final = (PROJECT / "docs" / "widget.md").read_text("utf-8")
_PAGE: Final = """<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><title>Site</title><link rel="icon" href="data:,">
<script src="{server}/widget.js" {attributes} defer></script></head>
<body><main><h1>Site</h1></main></body>
</html>"""
_LISTEN: Final = """names => {
    window.told = [];
    for (const name of names)
        document.addEventListener(name, ({type, detail}) => told.push([type, detail]));
}"""
LIKED: Final = "Ja, nuttig"


def _open(page: Page, server: TrialServer, site: Site, attributes: str) -> Chat:
    site.pages["/"] = _PAGE.format(server=server.url, attributes=attributes)
    site.policy = f"default-src 'none'; script-src {server.url}; connect-src {server.url}"
    page.goto(site.url)
    return Chat(page, "nl")


def test_attributes_of_the_script_change_the_chat(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer, allowed_site: Site
) -> None:
    page = new_context("nl").new_page()

    chat = _open(
        page,
        chat_server,
        allowed_site,
        'data-language="nl" data-title="Vragen" data-title-fr="Questions" data-accent="#7a1fa2" '
        'data-theme="dark" data-position="left" data-privacy-link="https://economie.fgov.be/p" '
        "data-open",
    )

    chat.is_ready()  # open from the start
    root = chat.element.locator(".root")
    expect(chat.element.get_by_role("heading", name="Vragen")).to_be_visible()
    expect(root).to_have_attribute("data-theme", "dark")
    box = chat.element.locator(".launcher").bounding_box()
    assert box is not None
    assert box["x"] < 100
    fill = root.evaluate("one => getComputedStyle(one).getPropertyValue('--fill')").strip()
    assert fill == "rgb(122 31 162)"
    link = chat.element.locator(".note a")
    expect(link).to_have_attribute("href", "https://economie.fgov.be/p")
    chat.switch_to("fr")
    expect(chat.element.get_by_role("heading", name="Questions")).to_be_visible()
    chat.has_no_axe_findings()
    assert page.evaluate("() => document.activeElement === document.body") is False


def test_attributes_that_make_no_sense_change_nothing(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer, allowed_site: Site
) -> None:
    page = new_context("fr").new_page()

    chat = _open(
        page,
        chat_server,
        allowed_site,
        'data-language="en" data-accent="red; } * { display: none" data-theme="pink" '
        'data-position="up" data-privacy-link="javascript:alert(1)" data-open',
    )

    chat.is_ready()  # in the language of the page
    assert chat.element.locator(".note a:visible").count() == 0
    fill = chat.element.locator(".root").evaluate(
        "one => getComputedStyle(one).getPropertyValue('--fill')"
    )
    assert fill.strip() == "rgb(0 84 159)"
    chat.has_no_axe_findings()


def test_events_tell_what_happens_and_no_word_of_what_is_said(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer, allowed_site: Site
) -> None:
    documented = re.findall(r"`(cyber4sme:[a-z]+)`", PAGE.split("## Events")[1].split("\n\n## ")[0])
    page = new_context("nl").new_page()
    page.add_init_script(f"({_LISTEN})({json.dumps(sorted(set(documented)))})")
    chat = _open(page, chat_server, allowed_site, 'data-language="nl"')
    page.get_by_role("button", name=LAUNCH["nl"]).click()
    chat.is_ready()

    answer = chat.say(DEADLINE["nl"][0])
    answer.get_by_role("button", name=LIKED).click()
    expect(answer.get_by_role("button", name=LIKED)).to_have_attribute("aria-pressed", "true")
    expect(answer.locator(".feedback")).to_contain_text("Bedankt")
    chat.switch_to("fr")
    chat.menu("Supprimer la conversation")
    chat.element.get_by_role("button", name="Oui, supprimer").click()
    expect(chat.messages).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    told: list[tuple[str, dict[str, Any]]] = page.evaluate("() => told")
    in_order = [name.removeprefix("cyber4sme:") for name, _ in told]
    assert in_order[:3] == ["ready", "open", "start"]
    assert [name for name in in_order if name != "message"] == [
        "ready", "open", "start", "rating", "language", "delete", "close",
    ]  # fmt: skip
    details = [detail for name, detail in told if name == "cyber4sme:message"]
    assert details[:2] == [
        {"language": "nl", "sender": "visitor", "kind": "text"},
        {"language": "nl", "sender": "assistant", "topic": "faq/deadline"},
    ]
    rating = next(detail for name, detail in told if name == "cyber4sme:rating")
    assert rating == {"language": "nl", "rating": "up", "topic": "faq/deadline"}
    assert DEADLINE["nl"][0] not in json.dumps(told, ensure_ascii=False)
    assert DEADLINE["nl"][1] not in json.dumps(told, ensure_ascii=False)
