"""Finds where a visitor says that his organisation is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers.places import HOME, REGIONS
from bot.answers.sightings import Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answers.choices import SmallWords
    from bot.answers.claims import Claims
    from bot.answers.folded_text import FoldedText
    from bot.answers.phrases import Hit
    from bot.answers.places import Places

_LED_BY: Final = ("states", "our_firm")
_SPARE: Final = 3  # "une petite entreprise de chauffage et sanitaire à Fleurus"


def find_places(folded: FoldedText, small: SmallWords, places: Places) -> list[Hit]:
    """Find places named with a capital letter, or after a word such as "in"."""
    hits = places.mentions.find(folded.words)
    return [
        hit
        for hit in hits
        if not small.denied(hit, hits) and _is_a_place(hit, folded, small, places)
    ]


def place_sightings(hits: list[Hit], claims: Claims, places: Places) -> Iterator[Sighting]:
    """Say of each place whether it is Belgium, the EU or beyond, and which region or country."""
    for hit in hits:
        found = {places.establishment(value) for value in hit.values}
        if len(found) > 1:
            continue
        asserted = _is_ours(hit.start, claims)
        yield Sighting("establishment", found.pop(), hit.start, hit.end, asserted)
        if len(hit.values) > 1:
            continue
        (value,) = hit.values
        if value in REGIONS:
            yield Sighting("region", value, hit.start, hit.end, asserted)
        elif value != HOME:
            yield Sighting("country", value, hit.start, hit.end, asserted)


def _is_a_place(hit: Hit, folded: FoldedText, small: SmallWords, places: Places) -> bool:
    name = " ".join(folded.words[hit.start : hit.end])
    capital = folded.typed(hit.start, hit.end)[2][:1].isupper()
    whole = hit.length == len(folded.words)
    announced = whole or small.any("place_words", hit.start - 1, hit.start)
    if name in places.everyday:
        return capital and announced
    return announced or (capital and hit.start > 0)


def _is_ours(at: int, claims: Claims) -> bool:
    announced = claims.small.any("place_words", at - 1, at)
    said = claims.is_serious(at) and not claims.is_of_others(at)
    return announced and said and claims.is_led_by(_LED_BY, at, _SPARE)
