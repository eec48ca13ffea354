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
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Engine

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
# The parts of the mail as it is shown for consent, and which of them lie open.
PARTS = {
    "nl": {"VRAAG": True, "CONTACT": True, "OVER DE VRAAG": True, "GESPREK": False},
    "fr": {
        "QUESTION": True,
        "COORDONNÉES": True,
        "À PROPOS DE LA QUESTION": True,
        "CONVERSATION": False,
    },
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


@pytest.fixture(scope="module")
def outbox(chat_server: TrialServer) -> Iterator[Engine]:
    """The server's database, as the commands for the outbox see it."""
    engine = engine_for(f"sqlite:///{chat_server.folder / 'cyber4sme.db'}")
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("language", "screen"), [("nl", PHONE), ("fr", DESKTOP)], ids=["nl-phone", "fr-desktop"]
)
def test_question_becomes_a_mail_after_the_yes(
    visit: Callable[..., Chat],
    outbox: Engine,
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
    _conversation_unfolds(chat, language)
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
    replies_to = [one.addr_spec for one in mail.message["Reply-To"].addresses]
    assert replies_to == [VISIT[language][2]]
    assert reference in str(mail.message["Subject"])
    assert body is not None
    assert QUESTION[language] in re.sub(r"\s+", " ", body.get_content())
    (row,) = upkeep.find(outbox, reference)
    assert (row.kind, row.state, row.language) == ("handoff", "sent", language)
    assert row.recipient == MAILBOX


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_no_leaves_nothing_in_the_outbox(
    visit: Callable[..., Chat], outbox: Engine, language: str
) -> None:
    before = upkeep.list_mails(outbox)
    chat = visit(language)
    _as_far_as_consent(chat, language)

    answer = chat.choose(WORDS[language]["no"])

    expect(answer.locator(".reference")).to_have_count(0)
    assert upkeep.list_mails(outbox) == before


def _as_far_as_consent(chat: Chat, language: str) -> None:
    words = WORDS[language]
    for text in VISIT[language]:
        chat.say(text)
    chat.choose(words["skip"])
    chat.choose(words["language"])
    expect(chat.choice(words["yes"])).to_be_visible()


def _conversation_unfolds(chat: Chat, language: str) -> None:
    """The long end of the mail does not stand between the visitor and the question."""
    shown = chat.log.locator("details")
    parts = {one.locator("summary").inner_text(): one for one in shown.all()}
    opened = {name: part.get_attribute("open") is not None for name, part in parts.items()}
    assert opened == PARTS[language]
    folded = parts[list(PARTS[language])[-1]]
    said = folded.get_by_text(QUESTION[language])
    expect(said).to_be_hidden()
    # By keyboard: into the message, on to the last part, and open.
    folded.locator("summary").focus()
    chat.page.keyboard.press("Enter")
    expect(said).to_be_visible()


def _delivery(mail_server: SmtpTestServer) -> Event:
    """The moment when the next mail is delivered and the line is closed."""
    done = Event()

    async def script(connection: Connection) -> None:
        del connection
        done.set()

    mail_server.scripts["QUIT"] = script
    return done
