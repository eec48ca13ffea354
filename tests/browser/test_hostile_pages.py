"""Pages that mean the chat no good, and pages that trust nobody: it looks and works the same."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Final
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import SCREENSHOTS
from tests.browser.test_embedding import LAUNCH
from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from bot.trial.server import TrialServer
    from tests.browser.sites import Site

_PAGE: Final = """<!doctype html>
<html lang="nl">
<head>
<meta charset="{charset}"><meta name="viewport" content="width=device-width">
<title>Site</title><link rel="icon" href="data:,">
<style>{style}</style>
<script src="{server}/widget.js" data-language="nl" {attributes} defer></script>
</head>
<body><main><h1>Site</h1></main></body>
</html>"""
_HOSTILE: Final = """
html { font-size: 3px; direction: rtl; }
* { all: unset !important; font: 7px/1 cursive !important; color: red !important;
    box-sizing: content-box !important; border: 9px solid lime !important; }
*, *::before, *::after { transform: rotate(3deg) !important; transition: all 9s !important; }
body { zoom: 1; overflow: hidden; filter: invert(1); perspective: 1px; letter-spacing: 1em; }
button, textarea, p, div, span, a { display: none !important; visibility: hidden !important;
    opacity: 0 !important; pointer-events: none !important; text-transform: uppercase !important; }
cyber4sme-chat { display: none !important; visibility: hidden !important; opacity: 0 !important;
    position: static !important; width: 3px !important; pointer-events: none !important;
    z-index: -1 !important; transform: scale(0.1) !important; clip-path: circle(1px) !important; }
"""
# Place, size and the looks of every part that is shown.
_LOOKS: Final = """element => [...element.shadowRoot.querySelectorAll("*")]
    .filter((one) => one.getClientRects().length && !one.matches("time"))
    .map((one) => {
        const {x, y, width, height} = one.getBoundingClientRect();
        const {color, fontSize, fontFamily, letterSpacing, direction, opacity, visibility,
               textTransform, borderTopWidth, pointerEvents} = getComputedStyle(one);
        return [one.className, Math.round(x), Math.round(y), Math.round(width), Math.round(height),
                color, fontSize, fontFamily, letterSpacing, direction, opacity, visibility,
                textTransform, borderTopWidth, pointerEvents].join(" ");
    })"""


def test_page_with_hostile_styles_changes_nothing(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer, allowed_site: Site
) -> None:
    looks: list[list[str]] = []
    for style in ("", _HOSTILE):
        page = _open(new_context, chat_server, allowed_site, style=style)
        page.get_by_role("button", name=LAUNCH["nl"]).click()
        chat = Chat(page, "nl")
        chat.is_ready()
        chat.say(DEADLINE["nl"][0])
        chat.element.locator(".input").hover()
        page.screenshot(path=SCREENSHOTS / f"page-{'hostile' if style else 'plain'}.png")
        looks.append(chat.element.evaluate(_LOOKS))

    plain, hostile = looks
    assert len(plain) > 30
    assert hostile == plain


def test_page_that_pins_the_script_and_trusts_no_text_has_the_chat(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer, allowed_site: Site
) -> None:
    page = _open(
        new_context,
        chat_server,
        allowed_site,
        attributes=f'integrity="{_integrity(chat_server)}" crossorigin="anonymous"',
        policy="; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    page.get_by_role("button", name=LAUNCH["nl"]).click()
    chat = Chat(page, "nl")
    chat.is_ready()

    expect(chat.say(DEADLINE["nl"][0])).to_contain_text(DEADLINE["nl"][1])


def test_page_that_pins_another_script_has_no_chat(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer, allowed_site: Site
) -> None:
    other = base64.b64encode(hashlib.sha384(b"another script").digest()).decode()

    page = _open(
        new_context,
        chat_server,
        allowed_site,
        attributes=f'integrity="sha384-{other}" crossorigin="anonymous"',
    )

    page.wait_for_load_state("networkidle")
    expect(page.locator("cyber4sme-chat")).to_have_count(0)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_page_in_another_encoding_spells_the_chat_right(
    new_context: Callable[..., BrowserContext],
    chat_server: TrialServer,
    allowed_site: Site,
    charset: str,
) -> None:
    page = _open(new_context, chat_server, allowed_site, charset=charset, language="fr")
    page.get_by_role("button", name=LAUNCH["fr"]).click()
    chat = Chat(page, "fr")
    chat.is_ready()

    expect(chat.element.locator(".note")).to_contain_text("Les réponses sont indicatives.")


def _integrity(server: TrialServer) -> str:
    with urlopen(f"{server.url}/widget.js") as answer:
        digest = hashlib.sha384(answer.read()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


def _open(  # noqa: PLR0913 - all but the first three by name
    new_context: Callable[..., BrowserContext],
    server: TrialServer,
    site: Site,
    *,
    style: str = "",
    attributes: str = "",
    policy: str = "",
    charset: str = "utf-8",
    language: str = "nl",
) -> Page:
    page_text = _PAGE.format(
        server=server.url, style=style, attributes=attributes, charset=charset
    ).replace('data-language="nl"', f'data-language="{language}"')
    site.pages["/"] = page_text
    site.policy = (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src {server.url}; connect-src {server.url}{policy}"
    )
    page = new_context(language).new_page()
    page.goto(site.url)
    return page
