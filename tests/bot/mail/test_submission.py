"""From a handoff to the rows of the outbox: bot/mail/submission.py and bot/mail/intake.py."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.mail import upkeep
from bot.mail.intake import (
    REFERENCE_LETTERS,
    Receipt,
    ReferenceTakenError,
    TooManyMailsError,
    new_reference,
)
from bot.mail.message import write_confirmation, write_handoff
from bot.mail.outbox import claim_due, mark_permanent
from bot.mail.submission import hand_over
from tests.bot.mail.samples import (
    MAILBOX,
    NOW,
    OFFICIAL,
    a_full_handoff,
    a_handoff,
    route_for,
    settings_for,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from bot.mail.handoff import Handoff

REFERENCE = "C4S-2026-7F3K9Q"


def submit(  # noqa: PLR0913 - what a test may want to change
    engine: Engine,
    handoff: Handoff | None = None,
    conversation_id: str = "c1",
    now: Any = NOW,
    *,
    port: int = 25,
    queue: bool = True,
    **settings: Any,
) -> Receipt:
    return hand_over(
        engine,
        settings_for(port, **settings),
        route_for(port, **settings),
        handoff=handoff or a_handoff(),
        conversation_id=conversation_id,
        now=now,
        queue=queue,
    )


def number(engine: Engine) -> int:
    return len(upkeep.list_mails(engine))


def another(index: int) -> Handoff:
    return a_handoff(reference=f"C4S-2026-77777{index}", question=f"Vraag {index}?")


def test_new_reference_tells_the_year_and_nothing_else() -> None:
    drawn = {new_reference(NOW) for _ in range(2_000)}

    assert all(re.fullmatch(f"C4S-2026-[{REFERENCE_LETTERS}]{{6}}", one) for one in drawn)
    assert len(drawn) > 1_990
    assert new_reference(NOW, choose=lambda letters: letters[0]) == "C4S-2026-333333"


def test_reference_letters_hold_no_look_alikes_and_make_no_words() -> None:
    assert set("01258ABEGILOSUZ").isdisjoint(REFERENCE_LETTERS)
    assert len(set(REFERENCE_LETTERS)) == len(REFERENCE_LETTERS)


def test_hand_over_puts_one_mail_for_the_mailbox(engine: Engine) -> None:
    handoff = a_full_handoff("fr")
    letter = write_handoff(handoff)

    assert submit(engine, handoff) == Receipt(REFERENCE, "queued", repeated=False)

    (mail,) = upkeep.list_mails(engine)
    assert (mail.kind, mail.recipient, mail.reply_to) == ("handoff", MAILBOX, "jan@bakkerij.be")
    assert (mail.subject, mail.text_body, mail.html_body) == (
        letter.subject,
        letter.text,
        letter.html,
    )
    assert (mail.language, mail.conversation_id) == ("fr", "c1")
    assert (mail.state, mail.attempts, mail.created_at, mail.next_attempt_at) == (
        "queued", 0, NOW, NOW,
    )  # fmt: skip
    assert mail.purge_after == NOW + timedelta(days=180)
    assert re.fullmatch(r"<c4s-2026-7f3k9q\.[0-9a-f]{32}@bot\.test>", mail.message_id)


def test_hand_over_takes_the_longest_there_may_be(engine: Engine) -> None:
    longest = {"topic": "a.be " * 24, "question": "https://a.be/ " * 142, "page": "a.b/" * 125}

    assert submit(engine, a_handoff(**longest, name="é" * 120)).state == "queued"

    assert upkeep.list_mails(engine)[0].subject.count("a[.]be") == 24


def test_hand_over_adds_a_confirmation_when_that_is_switched_on(engine: Engine) -> None:
    submit(engine, mail_confirmation=True)

    letter = write_confirmation(a_handoff(), MAILBOX, 180)
    first, second = upkeep.list_mails(engine)
    assert (first.kind, first.recipient) == ("handoff", MAILBOX)
    assert (second.kind, second.recipient) == ("confirmation", "jan@bakkerij.be")
    assert (second.subject, second.reply_to) == (letter.subject, MAILBOX)
    assert (first.reference, second.reference) == (REFERENCE, REFERENCE)
    assert first.message_id != second.message_id


def test_without_a_server_the_mail_is_held(engine: Engine) -> None:
    assert submit(engine, port=0).state == "held"

    assert claim_due(engine, "worker", NOW + timedelta(days=99)) is None


def test_with_the_queue_off_the_mail_is_held(engine: Engine) -> None:
    assert submit(engine, queue=False).state == "held"


def test_to_the_real_mailbox_over_a_server_on_this_machine_the_mail_is_held(
    engine: Engine,
) -> None:
    assert submit(engine, mailbox="").state == "held"

    assert [mail.recipient for mail in upkeep.list_mails(engine)] == [OFFICIAL]


def test_the_same_question_again_is_no_second_mail(engine: Engine) -> None:
    submit(engine)

    again = submit(
        engine, a_handoff(reference="C4S-2026-777777", question="KON een school ook indienen?")
    )

    assert again == Receipt(REFERENCE, "queued", repeated=True)
    assert number(engine) == 1


def test_the_same_question_ten_times_is_one_mail(engine: Engine) -> None:
    receipts = [submit(engine, a_handoff(reference=f"C4S-2026-77777{n}")) for n in range(10)]

    assert {receipt.reference for receipt in receipts} == {"C4S-2026-777770"}
    assert [receipt.repeated for receipt in receipts] == [False] + [True] * 9
    assert number(engine) == 1


def test_a_repeated_receipt_tells_how_the_first_mail_stands(engine: Engine) -> None:
    submit(engine)
    mail = claim_due(engine, "worker", NOW)
    assert mail
    mark_permanent(engine, mail, ("550", "No"))

    assert submit(engine) == Receipt(REFERENCE, "failed", repeated=True)


def test_the_same_question_in_another_conversation_within_a_day_is_no_second_mail(
    engine: Engine,
) -> None:
    submit(engine)
    again = a_handoff(reference="C4S-2026-777777")

    within = submit(engine, again, "c2", NOW + timedelta(hours=23, minutes=59))
    assert within == Receipt(REFERENCE, "queued", repeated=True)

    after = submit(engine, again, "c2", NOW + timedelta(hours=24))
    assert after == Receipt("C4S-2026-777777", "queued", repeated=False)


@pytest.mark.parametrize("changes", [{"question": "En een vzw?"}, {"email": "piet@slagerij.be"}])
def test_another_question_or_another_person_is_another_mail(
    engine: Engine, changes: dict[str, str]
) -> None:
    submit(engine)

    other = submit(engine, a_handoff(reference="C4S-2026-777777", **changes))

    assert other == Receipt("C4S-2026-777777", "queued", repeated=False)
    assert number(engine) == 2


def test_a_conversation_has_so_many_questions_and_no_more(engine: Engine) -> None:
    for index in range(3):
        submit(engine, another(index), mail_confirmation=True)

    with pytest.raises(TooManyMailsError, match="has sent 3 questions, and 3 is the limit"):
        submit(engine, another(3))

    assert number(engine) == 6
    # What was sent before may be asked for still, and others are not held up.
    assert submit(engine, another(0)).repeated
    assert submit(engine, another(3), "c2").state == "queued"


@pytest.mark.parametrize("conversation", ["c1", "c2"])
def test_a_reference_that_is_in_use_is_refused(engine: Engine, conversation: str) -> None:
    submit(engine)

    with pytest.raises(ReferenceTakenError, match=rf"{REFERENCE} is in use\. Draw another one"):
        submit(engine, a_handoff(question="Iets anders?"), conversation)

    assert number(engine) == 1


def test_mails_of_one_question_enter_together_or_not_at_all(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The second Message-ID is the first one again: the second row is refused by the database.
    monkeypatch.setattr("bot.mail.intake.secrets.token_hex", lambda length: "0" * length)

    with pytest.raises(IntegrityError, match=r"message_id"):
        submit(engine, mail_confirmation=True)

    assert number(engine) == 0


def test_eight_at_once_keep_to_the_limit(engine: Engine) -> None:
    together = Barrier(8)

    def one(index: int) -> bool:
        together.wait(timeout=20)
        try:
            submit(engine, another(index))
        except TooManyMailsError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        accepted = list(threads.map(one, range(8)))

    assert sum(accepted) == 3
    assert number(engine) == 3


def test_the_same_question_eight_times_at_once_is_one_mail(engine: Engine) -> None:
    together = Barrier(8)

    def one(index: int) -> Receipt:
        together.wait(timeout=20)
        return submit(engine, a_handoff(reference=f"C4S-2026-77777{index}"))

    with ThreadPoolExecutor(8) as threads:
        receipts = list(threads.map(one, range(8)))

    assert len({receipt.reference for receipt in receipts}) == 1
    assert sorted(receipt.repeated for receipt in receipts) == [False] + [True] * 7
    assert number(engine) == 1
