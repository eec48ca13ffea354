"""The commands of `python -m bot.mail`; docs/mail.md shows them at work."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.data_files import DataError
from bot.database import DatabaseError, engine_for, upgrade
from bot.facts.calls import Facts
from bot.mail import upkeep
from bot.mail.message import TIME_ZONE, as_email
from bot.mail.outbox import STATES, OutboxError
from bot.mail.route import Route, RouteError
from bot.mail.worker import Worker, utc_now
from bot.settings import PROJECT, Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Engine

    from bot.mail.outbox import OutboxMail

FACTS: Final = PROJECT / "data" / "facts.yml"
_SUBJECT_WIDTH: Final = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; return the exit status, 2 with one sentence on an error."""
    given = _parser().parse_args(arguments)
    try:
        settings = Settings.from_environment()
        route = Route.from_settings(settings, official_mailbox())
        engine = engine_for(settings.database)
        upgrade(engine)
        return int(given.act(engine, route, given))
    except BrokenPipeError:  # whoever reads what is printed, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (SettingsError, DataError, DatabaseError, OutboxError, RouteError, OSError) as error:
        print(f"bot.mail: {error}", file=sys.stderr)
        return 2


def official_mailbox() -> str:
    """Return the department's own address, from the facts: what the mailbox setting defaults to."""
    return Facts.load(FACTS).in_language("nl")["mailbox"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.mail", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, act: object, what: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=what, description=what)
        one.set_defaults(act=act)
        return one

    listing = command("list", _list, "show the mails, oldest first")
    listing.add_argument("--state", choices=STATES, help="only the mails in this state")
    command("show", _show, "show a mail as text").add_argument("reference")
    export = command("export", _export, "write mails as .eml files, for a mail reader")
    which = export.add_mutually_exclusive_group(required=True)
    which.add_argument("reference", nargs="?", help="the mails of this reference")
    which.add_argument("--all", action="store_true", help="all mails")
    export.add_argument("folder", type=Path, help="where to put the files")
    worker = command("worker", _work, "send what is queued, until interrupted")
    worker.add_argument("--once", action="store_true", help="stop when nothing is due any more")
    command("retry", _retry, "try a failed mail again, now").add_argument("reference")
    release = command("release", _release, "send a held mail after all; asks first")
    which = release.add_mutually_exclusive_group(required=True)
    which.add_argument("reference", nargs="?", help="the mails of this reference")
    which.add_argument("--all", action="store_true", help="all held mails")
    release.add_argument("--yes", action="store_true", help="do not ask")
    return parser


def _list(engine: Engine, route: Route, given: argparse.Namespace) -> int:
    mails = upkeep.list_mails(engine, given.state)
    print(route.describe())
    if not mails:
        print("No mails." if given.state is None else f"No mails are {given.state}.")
        return 0
    counted = upkeep.count(engine)
    print(", ".join(f"{number} {state}" for state, number in counted.items() if number))
    print()
    row = "{:<16}  {:<8}  {:<16}  {:>8}  {:<13}  {}"
    print(row.format("reference", "state", "asked", "attempts", "kind", "subject"))
    for mail in mails:
        asked = f"{mail.created_at.astimezone(TIME_ZONE):%Y-%m-%d %H:%M}"
        subject = _short(mail.subject.removeprefix(f"[{mail.reference}] "))
        print(row.format(mail.reference, mail.state, asked, mail.attempts, mail.kind, subject))
        if mail.last_error_code and mail.state != "sent":
            print(f"{'':<18}{mail.last_error_code}: {mail.last_error_text}")
    return 0


def _show(engine: Engine, route: Route, given: argparse.Namespace) -> int:
    for mail in upkeep.find(engine, given.reference):
        print(f"State:       {_state(mail)}")
        headers = as_email(mail, route.sender)
        for name in ("From", "To", "Reply-To", "Date", "Message-ID", "Subject"):
            print(f"{name + ':':<12} {headers[name]}")
        print(f"\n{mail.text_body}")
    return 0


def _export(engine: Engine, route: Route, given: argparse.Namespace) -> int:
    mails = upkeep.list_mails(engine) if given.all else upkeep.find(engine, given.reference)
    given.folder.mkdir(parents=True, exist_ok=True)
    for mail in mails:
        ending = "" if mail.kind == "handoff" else f"-{mail.kind}"
        path = given.folder / f"{mail.reference}{ending}.eml"
        # Personal data: for the eyes of this user only.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(as_email(mail, route.sender).as_bytes())
        print(path)
    return 0


def _work(engine: Engine, route: Route, given: argparse.Namespace) -> int:
    worker = Worker(engine, route)
    print(route.describe(), flush=True)
    if given.once:
        print(f"Sent: {asyncio.run(worker.drain())}.")
        return 0
    asyncio.run(_until_interrupted(worker))
    return 0


async def _until_interrupted(worker: Worker) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await worker.run(stop)


def _retry(engine: Engine, route: Route, given: argparse.Namespace) -> int:
    del route
    mails = upkeep.find(engine, given.reference)
    if not upkeep.retry(engine, mails, utc_now()):
        states = ", ".join(f"{mail.kind} {_state(mail)}" for mail in mails)
        message = f"{mails[0].reference} is not failed: {states}. Nothing was changed."
        raise OutboxError(message)
    print(f"{mails[0].reference} is queued: a worker tries it at once.")
    return 0


def _release(engine: Engine, route: Route, given: argparse.Namespace) -> int:
    found = upkeep.list_mails(engine) if given.all else upkeep.find(engine, given.reference)
    held = tuple(mail for mail in found if mail.state == "held")
    if not held:
        print("No such mail is held. Nothing was changed.")
        return 0
    for mail in held:
        reason = route.why_held(mail.recipient)
        if reason:
            message = f"{mail.reference} cannot be released. {reason}"
            raise OutboxError(message)
        print(f"{mail.reference}  to {mail.recipient}  {_short(mail.subject)}")
    if not given.yes and not _confirmed(f"Really send {len(held)} held? [y/N] "):
        print("Nothing was changed.")
        return 1
    print(f"{upkeep.release_held(engine, held, utc_now())} queued: a worker sends them at once.")
    return 0


def _confirmed(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:  # nobody is there to answer
        print()
        return False


def _state(mail: OutboxMail) -> str:
    if mail.sent_at:
        return f"sent on {mail.sent_at.astimezone(TIME_ZONE):%Y-%m-%d at %H:%M}"
    error = f" ({mail.last_error_code}: {mail.last_error_text})" if mail.last_error_code else ""
    return f"{mail.state}, {mail.attempts} attempts{error}"


def _short(subject: str) -> str:
    return subject if len(subject) <= _SUBJECT_WIDTH else f"{subject[: _SUBJECT_WIDTH - 1]}…"
