"""How long a conversation lasts: over a closed tab, until a new one, until it expires."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select, update

from bot.database import engine_for, writing
from bot.tables import chat_session, rating
from bot.trial.server import TrialServer
from tests.browser.chat import Chat
from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext
    from sqlalchemy.engine import Engine

WORDS = {
    "nl": {
        "new": "Nieuw gesprek",
        "sure": "Ja, nieuw gesprek",
        "expired": "Uw gesprek is verlopen. Start een nieuw gesprek; wat u typte, blijft staan.",
        "unhelpful": "Nee, niet nuttig",
        "comment": "Wilt u dat toelichten? (niet verplicht)",
        "send": "Toelichting versturen",
    },
    "fr": {
        "new": "Nouvelle conversation",
        "sure": "Oui, nouvelle conversation",
        "expired": "Votre conversation a expiré. Commencez une nouvelle conversation"
        "\N{NO-BREAK SPACE}; votre texte est conservé.",
        "unhelpful": "Non, pas utile",
        "comment": "Souhaitez-vous ajouter un commentaire\N{NO-BREAK SPACE}? (facultatif)",
        "send": "Envoyer le commentaire",
    },
}


@pytest.fixture(scope="module")
def store(chat_server: TrialServer) -> Iterator[Engine]:
    """The server's database."""
    engine = engine_for(f"sqlite:///{chat_server.folder / 'cyber4sme.db'}")
    yield engine
    engine.dispose()


def test_closed_tab_finds_its_conversation_again(visit: Callable[..., Chat]) -> None:
    chat = visit("nl")
    chat.say(DEADLINE["nl"][0])
    before, address, context = chat.texts(), chat.page.url, chat.page.context

    chat.page.close()
    page = context.new_page()
    page.goto(address)

    again = Chat(page, "nl")
    expect(again.messages).to_have_count(len(before))
    assert again.texts() == before


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_new_conversation_begins_with_the_greeting(
    visit: Callable[..., Chat], language: str
) -> None:
    words = WORDS[language]
    chat = visit(language)
    greeting = chat.texts()
    chat.say(DEADLINE[language][0])

    chat.menu(words["new"])
    chat.element.get_by_role("alertdialog").get_by_role("button", name=words["sure"]).click()

    expect(chat.messages).to_have_count(1)
    assert chat.texts() == greeting
    chat.page.reload()
    chat.is_ready()
    expect(chat.messages).to_have_count(1)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_expired_conversation_says_so_and_keeps_what_was_typed(
    visit: Callable[..., Chat], store: Engine, language: str
) -> None:
    chat = visit(language)
    past = datetime.now(timezone.utc) - timedelta(minutes=1)
    with writing(store) as connection:
        connection.execute(update(chat_session).values(expires_at=past))

    chat.type(DEADLINE[language][0])

    notice = chat.element.locator(".notice")
    expect(notice.locator(".notice-text")).to_have_text(WORDS[language]["expired"])
    expect(chat.input).to_have_value(DEADLINE[language][0])
    chat.has_no_axe_findings()
    notice.get_by_role("button", name=WORDS[language]["new"]).click()
    expect(notice).to_be_hidden()
    expect(chat.messages).to_have_count(1)
    before = chat.ours.count()
    chat.input.press("Enter")
    expect(chat.answered(before)).to_contain_text(DEADLINE[language][1])


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_rating_and_comment_are_kept_and_shown_again(
    visit: Callable[..., Chat], store: Engine, language: str
) -> None:
    words, remark = WORDS[language], f"Te kort / trop court ({language})"
    chat = visit(language)
    answer = chat.say(DEADLINE[language][0])
    with chat.page.expect_response("**/rating"):
        answer.get_by_role("button", name=words["unhelpful"]).click()
    answer.get_by_role("textbox", name=words["comment"]).fill(remark)

    with chat.page.expect_response("**/rating"):
        answer.get_by_role("button", name=words["send"]).click()

    expect(answer.locator(".comment")).to_be_hidden()
    with store.connect() as connection:
        kept = connection.execute(select(rating.c.rating).where(rating.c.comment == remark))
        assert kept.scalars().all() == ["down"]
    chat.page.reload()
    pressed = chat.ours.last.get_by_role("button", name=words["unhelpful"])
    expect(pressed).to_have_attribute("aria-pressed", "true")
    # Taken back.
    with chat.page.expect_response("**/rating"):
        pressed.click()
    expect(pressed).to_have_attribute("aria-pressed", "false")
    chat.page.reload()
    expect(pressed).to_have_attribute("aria-pressed", "false")
    with store.connect() as connection:
        left = select(func.count()).where(rating.c.comment == remark)
        assert connection.execute(left).scalar_one() == 0


def test_too_many_messages_are_refused_in_friendly_words(
    new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    with TrialServer(tmp_path, messages_per_minute="2") as server:
        page = new_context("fr").new_page()
        page.goto(server.url)
        chat = Chat(page, "fr")
        chat.is_ready()
        for _ in range(2):
            chat.say(DEADLINE["fr"][0])

        chat.type("Encore une question ?")

        chat.has_failed()
        expect(chat.visitors.last).to_contain_text("Encore une question ?")
        refused = chat.visitors.last.locator(".failed")
        expect(refused).to_contain_text("messages")
        chat.send_again().click()
        expect(refused).to_contain_text("Patientez encore")
        chat.has_no_axe_findings()
        page.goto("about:blank")
