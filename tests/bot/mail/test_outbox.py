"""The states of a mail and who may change them: bot/mail/outbox.py and bot/mail/upkeep.py."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from bot.mail import outbox, upkeep
from bot.mail.upkeep import UnknownReferenceError
from tests.bot.mail.samples import NOW, put, route_for

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from bot.mail.outbox import OutboxMail

MINUTE = timedelta(minutes=1)


def claimed(engine: Engine, worker: str = "one") -> OutboxMail:
    mail = outbox.claim_due(engine, worker, NOW)
    assert mail
    return mail


def now_in(engine: Engine) -> OutboxMail:
    (mail,) = upkeep.list_mails(engine)
    return mail


@pytest.fixture
def queued(engine: Engine) -> Engine:
    put(engine, route_for(25))
    return engine


def test_claim_due_takes_a_mail_for_one_worker(queued: Engine) -> None:
    mail = claimed(queued)

    assert (mail.state, mail.claimed_by, mail.claimed_at, mail.attempts) == (
        "sending", "one", NOW, 1,
    )  # fmt: skip
    assert mail == now_in(queued)
    assert outbox.claim_due(queued, "two", NOW) is None


def test_claim_due_takes_the_longest_due_first(engine: Engine) -> None:
    (late,) = put(engine, route_for(25), now=NOW + 2 * MINUTE)
    (early,) = put(engine, route_for(25), now=NOW + MINUTE, first=1)
    later = NOW + 3 * MINUTE

    taken = [outbox.claim_due(engine, "one", later) for _ in range(3)]

    assert [mail and mail.reference for mail in taken] == [early.reference, late.reference, None]


@pytest.mark.parametrize(
    ("early", "due"), [(timedelta(microseconds=1), False), (timedelta(), True)]
)
def test_claim_due_waits_for_the_time(engine: Engine, early: timedelta, due: bool) -> None:  # noqa: FBT001
    put(engine, route_for(25), now=NOW)

    assert (outbox.claim_due(engine, "one", NOW - early) is not None) == due


def test_claim_due_leaves_held_mails(engine: Engine) -> None:
    put(engine, route_for())

    assert outbox.claim_due(engine, "one", NOW + timedelta(days=1)) is None


def test_eight_workers_never_take_the_same_mail(engine: Engine) -> None:
    put(engine, route_for(25), number=24)
    together = Barrier(8)

    def work(name: str) -> list[int]:
        together.wait(timeout=20)
        taken = []
        while mail := outbox.claim_due(engine, name, NOW):
            taken.append(mail.id)
        return taken

    with ThreadPoolExecutor(8) as threads:
        taken = [one for ids in threads.map(work, "abcdefgh") for one in ids]

    assert sorted(taken) == sorted({*taken})
    assert len(taken) == 24


def test_mark_sent(queued: Engine) -> None:
    mail = claimed(queued)

    assert outbox.mark_sent(queued, mail, NOW + MINUTE)

    after = now_in(queued)
    assert (after.state, after.sent_at, after.claimed_by) == ("sent", NOW + MINUTE, None)
    assert not outbox.mark_sent(queued, mail, NOW + 2 * MINUTE)
    assert now_in(queued).sent_at == NOW + MINUTE


def test_mark_sent_counts_even_when_the_claim_was_lost(queued: Engine) -> None:
    """The server has the mail, whatever became of the claim: it must not go out again."""
    mail = claimed(queued)
    outbox.release_stale(queued, NOW + 3 * MINUTE, after=2 * MINUTE)

    assert outbox.mark_sent(queued, mail, NOW + 3 * MINUTE)

    assert now_in(queued).state == "sent"
    assert outbox.claim_due(queued, "two", NOW + 9 * MINUTE) is None


def test_mark_temporary_puts_the_mail_back_for_later(queued: Engine) -> None:
    mail = claimed(queued)

    assert outbox.mark_temporary(queued, mail, ("451", "Busy"), NOW, wait=2 * MINUTE)

    after = now_in(queued)
    assert (after.state, after.next_attempt_at, after.claimed_by) == (
        "queued",
        NOW + 2 * MINUTE,
        None,
    )
    assert (after.last_error_code, after.last_error_text, after.attempts) == ("451", "Busy", 1)


def test_mark_temporary_without_another_attempt_fails(queued: Engine) -> None:
    assert outbox.mark_temporary(queued, claimed(queued), ("451", "Busy"), NOW, wait=None)

    assert (now_in(queued).state, now_in(queued).last_error_code) == ("failed", "451")


def test_mark_permanent_fails(queued: Engine) -> None:
    assert outbox.mark_permanent(queued, claimed(queued), ("550", "x" * 900))

    after = now_in(queued)
    assert (after.state, after.last_error_text) == ("failed", "x" * 500)
    assert outbox.claim_due(queued, "one", NOW + timedelta(days=99)) is None


def test_mark_held_holds(queued: Engine) -> None:
    assert outbox.mark_held(queued, claimed(queued), ("settings", "Not so"))

    assert now_in(queued).state == "held"


def test_nobody_changes_what_another_worker_holds(queued: Engine) -> None:
    mail = claimed(queued)
    outbox.release_stale(queued, NOW + 3 * MINUTE, after=2 * MINUTE)
    held_by_two = outbox.claim_due(queued, "two", NOW + 3 * MINUTE)

    assert not outbox.renew_claim(queued, mail, NOW + 4 * MINUTE)
    assert not outbox.mark_temporary(queued, mail, ("451", "Busy"), NOW, wait=MINUTE)
    assert not outbox.mark_permanent(queued, mail, ("550", "No"))
    assert not outbox.mark_held(queued, mail, ("settings", "No"))

    assert now_in(queued) == held_by_two


def test_renew_claim_keeps_the_mail(queued: Engine) -> None:
    mail = claimed(queued)

    assert outbox.renew_claim(queued, mail, NOW + MINUTE)

    assert outbox.release_stale(queued, NOW + 2 * MINUTE, after=2 * MINUTE) == 0
    assert now_in(queued).claimed_at == NOW + MINUTE


@pytest.mark.parametrize(
    ("later", "released"), [(2 * MINUTE - timedelta(microseconds=1), 0), (2 * MINUTE, 1)]
)
def test_release_stale_takes_what_was_not_renewed(
    queued: Engine, later: timedelta, released: int
) -> None:
    claimed(queued)

    assert outbox.release_stale(queued, NOW + later, after=2 * MINUTE) == released

    assert now_in(queued).state == ("queued" if released else "sending")
    assert now_in(queued).attempts == 1


def test_release_stale_leaves_every_other_state(engine: Engine) -> None:
    put(engine, route_for(25), number=3)
    outbox.mark_sent(engine, claimed(engine), NOW)
    outbox.mark_permanent(engine, claimed(engine), ("550", "No"))
    before = upkeep.list_mails(engine)

    assert outbox.release_stale(engine, NOW + timedelta(days=9), after=MINUTE) == 0

    assert upkeep.list_mails(engine) == before


def test_find_is_not_particular_about_capitals(queued: Engine) -> None:
    mail = now_in(queued)

    assert upkeep.find(queued, f" {mail.reference.lower()} ") == (mail,)


def test_find_names_what_is_not_there(queued: Engine) -> None:
    with pytest.raises(UnknownReferenceError, match="No mail has the reference 'C4S-1'"):
        upkeep.find(queued, "C4S-1")


def test_count_and_list_by_state(engine: Engine) -> None:
    put(engine, route_for(25), number=3)
    outbox.mark_sent(engine, claimed(engine), NOW)
    outbox.mark_permanent(engine, claimed(engine), ("550", "No"))

    assert upkeep.count(engine) == {"held": 0, "queued": 1, "sending": 0, "sent": 1, "failed": 1}
    assert [mail.state for mail in upkeep.list_mails(engine)] == ["sent", "failed", "queued"]
    assert [mail.state for mail in upkeep.list_mails(engine, "failed")] == ["failed"]


def test_retry_begins_anew(queued: Engine) -> None:
    outbox.mark_permanent(queued, claimed(queued), ("550", "No"))

    assert upkeep.retry(queued, upkeep.list_mails(queued), NOW + MINUTE) == 1

    after = now_in(queued)
    assert (after.state, after.attempts, after.next_attempt_at) == ("queued", 0, NOW + MINUTE)


def test_retry_does_not_wait_for_the_next_attempt(queued: Engine) -> None:
    outbox.mark_temporary(queued, claimed(queued), ("451", "Busy"), NOW, wait=60 * MINUTE)

    assert upkeep.retry(queued, upkeep.list_mails(queued), NOW + MINUTE) == 1

    assert outbox.claim_due(queued, "one", NOW + MINUTE)


@pytest.mark.parametrize("state", ["held", "sending", "sent"])
def test_retry_leaves_other_mails(engine: Engine, state: str) -> None:
    put(engine, route_for() if state == "held" else route_for(25))
    if state != "held":
        mail = claimed(engine)
        if state == "sent":
            outbox.mark_sent(engine, mail, NOW)

    assert upkeep.retry(engine, upkeep.list_mails(engine), NOW) == 0

    assert now_in(engine).state == state


def test_release_held_queues_only_what_is_held(engine: Engine) -> None:
    put(engine, route_for())
    mails = upkeep.list_mails(engine)

    assert upkeep.release_held(engine, mails, NOW + MINUTE) == 1
    assert upkeep.release_held(engine, mails, NOW + MINUTE) == 0

    assert now_in(engine).state == "queued"


@pytest.mark.parametrize(
    ("later", "purged"),
    [(timedelta(days=180) - timedelta(microseconds=1), 0), (timedelta(days=180), 1)],
)
@pytest.mark.parametrize("state", ["held", "queued", "sent", "failed"])
def test_purge_deletes_what_was_kept_long_enough(
    engine: Engine, state: str, later: timedelta, purged: int
) -> None:
    put(engine, route_for() if state == "held" else route_for(25))
    if state == "sent":
        outbox.mark_sent(engine, claimed(engine), NOW)
    elif state == "failed":
        outbox.mark_permanent(engine, claimed(engine), ("550", "No"))
    assert now_in(engine).state == state

    assert upkeep.purge(engine, NOW + later) == purged

    assert len(upkeep.list_mails(engine)) == 1 - purged


def test_purge_leaves_a_mail_that_is_being_sent(queued: Engine) -> None:
    claimed(queued)

    assert upkeep.purge(queued, NOW + timedelta(days=999)) == 0


def test_a_mail_shows_nobodys_words(queued: Engine) -> None:
    shown = repr(now_in(queued))

    for words in ("jan@bakkerij.be", "Vraag", "VRAAG", "html", "helpdesk"):
        assert words not in shown
