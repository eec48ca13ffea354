"""Where one capacity is: in house, with a third party, nowhere; and where it is said not to be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bot.answers.choices import read_choice
from bot.answers.reading import UNREADABLE, Reading, understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.choices import SmallWords
    from bot.answers.phrases import Hit

CAPACITIES: Final = ("in_house", "outsourced", "neither")
_HAVE: Final = "have"
_NOWHERE: Final = frozenset({"in_house", "outsourced"})
_REACH: Final = 3  # how many words after "we have" a "not" or "no" still works


@dataclass(frozen=True)
class Whereabouts:
    """What an answer says of one capacity; `denied` holds the places where it is not."""

    reading: Reading = UNREADABLE
    denied: frozenset[str] = frozenset()


def whereabouts(hits: Sequence[Hit], small: SmallWords) -> Whereabouts:
    """Read where something is.

    To have it is to have it in house, unless the same words name another place ("we hebben een
    partner") or say that there is none ("hebben we niet"). Neither in house nor outsourced is
    neither; only "not in house" leaves it open. So does a "not" that works on something else.
    """
    named: list[Hit] = []
    denied: set[str] = set()
    had: set[bool] = set()
    for hit in (_of_our_own(hit, small) for hit in hits):
        if _HAVE in hit.values:
            had.add(not _has_none(hit, hits, small))
        elif "neither" not in hit.values and _is_denied(hit, hits, small):
            denied |= hit.values
        else:
            named.append(hit)
    doubtful = [hit for hit in named if _is_in_doubt(hit, hits, small)]
    denied |= {value for hit in doubtful for value in hit.values}
    if named:
        reading = UNREADABLE if doubtful else read_choice(named, CAPACITIES)
        return Whereabouts(reading, frozenset(denied))
    if denied >= _NOWHERE or (had == {False} and "in_house" not in denied):
        return Whereabouts(understood("neither"), frozenset(denied))
    if had == {True} and "in_house" not in denied:
        return Whereabouts(understood("in_house"), frozenset(denied))
    return Whereabouts(denied=frozenset(denied))


def _of_our_own(hit: Hit, small: SmallWords) -> Hit:
    """Return "eigen consultants" as what they are: in house."""
    own = small.any("own", hit.start - 1, hit.start) and "outsourced" in hit.values
    return replace(hit, values=frozenset({"in_house"})) if own else hit


def _has_none(hit: Hit, hits: Sequence[Hit], small: SmallWords) -> bool:
    """Tell whether "we have" is followed by a "not" or "no" that works on nothing else."""
    if small.denied(hit, hits):
        return True
    inside = {at for other in hits for at in range(other.start, other.end)}
    for at in range(hit.end, hit.end + _REACH):
        if at in inside or small.any("signs", at, at + 1) or small.any("breaks", at, at + 1):
            return False
        if small.any("negations", at, at + 1) or small.any("nothings", at, at + 1):
            return True
    return False


def _is_denied(hit: Hit, hits: Sequence[Hit], small: SmallWords) -> bool:
    return small.denied(hit, hits) or _is_nothing(hit, hits, small)


def _is_nothing(hit: Hit, hits: Sequence[Hit], small: SmallWords) -> bool:
    """Tell whether it is said of nothing: "niks in huis", "on ne sous-traite rien"."""
    inside = {at for other in hits for at in range(other.start, other.end)}
    after = small.any("nothings", hit.end, hit.end + 1) and hit.end not in inside
    return after or "nothings" in _before(hit, inside, small)


def _is_in_doubt(hit: Hit, hits: Sequence[Hit], small: SmallWords) -> bool:
    """Tell whether a "not" far before a hit may work on it: "geen van die drie hebben we zelf"."""
    inside = {at for other in hits for at in range(other.start, other.end)}
    return "neither" not in hit.values and "negations" in _before(hit, inside, small)


def _before(hit: Hit, inside: set[int], small: SmallWords) -> set[str]:
    """Return which words that deny stand before a hit, in the same stretch of words."""
    found: set[str] = set()
    for at in range(hit.start - 1, -1, -1):
        if small.any("signs", at, at + 1) or small.any("breaks", at, at + 1):
            break
        found |= {
            name
            for name in ("negations", "nothings")
            if at not in inside and small.any(name, at, at + 1)
        }
    return found
