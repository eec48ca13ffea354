"""Finds "I do not know" in other words than those of the list: "da weet ik zo direct nie"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers.phrases import Hit

if TYPE_CHECKING:
    from bot.answers.choices import SmallWords

_UNKNOWN: Final = frozenset({"unknown"})
_AFTER: Final = 6  # words from "I know" to "not"; after "I say", a "not" belongs to what is said
_BEFORE: Final = 2  # words between "not" and "tell"
_STOPS: Final = ("signs", "breaks", "what_is_not_known")


def not_knowing(small: SmallWords) -> list[Hit]:
    """Return where somebody says that he does not know, or cannot tell."""
    denials = small.places.get("knows_not", frozenset())
    found = []
    for name, ahead, back in (("knowing", _AFTER, 1), ("telling", 0, _BEFORE)):
        for at in small.places.get(name, ()):
            for no in denials:
                near = at < no <= at + ahead or at - back - 1 <= no < at
                first, last = sorted((at, no))
                if near and not any(small.any(stop, first + 1, last) for stop in _STOPS):
                    found.append(Hit(first, last + 1, _UNKNOWN))
    return found
