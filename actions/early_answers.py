"""Answers to later questions of the check, given while another one is open.

While the path is not known, what only a project has tells the path too. Who looks for help may say
the rest as well: a firm in search of help has a place and a head count, and may look for training.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from actions import capacities
from actions.eligibility_questions import APPLICANT
from bot.answers import read_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

# Who says these of himself has a project.
_OF_PROJECTS: Final = frozenset({"theme", "outsourcing_share", *capacities.PARTS})
# The questions before those that a part of a sentence may already answer.
EARLY: Final = ("path", "organisation_kind", "establishment")
_SUPPORT: Final = 4  # the theme whose words also say what a small firm looks for
_HAS: Final = frozenset({"in_house", "outsourced"})
_FEW: Final = 2  # words: no more than the name of a theme


def with_path(told: Mapping[str, Any]) -> dict[str, Any]:
    """Add the path where something was told that only one path has."""
    return {"path": APPLICANT, **told} if told.keys() & _OF_PROJECTS else {**told}


def early_answers(slot: str, text: str, language: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Add what words typed to an open question say to a later one instead."""
    asked = read_answer(slot, text, language)
    if asked.status != "unreadable" or asked.alternatives:
        return {**told}
    found = {**_share(text, language), **_capacities(text, language), **told}
    return found if slot != "path" else {**_theme(text, language), **with_path(found)}


def _share(text: str, language: str) -> dict[str, Any]:
    """A share of what is outsourced; of what else nobody knows yet."""
    where = read_answer(capacities.PARTS[0], text, language)
    outsourced = "outsourced" in {where.value, *where.alternatives}
    share = read_answer("outsourcing_share", text, language) if outsourced else None
    return {"outsourcing_share": share.value} if share and share.status == "understood" else {}


def _capacities(text: str, language: str) -> dict[str, Any]:
    """Where two or three capacities are; who lacks knowledge rather looks for help."""
    said = capacities.read(capacities.TOGETHER, text, language)
    named = said if isinstance(said, dict) and {*said.values()} <= _HAS else {}
    return {**named} if len(named) > 1 else {}


def _theme(text: str, language: str) -> dict[str, Any]:
    theme = read_answer("theme", text, language)
    named = theme.status == "understood" and theme.value != _SUPPORT and not text.strip().isdigit()
    return {"theme": theme.value} if named and len(text.split()) <= _FEW else {}
