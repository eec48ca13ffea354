"""Finds shares and head counts, and tells whether they are the visitor's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers.shares import LIMITS
from bot.answers.sightings import Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answers.amounts import Amounts
    from bot.answers.claims import Claims
    from bot.answers.numbers import Number
    from bot.answers.phrases import Hit

_RANGE_GAP: Final = 3  # words between the ends of a range: "van 10 mensen tot 15"
_LED_BY: Final = ("states", "our_firm")


def amount_sightings(
    amounts: Amounts, units: Sequence[Hit], outsourced: Sequence[Hit], claims: Claims
) -> Iterator[Sighting]:
    """Find percentages and numbers of people; ranges and rough bounds are left out."""
    if amounts.joined and _is_range(amounts):
        return
    for number in amounts.numbers:
        if amounts.before(number, "more_than", "less_than", "at_least", "vague"):
            continue
        percent = amounts.after(number, "percent")
        if percent and LIMITS.lowest <= number.value <= LIMITS.highest:
            clause = range(*claims.clause(number.start))
            # "We besteden 30 % uit": the number stands inside the verb.
            parted = claims.has("parted_verbs", number.start) and claims.has("parted", number.start)
            ours = parted or any(hit.start in clause for hit in outsourced)
            asserted = ours and claims.has("we", number.start) and claims.is_serious(number.start)
            end = number.end + percent
            yield Sighting("percentage", number.value, number.start, end, asserted)
        elif number.value >= 0 and not number.part and not percent:
            yield from _headcount(number, units, claims)


def counted_places(amounts: Amounts, units: Sequence[Hit]) -> set[int]:
    """Return the places of percentages and numbers of people, with their units."""
    found: set[int] = set()
    for number in amounts.numbers:
        ends = [hit.end for hit in units if _counts_people(hit, number)]
        percent = amounts.after(number, "percent")
        if ends or percent:
            found.update(range(number.start, max([*ends, number.end + percent])))
    return found


def _headcount(number: Number, units: Sequence[Hit], claims: Claims) -> Iterator[Sighting]:
    at = number.start
    counted = [hit for hit in units if _counts_people(hit, number)]
    ours = claims.is_serious(at) and not claims.is_of_others(at)
    if counted:
        asserted = ours and not number.article and claims.is_led_by(_LED_BY, at, spare=0)
        yield Sighting("headcount", number.value, at, counted[0].end, asserted)
    elif _says_how_many_we_are(number, claims):
        yield Sighting("headcount", number.value, at, number.end, ours)


def _says_how_many_we_are(number: Number, claims: Claims) -> bool:
    if number.article or not claims.small.any("staff_states", number.start - 1, number.start):
        return False
    _, end = claims.clause(number.start)
    return number.end == end or claims.small.any("conjunctions", number.end, number.end + 1)


def _counts_people(hit: Hit, number: Number) -> bool:
    return "people" in hit.values and 0 <= hit.start - number.end <= 1


def _is_range(amounts: Amounts) -> bool:
    pairs = zip(amounts.numbers, amounts.numbers[1:], strict=False)
    return any(second.start - first.end <= _RANGE_GAP for first, second in pairs)
