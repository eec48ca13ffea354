"""The conversation as a text file, as the visitor finds it among the downloads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.chat import Chat

DOWNLOAD = {"nl": "Gesprek downloaden (.txt)", "fr": "Télécharger la conversation (.txt)"}
HEAD = {
    "nl": r"Digitale assistent, FOD Economie, \d{1,2} \w+ \d{4}",
    "fr": r"Assistant numérique, SPF Economie, \d{1,2}(er)? \w+ \d{4}",
}
NOTE = {"nl": "De antwoorden zijn indicatief. ", "fr": "Les réponses sont indicatives. "}
COLON = {"nl": ":", "fr": "\N{NO-BREAK SPACE}:"}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_download_holds_what_was_said_chosen_and_cited(
    visit: Callable[..., Chat], language: str
) -> None:
    question, _, source = DEADLINE[language]
    chat = visit(language)
    choice = chat.open_choices().nth(1).inner_text()
    labels = chat.open_choices().all_inner_texts()
    chat.choose(choice)
    chat.say(question)
    said = [(who, text) for who, text in chat.texts()]
    last = chat.open_choices().all_inner_texts()

    with chat.page.expect_download() as started:
        chat.menu(DOWNLOAD[language])
    file = started.value

    assert re.fullmatch(r"cyber4sme-\d{4}-\d\d-\d\d\.txt", file.suggested_filename)
    raw = Path(file.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    head, *messages = text.rstrip("\n").split("\n\n[")
    assert re.fullmatch(HEAD[language], head.split("\n")[0])
    assert head.split("\n")[1].startswith(NOTE[language])
    names = {"assistant": chat.words["assistant"], "visitor": chat.words["visitor"]}
    for message, (who, words) in zip(messages, said, strict=True):
        first, body = message.split("\n", 1)
        assert re.fullmatch(rf"\d\d:\d\d\] {names[who]}{COLON[language]}", first)
        assert _words(body).startswith(_words(words))
    chosen = [f"  [{'x' if label == choice else ' '}] {label}" for label in labels]
    assert messages[0].split("\n")[-len(labels) :] == chosen
    # The answers after it: nothing chosen yet, and the source at the end.
    assert messages[-1].split("\n")[-len(last) - 1 :] == [
        *(f"  [ ] {label}" for label in last),
        source,
    ]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_nothing_is_downloaded_after_the_conversation_is_deleted(
    visit: Callable[..., Chat], language: str
) -> None:
    chat = visit(language)
    delete, sure = {
        "nl": ("Gesprek verwijderen", "Ja, verwijderen"),
        "fr": ("Supprimer la conversation", "Oui, supprimer"),
    }[language]
    chat.menu(delete)
    chat.element.get_by_role("alertdialog").get_by_role("button", name=sure).click()
    expect(chat.messages).to_have_count(0)

    chat.element.get_by_role("button", name=chat.words["menu"], exact=True).click()

    item = chat.element.get_by_role("button", name=DOWNLOAD[language], exact=True)
    expect(item).to_have_attribute("aria-disabled", "true")


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text)
