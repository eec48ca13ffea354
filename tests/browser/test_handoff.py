from __future__ import annotations

import re
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from bot.database import engine_for
from bot.mail import upkeep
from tests.browser.conftest import DESKTOP, MAILBOX, PHONE, SCREENSHOTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.mail.outbox import OutboxMail
    from bot.trial.server import TrialServer
    from tests.bot.mail.smtp_server import Connection, SmtpTestServer
    from tests.browser.chat import Chat

QUESTION = {
    "nl": "Ons dossier 2022-17 is nooit beantwoord, wat moeten we nu doen?",
    "fr": "Mon dossier n'a pas eu de réponse, que faire maintenant ?",
}
VISIT = {
    "nl": ["Ik wil iemand spreken", QUESTION["nl"], "an.peeters@voorbeeld.be", "An Peeters"],
    "fr": ["Je veux parler à quelqu'un", QUESTION["fr"], "anne@exemple.be", "Anne Dubois"],
}
WORDS = {
    "nl": {
        "skip": "Overslaan",
        "language": "Nederlands",
        "yes": "Ja, verstuur deze mail",
        "no": "Nee, verstuur niets",
    },
    "fr": {
        "skip": "Passer",
        "language": "Français",
        "yes": "Oui, envoyez cet e-mail",
        "no": "Non, n’envoyez rien",
    },
}
_SECONDS = 30


@pytest.mark.parametrize(("language", "screen"), [("nl", PHONE), ("fr", DESKTOP)])
def test_question_becomes_a_mail_after_the_yes(
    visit: Callable[..., Chat],
    chat_server: TrialServer,
    mail_server: SmtpTestServer,
    language: str,
    screen: dict[str, Any],
) -> None:
    delivered = _delivery(mail_server)
    chat = visit(language, **screen)
    _as_far_as_consent(chat, language)
    asked = "\n".join(text for _, text in chat.texts())
    assert QUESTION[language] in asked
    assert MAILBOX in asked
    chat.has_no_axe_findings()

    answer = chat.choose(WORDS[language]["yes"])

    shown = answer.locator(".reference strong")
    expect(shown).to_have_text(re.compile(r"^C4S-\d{4}-[0-9A-Z]{6}$"))
    reference = shown.inner_text()
    chat.has_no_axe_findings()
    chat.page.screenshot(path=SCREENSHOTS / f"handoff-{language}.png")
    assert delivered.wait(_SECONDS)
    mail = mail_server.received[-1]
    body = mail.message.get_body(("plain",))
    assert mail.recipients == (MAILBOX,)
    assert mail.message["Reply-To"] == VISIT[language][2] or VISIT[language][2] in str(
        mail.message["Reply-To"]
    )
    assert reference in str(mail.message["Subject"])
    assert body is not None
    assert QUESTION[language] in re.sub(r"\s+", " ", body.get_content())
    row = next(one for one in _outbox(chat_server) if one.reference == reference)
    assert (row.kind, row.state, row.language) == ("handoff", "sent", language)
    assert row.recipient == MAILBOX


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_no_leaves_nothing_in_the_outbox(
    visit: Callable[..., Chat], chat_server: TrialServer, language: str
) -> None:
    before = [one.reference for one in _outbox(chat_server)]
    chat = visit(language)
    _as_far_as_consent(chat, language)

    answer = chat.choose(WORDS[language]["no"])

    expect(answer.locator(".reference")).to_have_count(0)
    assert [one.reference for one in _outbox(chat_server)] == before


def _as_far_as_consent(chat: Chat, language: str) -> None:
    words = WORDS[language]
    for text in VISIT[language]:
        chat.say(text)
    chat.choose(words["skip"])
    chat.choose(words["language"])
    expect(chat.choice(words["yes"])).to_be_visible()


def _delivery(mail_server: SmtpTestServer) -> Event:
    """The moment when the next mail is delivered and the line is closed."""
    done = Event()

    async def script(connection: Connection) -> None:
        del connection
        done.set()

    mail_server.scripts["QUIT"] = script
    return done


def _outbox(chat_server: TrialServer) -> list[OutboxMail]:
    engine = engine_for(f"sqlite:///{chat_server.folder / 'cyber4sme.db'}")
    try:
        return list(upkeep.list_mails(engine))
    finally:
        engine.dispose()
