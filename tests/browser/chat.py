"""The chat as a visitor meets it: found by what is read and pressed, never by what is inside."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import expect

from bot.settings import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

_AXE: Final = PROJECT / "bot" / "widget" / "node_modules" / "axe-core" / "axe.min.js"
_FINDINGS: Final = """
    async () => (await axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    })).violations.map(({id, nodes}) => [id, ...nodes.map(({target}) => String(target))])
"""
WORDS: Final = {
    "nl": {
        "assistant": "Digitale assistent",
        "visitor": "U",
        "input": "Uw bericht",
        "send": "Versturen",
        "menu": "Meer mogelijkheden",
        "failed": "Niet verstuurd.",
        "again": "Opnieuw versturen",
    },
    "fr": {
        "assistant": "Assistant numérique",
        "visitor": "Vous",
        "input": "Votre message",
        "send": "Envoyer",
        "menu": "Plus d’options",
        "failed": "Non envoyé.",
        "again": "Envoyer à nouveau",
    },
}


class Chat:
    """The chat on one page; `language` is what its own words are in."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        self.element = page.locator("cyber4sme-chat")
        self.log = self.element.get_by_role("log")
        self.messages = self.log.get_by_role("article")
        self.ours = self.log.locator(".message.assistant")
        self.visitors = self.log.locator(".message.visitor")

    @property
    def words(self) -> dict[str, str]:
        """What the chat calls its parts."""
        return WORDS[self.language]

    @property
    def input(self) -> Locator:
        """Where the visitor types."""
        return self.element.get_by_role("textbox", name=self.words["input"], exact=True)

    def is_ready(self) -> None:
        """Wait for the greeting."""
        expect(self.ours.first).to_be_visible()
        expect(self.input).to_be_visible()

    def type(self, text: str) -> None:
        """Type a message and send it; does not wait."""
        self.input.fill(text)
        self.element.get_by_role("button", name=self.words["send"], exact=True).click()

    def say(self, text: str) -> Locator:
        """Send a message and wait for the answer; returns the answer's last message."""
        before = self.ours.count()
        self.type(text)
        return self.answered(before)

    def choose(self, label: str) -> Locator:
        """Press an open choice and wait for the answer; returns the answer's last message."""
        before = self.ours.count()
        self.choice(label).click()
        return self.answered(before)

    def choice(self, label: str) -> Locator:
        """An open choice."""
        open_ones = self.log.locator(".choice:not([aria-disabled])")
        return open_ones.filter(has_text=re.compile(f"^{re.escape(label)}$"))

    def open_choices(self) -> Locator:
        """All choices that may be taken now."""
        return self.log.locator(".choice:not([aria-disabled])")

    def answered(self, before: int) -> Locator:
        """Wait until the assistant said more than `before` messages and nothing is under way."""
        expect(self.ours.nth(before)).to_be_visible()
        expect(self.log.locator(".under-way")).to_have_count(0)
        return self.ours.last

    def hold_answers(self) -> list[Route]:
        """Keep from now on what goes to and comes from the server; `continue_` lets one through."""
        held: list[Route] = []
        self.page.route("**/chat/messages", lambda route: held.append(route))
        return held

    def send_again(self) -> Locator:
        """The button under a message that was not sent."""
        return self.log.get_by_role("button", name=self.words["again"], exact=True)

    def has_failed(self) -> None:
        """Wait until the last message is told to be not sent."""
        expect(self.send_again()).to_be_visible()
        expect(self.visitors.last).to_contain_text(self.words["failed"])

    def switch_to(self, language: str) -> None:
        """Press the other language in the head of the chat, and wait for what is said then."""
        before = self.ours.count()
        self.element.get_by_role("button", name=language.upper()).click()
        self.language = language
        self.answered(before)

    def menu(self, item: str) -> None:
        """Open the menu and press an item."""
        self.element.get_by_role("button", name=self.words["menu"], exact=True).click()
        self.element.get_by_role("button", name=item, exact=True).click()

    def texts(self) -> list[tuple[str, str]]:
        """Who said what, as it is shown: (assistant or visitor, text)."""
        return [
            (sender, text)
            for sender, text in self.log.evaluate(
                """log => [...log.querySelectorAll(".message")].map((one) => [
                    one.classList.contains("visitor") ? "visitor" : "assistant",
                    one.querySelector(".text").innerText,
                ])"""
            )
        ]

    def has_no_axe_findings(self) -> None:
        """Have axe-core look at the whole page; what is moving comes to rest first."""
        self.page.evaluate(
            "() => Promise.allSettled(document.getAnimations().map((one) => one.finished))"
        )
        if self.page.evaluate("() => typeof axe") == "undefined":
            self._add_axe()
        findings: list[Any] = self.page.evaluate(_FINDINGS)
        assert findings == [], json.dumps(findings, indent=2)

    def _add_axe(self) -> None:
        # Through the debugger, which no Content Security Policy of a page holds back.
        self.page.evaluate(_AXE.read_text("utf-8"))
