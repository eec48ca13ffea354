"""What was understood of an answer, and what was named in a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Value = str | float | bool
Status = Literal["understood", "unknown", "out_of_range", "unreadable"]


@dataclass(frozen=True)
class Reading:
    """What an answer says.

    - understood: `value` is what was answered.
    - unknown: the visitor says that he does not know.
    - out_of_range: a number that cannot be right, such as 300 %.
    - unreadable: nothing certain. `alternatives` holds what it may mean, most likely first: two
      readings that compete, or, for numbers, the ends of a range such as "10 to 15".
    """

    status: Status
    value: Value | None = None
    alternatives: tuple[Value, ...] = ()


UNREADABLE = Reading("unreadable")
UNKNOWN = Reading("unknown")
OUT_OF_RANGE = Reading("out_of_range")


def understood(value: Value) -> Reading:
    """Return the reading of an answer that leaves no doubt."""
    return Reading("understood", value)


def undecided(alternatives: tuple[Value, ...]) -> Reading:
    """Return the reading of an answer that may mean several things."""
    return Reading("unreadable", None, alternatives)


@dataclass(frozen=True)
class Entity:
    """Something named in a message, and where it stands there.

    `asserted` tells whether the visitor says it of his own organisation or project. It is False
    in questions and suppositions ("can a federation take part?"), and for what others are.
    """

    entity: str
    value: Value
    start: int
    end: int
    text: str
    asserted: bool = True
