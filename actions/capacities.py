"""Expertise, knowledge of needs and experience, asked together to keep the check short.

One question asks for all three. Its answer may name each of them; else what is not all in house is
asked once more: which of the three, or how it is with the two that were not named. Each remains an
answer of its own, to be corrected by itself. Pure: knows nothing of Rasa or of texts.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from actions.eligibility_questions import UNKNOWN
from bot.answers import capacity_clauses, read_capacities

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS: Final = capacity_clauses.PARTS
TOGETHER: Final = "capacities"  # where all three are
WHICH: Final = "capacities_which"  # which are outsourced or missing, when not all are in house
REST: Final = "capacities_rest"  # where the two are that were not named
ASKED: Final = (TOGETHER, WHICH, REST)
ALL: Final = "all"
IN_HOUSE: Final = "in_house"
EACH: Final = "each"  # the answer to TOGETHER told them apart
# The answers to TOGETHER that leave open which of the three they are about.
NOT_ALL: Final = frozenset({"outsourced", "neither"})

_CHOICES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        TOGETHER: frozenset({IN_HOUSE, *NOT_ALL, UNKNOWN}),
        WHICH: frozenset({*PARTS, ALL, UNKNOWN}),
        REST: frozenset({IN_HOUSE, *NOT_ALL, UNKNOWN}),
    }
)


def question_for(answers: Mapping[str, Any]) -> str:
    """The question to ask while at least one of the three has no answer."""
    missing = open_parts(answers)
    if len(missing) == 1:
        return missing[0]
    if len(missing) < len(PARTS):
        return REST
    return WHICH if answers.get(TOGETHER) in NOT_ALL else TOGETHER


def open_parts(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The parts that have no answer yet."""
    return tuple(part for part in PARTS if answers.get(part) is None)


def read(slot: str, text: str, language: str) -> str | dict[str, str] | None:
    """Read an answer to one of the three questions; None when it says nothing sure.

    A text stands for all that was asked, a mapping says each part by itself.
    """
    said = read_capacities(text, language)
    parts = said.all_known()
    if parts:
        return parts
    if slot == WHICH:
        named = set(said.named)
        if said.whole == UNKNOWN:
            return UNKNOWN
        if said.every or named == set(PARTS):
            return ALL
        return dict.fromkeys(named, WHICH) or None
    if slot == TOGETHER and said.every and said.whole is not None:
        return dict.fromkeys(PARTS, said.whole)
    return said.whole


def chosen(slot: str, value: str) -> str | None:
    """The answer that a button holds; None when it holds none."""
    return value if value in _CHOICES[slot] else None


def answers_by(
    slot: str, value: str | Mapping[str, str], answers: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers that one answer to the three stands for.

    What nobody said anything of is in house where others were named as coming from elsewhere, and
    not known where it was asked for a second time.
    """
    if slot == TOGETHER:
        if isinstance(value, str):
            return {**({} if value in NOT_ALL else dict.fromkeys(PARTS, value)), slot: value}
        return {**value, slot: EACH}
    if slot == REST:
        parts = open_parts(answers)
        if isinstance(value, str):
            return dict.fromkeys(parts, value)
        return {part: value.get(part, UNKNOWN) for part in parts}
    return _which(value, str(answers.get(TOGETHER)))


def _which(value: str | Mapping[str, str], place: str) -> dict[str, Any]:
    if value == UNKNOWN:
        found = dict.fromkeys(PARTS, UNKNOWN)
    elif value == ALL:
        found = dict.fromkeys(PARTS, place)
    else:
        named = {value: WHICH} if isinstance(value, str) else value
        # What was only named is where the question put it.
        said = {part: place if one == WHICH else one for part, one in named.items()}
        found = {part: said.get(part, IN_HOUSE) for part in PARTS}
    return {**found, TOGETHER: place}
