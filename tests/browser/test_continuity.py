"""The conversation goes on: over a switch, a reload, another tab, a restart, a broken line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, PHONE, SCREENSHOTS
from tests.browser.test_eligibility import BUTTONS, OUTCOME
from tests.browser.test_faq import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.trial.server import TrialServer

OTHER = {"nl": "fr", "fr": "nl"}
ANOTHER = {"nl": "Wie kon er meedoen?", "fr": "Qui pouvait participer ?"}
OFFLINE = {
    "nl": "U bent offline. Uw berichten worden verstuurd zodra er weer verbinding is.",
    "fr": "Vous êtes hors ligne. Vos messages seront envoyés dès que la connexion sera rétablie.",
}


@pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("fr", DESKTOP)], ids=["nl-phone", "fr-desktop"]
)
def test_language_switch_in_the_middle_keeps_the_answers(
    visit: Callable[..., Chat], language: str, screen: dict[str, Any]
) -> None:
    other = OTHER[language]
    chat = visit(language, **screen)
    for label in BUTTONS[language][:3]:
        chat.choose(label)
    question = chat.ours.last.locator(".text").inner_text()

    chat.switch_to(other)

    expect(chat.ours.last).to_have_attribute("lang", other)
    expect(chat.ours.first).to_have_attribute("lang", language)
    assert chat.ours.last.locator(".text").inner_text() != question
    chat.has_no_axe_findings()
    for label in BUTTONS[other][3:]:
        chat.choose(label)
    expect(chat.log.locator(".outcome")).to_have_text([OUTCOME["qualifies"][other]])


@pytest.mark.parametrize(
    ("language", "screen"), [("nl", DESKTOP), ("fr", PHONE)], ids=["nl-desktop", "fr-phone"]
)
def test_reload_in_the_middle_changes_nothing(
    visit: Callable[..., Chat], language: str, screen: dict[str, Any]
) -> None:
    chat = visit(language, **screen)
    for label in BUTTONS[language][:4]:
        chat.choose(label)
    chat.input.fill("half")
    before = chat.texts()

    chat.page.reload()
    chat.is_ready()

    expect(chat.messages).to_have_count(len(before))
    assert chat.texts() == before
    expect(chat.input).to_have_value("half")
    for label in BUTTONS[language][4:]:
        chat.choose(label)
    expect(chat.log.locator(".outcome")).to_have_text([OUTCOME["qualifies"][language]])


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_two_tabs_show_one_conversation(visit: Callable[..., Chat], language: str) -> None:
    question, day, _ = DEADLINE[language]
    first = visit(language)
    page = first.page.context.new_page()
    page.goto(first.page.url)
    second = Chat(page, language)
    second.is_ready()
    assert second.texts() == first.texts()

    first.say(question)

    expect(second.visitors.last.locator(".text")).to_have_text(question)
    expect(second.ours.last).to_contain_text(day)
    second.say(ANOTHER[language])
    expect(first.visitors).to_have_count(2)
    expect(first.messages).to_have_count(second.messages.count())
    assert first.texts() == second.texts()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_two_visitors_do_not_see_each_other(visit: Callable[..., Chat], language: str) -> None:
    first, second = visit(language), visit(language)

    first.say(DEADLINE[language][0])

    second.page.reload()
    second.is_ready()
    expect(second.messages).to_have_count(1)


def test_server_restart_in_the_middle_loses_nothing(
    visit: Callable[..., Chat], chat_server: TrialServer
) -> None:
    chat = visit("nl")
    for label in BUTTONS["nl"][:3]:
        chat.choose(label)
    before = chat.texts()

    chat_server.stop()
    chat.choice(BUTTONS["nl"][3]).click()
    chat.has_failed()
    chat.has_no_axe_findings()
    chat_server.start()
    count = chat.ours.count()
    chat.send_again().click()
    chat.answered(count)

    assert chat.texts()[: len(before) + 1] == [*before, ("visitor", BUTTONS["nl"][3])]
    for label in BUTTONS["nl"][4:]:
        chat.choose(label)
    expect(chat.log.locator(".outcome")).to_have_text([OUTCOME["qualifies"]["nl"]])


@pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("fr", DESKTOP)], ids=["nl-phone", "fr-desktop"]
)
def test_message_typed_offline_goes_out_by_itself(
    visit: Callable[..., Chat], language: str, screen: dict[str, Any]
) -> None:
    question, day, _ = DEADLINE[language]
    chat = visit(language, **screen)
    chat.page.context.set_offline(offline=True)
    expect(chat.element.locator(".notice-text")).to_have_text(OFFLINE[language])

    chat.type(question)
    chat.has_failed()
    chat.has_no_axe_findings()
    chat.page.screenshot(path=SCREENSHOTS / f"offline-{language}.png")
    chat.page.context.set_offline(offline=False)

    expect(chat.ours.last).to_contain_text(day)
    expect(chat.element.locator(".notice-text")).to_be_hidden()
    expect(chat.visitors).to_have_count(1)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_failed_message_is_sent_again_once(visit: Callable[..., Chat], language: str) -> None:
    question, day, _ = DEADLINE[language]
    chat = visit(language)
    # The message arrives, its answer does not: the hardest case not to double.
    lost: list[int] = []

    def lose(route: Any) -> None:
        lost.append(route.fetch().status)
        route.abort()

    chat.page.route("**/chat/messages", lose)
    chat.type(question)
    chat.has_failed()
    chat.page.unroute("**/chat/messages")

    chat.send_again().click()

    expect(chat.ours.last).to_contain_text(day)
    assert lost == [200, 200, 200]
    chat.page.reload()
    chat.is_ready()
    assert [text for who, text in chat.texts() if who == "visitor"] == [question]
