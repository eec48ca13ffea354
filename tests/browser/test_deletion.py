from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bot.trial.client import Client
from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.trial.server import TrialServer
    from tests.browser.chat import Chat

WORDS = {
    "nl": {
        "delete": "Gesprek verwijderen",
        "cancel": "Annuleren",
        "yes": "Ja, verwijderen",
        "done": "Uw gesprek is verwijderd.",
    },
    "fr": {
        "delete": "Supprimer la conversation",
        "cancel": "Annuler",
        "yes": "Oui, supprimer",
        "done": "Votre conversation est supprimée.",
    },
}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_deleted_conversation_is_gone_on_the_server(
    visit: Callable[..., Chat], chat_server: TrialServer, language: str
) -> None:
    words = WORDS[language]
    chat = visit(language)
    chat.say(DEADLINE[language][0])
    token = _token(chat)
    assert _status(chat_server, token) == 200

    chat.menu(words["delete"])
    dialog = chat.element.get_by_role("alertdialog")
    expect(dialog.get_by_role("button", name=words["cancel"])).to_be_focused()
    chat.has_no_axe_findings()
    dialog.get_by_role("button", name=words["yes"]).click()

    expect(chat.element.locator(".notice-text")).to_have_text(words["done"])
    expect(chat.messages).to_have_count(0)
    chat.has_no_axe_findings()
    assert _status(chat_server, token) == 401
    chat.page.reload()
    chat.is_ready()
    expect(chat.messages).to_have_count(1)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_cancelled_deletion_keeps_the_conversation(
    visit: Callable[..., Chat], chat_server: TrialServer, language: str
) -> None:
    chat = visit(language)

    chat.menu(WORDS[language]["delete"])
    chat.element.get_by_role("button", name=WORDS[language]["cancel"]).click()

    expect(chat.element.get_by_role("alertdialog")).to_be_hidden()
    expect(chat.messages).to_have_count(1)
    assert _status(chat_server, _token(chat)) == 200


def _token(chat: Chat) -> str:
    cookies = chat.page.context.cookies(f"{chat.page.url}chat/messages")
    cookie = next(one for one in cookies if one["name"] == "cyber4sme_session")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    return str(cookie["value"])


def _status(chat_server: TrialServer, token: str) -> int:
    client = Client(chat_server.url)
    try:
        return client.call("GET", "/chat/messages", token=token).status
    finally:
        client.close()
