"""A question, its handoff and its rows, as the tests need them."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone
from time import monotonic
from typing import TYPE_CHECKING, Any

from bot.mail.handoff import EligibilitySummary, Handoff, TranscriptLine
from bot.mail.intake import Receipt, new_reference
from bot.mail.route import Route
from bot.mail.submission import hand_over
from bot.mail.worker import Pace
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Engine

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=timezone.utc)
OFFICIAL = "cyber4sme@economie.fgov.be"
MAILBOX = "helpdesk@mailbox.test"
SENDER = "assistant@bot.test"

# So that a test does not wait: everything that takes minutes in real life takes moments here.
QUICK = Pace(idle=timedelta(milliseconds=20), renewal=timedelta(milliseconds=50))


def settings_for(port: int = 0, **changes: Any) -> Settings:
    """Settings with a test mailbox and a server on this machine, or none when the port is 0."""
    given: dict[str, Any] = {
        "mailbox": MAILBOX,
        "mail_from": SENDER,
        "smtp_host": "127.0.0.1" if port else "",
        "smtp_port": port or 25,
        "smtp_security": "none",
        "smtp_timeout_seconds": 5.0,
        **changes,
    }
    return Settings(**given)


def route_for(port: int = 0, **changes: Any) -> Route:
    """Return the route of such settings."""
    return Route.from_settings(settings_for(port, **changes), OFFICIAL)


def a_handoff(language: str = "nl", **changes: Any) -> Handoff:
    """A small handoff that is right in everything; the changes make it something else."""
    words = {
        "nl": ("Wie kon een project indienen?", "Kon een school ook indienen?"),
        "fr": (
            "Qui pouvait introduire un projet\N{NO-BREAK SPACE}?",
            "Et une école\N{NO-BREAK SPACE}?",
        ),
    }[language]
    given: dict[str, Any] = {
        "language": language,
        "reference": "C4S-2026-7F3K9Q",
        "topic": words[0],
        "question": words[1],
        "email": "jan@bakkerij.be",
        "time": NOW,
        "phase": "closed",
        "preferred_language": language,
        **changes,
    }
    return Handoff(**given)


def a_full_handoff(language: str = "nl", **changes: Any) -> Handoff:
    """A handoff with everything in it that there can be."""
    summaries = {
        "nl": EligibilitySummary(
            "unclear",
            ("Soort organisatie: federatie", "Uitbesteding: 40 %"),
            ("De voorwaarden van thema 5 staan niet in de documenten.",),
        ),
        "fr": EligibilitySummary(
            "does_not_qualify",
            ("Sous-traitance : 60 %",),
            ("La sous-traitance dépasse le maximum.",),
        ),
    }
    transcript = (
        TranscriptLine("assistant", NOW - timedelta(days=1), "Welkom! / Bienvenue !"),
        TranscriptLine("visitor", NOW - timedelta(minutes=3), "eerste\ntweede"),
        TranscriptLine("assistant", NOW - timedelta(minutes=2), "Zie https://economie.fgov.be/nl."),
    )
    everything = {
        "name": "Jan Peeters",
        "firm": "Bakkerij Peeters & zonen",
        "page": "https://economie.fgov.be/nl/cyber",
        "eligibility": summaries[language],
        "transcript": transcript,
    }
    return a_handoff(language, **{**everything, **changes})


def put(
    engine: Engine, route: Route, number: int = 1, now: datetime = NOW, first: int = 0
) -> list[Receipt]:
    """Put so many different questions of different conversations in the outbox."""
    handoffs = (
        a_handoff(reference=new_reference(now), question=f"Vraag {first + index}?")
        for index in range(number)
    )
    return [
        hand_over(
            engine,
            settings_for(),
            route,
            handoff=handoff,
            conversation_id=f"conversation {first + index}",
            now=now,
        )
        for index, handoff in enumerate(handoffs)
    ]


async def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for what another thread or process does; fail when it does not come."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "It did not happen in time."
        await asyncio.sleep(0.01)
