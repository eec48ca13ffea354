"""Answers to other questions of the check than the open one: which of them to believe.

While the path is not known, what only a project has tells the path too. Who looks for help may say
the rest as well: a firm in search of help has a place and a head count, and may look for training.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from actions import capacities
from actions.eligibility_questions import APPLICANT, QUESTIONS, TARGET_SME
from bot.answers import read_answer, read_capacities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.answers import Entity

# Who says these of himself has a project.
_OF_PROJECTS: Final = frozenset({"theme", "outsourcing_share", *capacities.PARTS})
# The questions before those that a part of a sentence may already answer.
EARLY: Final = ("path", "organisation_kind", "establishment")
_SUPPORT: Final = 4  # the theme whose words also say what a small firm looks for
_HAS: Final = frozenset({"in_house", "outsourced"})
_FEW: Final = 2  # words: no more than the name of a theme
# A number beside something outsourced may count people; of these words a share is made.
_OF_A_WHOLE: Final = re.compile(
    r"%|\b(procent|percent|pct|pour ?cents?|half|helft|derde|kwart|vierde|vijfde|tiende"
    r"|moiti[ée]|tiers|quarts?|cinqui[èe]mes?|dixi[èe]mes?)\b",
    re.IGNORECASE,
)
# What is submitted, in the words that name a path; helping others may be one's trade.
_SUBMITTED: Final = re.compile(r"proje[ct]|voorstel|[ck]andida|indien", re.IGNORECASE)


def asks_for_theme(slot: str | None, text: str, language: str) -> bool:
    """Whether a message, before the theme is asked, rather asks about a theme than takes it."""
    if slot not in EARLY:
        return False
    return "?" in text or read_answer("theme", text, language).status != "understood"


def without_trade(slot: str | None, named: Sequence[Entity], text: str) -> list[Entity]:
    """Leave out the path, and who is helped, where helping others is only what a firm lives by.

    So it is while a question is open that only who looks for help is asked: "welke sector?", "wij
    helpen ondernemers". Who names a project has one.
    """
    if slot is None or slot not in QUESTIONS or QUESTIONS[slot].path != TARGET_SME:
        return [*named]
    trades = [
        one
        for one in named
        if (one.entity, one.value) == ("path", APPLICANT)
        and not _SUBMITTED.search(text[one.start : one.end])
    ]
    return [
        one
        for one in named
        if not any(trade.start <= one.start and one.end <= trade.end for trade in trades)
    ]


def with_path(told: Mapping[str, Any]) -> dict[str, Any]:
    """Add the path where something was told that only one path has."""
    return {"path": APPLICANT, **told} if told.keys() & _OF_PROJECTS else {**told}


def early_answers(slot: str, text: str, language: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Add what words typed to an open question say to a later one instead."""
    asked = read_answer(slot, text, language)
    if asked.status != "unreadable" or asked.alternatives or "?" in text:
        return {**told}
    found = {**_share(text, language), **_capacities(slot, text, language), **told}
    return found if slot != "path" else {**_theme(text, language), **with_path(found)}


def _share(text: str, language: str) -> dict[str, Any]:
    """A share of what is outsourced; of what else nobody knows yet."""
    if not _OF_A_WHOLE.search(text):
        return {}
    where = read_answer(capacities.PARTS[0], text, language)
    outsourced = "outsourced" in {where.value, *where.alternatives}
    share = read_answer("outsourcing_share", text, language) if outsourced else None
    return {"outsourcing_share": share.value} if share and share.status == "understood" else {}


def _capacities(slot: str, text: str, language: str) -> dict[str, Any]:
    """Where two or three capacities are; who lacks knowledge rather looks for help.

    While the path is open they must be named: whoever works alone "does everything himself".
    """
    said = capacities.read(capacities.TOGETHER, text, language)
    found = said if isinstance(said, dict) and {*said.values()} <= _HAS else {}
    if slot == "path":
        names = read_capacities(text, language).named
        found = {part: place for part, place in found.items() if part in names}
    return {**found} if len(found) > 1 else {}


def _theme(text: str, language: str) -> dict[str, Any]:
    theme = read_answer("theme", text, language)
    named = theme.status == "understood" and theme.value != _SUPPORT and not text.strip().isdigit()
    return {"theme": theme.value} if named and len(text.split()) <= _FEW else {}
