"""Reads what a message about anything names. Precision comes first: in doubt, nothing is read.

Entities and their values:

- email: the address in lower case
- organisation_kind, path, sector, maturity: the values of the question of that name
- self_employed: True
- establishment: belgium, eu, outside_eu; with it region (flanders, brussels, wallonia) or country
  (its code, such as "FR") where the place leaves no doubt
- theme: 1 to 5
- percentage: a number of percent, and headcount: a number of people or full-time equivalents
- expertise, needs, experience: in_house, outsourced
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers.amount_entities import amount_sightings, counted_places
from bot.answers.amounts import Amounts
from bot.answers.choices import SmallWords, that_count
from bot.answers.claims import Claims
from bot.answers.contacts import find_emails, hide
from bot.answers.folded_text import fold
from bot.answers.paths import PROJECT, helps_others, read_path
from bot.answers.phrases import Hit, longest
from bot.answers.place_entities import find_places, place_sightings
from bot.answers.sightings import Sighting
from bot.answers.themes import find_theme_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.answers.folded_text import FoldedText
    from bot.answers.lexicon import Lexicon
    from bot.answers.reading import Entity

# The lists of words that say what somebody is or wants, by the question they answer.
_LISTS: Final[Mapping[str, str]] = {
    "organisation_kind": "organisation_kinds",
    "sector": "sectors",
    "maturity": "maturity",
    "capacity": "capacities",
}
_SPARE: Final = 1  # "wij zijn een bruisende vzw"


class EntityReader:
    """Reads entities in one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the word lists of the language."""
        self._lexicon = lexicon

    def familiarity(self, text: str) -> int:
        """Count the words by which the language can be told."""
        return sum(word in self._lexicon.own_words for word in fold(hide(text)).words)

    def read(self, text: str) -> list[Entity]:
        """Return what the message names, in order."""
        folded = fold(hide(text))
        words, lexicon = folded.words, self._lexicon
        small = SmallWords.find(words, lexicon.small_words)
        named = {entity: self._mentions(name, words, small) for entity, name in _LISTS.items()}
        places = find_places(folded, small, lexicon.places)
        themes = find_theme_mentions(words, lexicon)
        units = lexicon.amounts.find(words)
        amounts = Amounts.find(words, lexicon, units)
        of_themes = {at for hit in themes for at in range(hit.start, hit.end)}
        amounts = amounts.only(one for one in amounts.numbers if one.start not in of_themes)
        paths = self._paths(folded, small)
        hits = [*places, *themes, *paths, *(hit for name in named for hit in named[name])]
        covered = {at for hit in hits for at in range(hit.start, hit.end)}
        subjects = lexicon.capacity_subjects.find(words)
        covered |= {at for hit in subjects for at in range(hit.start, hit.end)}
        claims = Claims(words, small, frozenset(covered | counted_places(amounts, units)))
        outsourced = [hit for hit in named["capacity"] if "outsourced" in hit.values]
        sightings = [
            *_what_we_are(named, claims),
            *_what_we_want(paths, claims),
            *_what_we_chose(themes, claims),
            *_capacities(named["capacity"], subjects, claims),
            *place_sightings(places, claims, lexicon.places),
            *amount_sightings(amounts, units, outsourced, claims),
        ]
        bare = claims.is_bare_list()
        found = {sighting.as_entity(folded, bare=bare) for sighting in sightings}
        return [*found, *find_emails(text)]

    def _paths(self, folded: FoldedText, small: SmallWords) -> list[Hit]:
        """Return what tells a path beyond doubt, whatever else the message says."""
        words = folded.words
        asked = [*helps_others(words, self._lexicon, small), *self._answers(words, small)]
        reading = read_path(asked)
        if reading.status != "understood":
            return []
        trades = self._mentions("sectors", words, small)
        named = [*helps_others(words, self._lexicon, small), *self._mentions("paths", words, small)]
        # A baker's project may be his own website.
        told = [hit for hit in named if PROJECT not in hit.values or not trades]
        value = frozenset({str(reading.value)})
        return longest([Hit(hit.start, hit.end, value) for hit in told])

    def _answers(self, words: Sequence[str], small: SmallWords) -> list[Hit]:
        hits = that_count(self._lexicon.answers("paths").find(words), words, small)
        return [hit for hit in hits if not small.denied(hit, hits)]

    def _mentions(self, name: str, words: Sequence[str], small: SmallWords) -> list[Hit]:
        """Return the hits of a list with one clear meaning that are not denied."""
        hits = that_count(self._lexicon.mentions(name).find(words), words, small)
        return [hit for hit in hits if len(hit.values) == 1 and not small.denied(hit, hits)]


def _capacities(hits: Sequence[Hit], subjects: Sequence[Hit], claims: Claims) -> Iterator[Sighting]:
    """Find which of expertise, needs and experience is said to be where, in one clause."""
    for hit in hits:
        clause = claims.clause(hit.start)
        named = [subject for subject in subjects if claims.clause(subject.start) == clause]
        if len(named) == 1 and len(named[0].values) == 1:
            led = claims.is_led_by(("states", "we"), hit.start, _SPARE)
            asserted = led and claims.is_serious(hit.start)
            yield Sighting(_only(named[0]), _only(hit), hit.start, hit.end, asserted)


def _what_we_are(named: Mapping[str, Sequence[Hit]], claims: Claims) -> Iterator[Sighting]:
    for entity in ("organisation_kind", "sector", "maturity"):
        for hit in named[entity]:
            asserted = _is_what_we_are(entity, hit, claims)
            describes = claims.small.any("of_words", hit.start - 2, hit.start)
            vague = claims.small.any("firms", hit.start, hit.start + 1)
            yield Sighting(entity, _only(hit), hit.start, hit.end, asserted, describes or vague)
            if "self_employed" in hit.values:
                yield Sighting("self_employed", True, hit.start, hit.end, asserted, describes)


def _is_what_we_are(entity: str, hit: Hit, claims: Claims) -> bool:
    at, small = hit.start, claims.small
    if small.any("ours", at - 1, at):
        # "Onze vzw helpt ..." is theirs; "een lid van onze vzw", "onze drukker" need not be.
        opens = claims.clause(at)[0] == at - 1 and not claims.imagines(at)
        return opens and entity == "organisation_kind" and not small.any("firms", at, at + 1)
    if not claims.is_serious(at) or claims.is_of_others(at) or small.any("mine", at - 1, at):
        return False
    if claims.is_apposition(at) or claims.is_role(at):
        return True
    if not claims.is_led_by(("states",), at, _SPARE):
        return False
    since = max(place for place in small.places["states"] if place < at) + 1
    return not any(small.any(name, since, at) for name in ("conjunctions", "prepositions"))


def _what_we_want(paths: Sequence[Hit], claims: Claims) -> Iterator[Sighting]:
    """Find the path; a question about ourselves tells it as well: "mochten wij indienen?"."""
    for hit in paths:
        ours = claims.has("we", hit.start) and not claims.small.any(
            "others", claims.clause(hit.start)[0], hit.start
        )
        yield Sighting("path", _only(hit), hit.start, hit.end, ours)


def _what_we_chose(themes: Sequence[Hit], claims: Claims) -> Iterator[Sighting]:
    for hit in themes:
        planned = claims.has("plans", hit.start) and claims.has("we", hit.start)
        asserted = planned and claims.is_serious(hit.start)
        yield Sighting("theme", int(_only(hit)), hit.start, hit.end, asserted)


def _only(hit: Hit) -> str:
    (value,) = hit.values
    return value
