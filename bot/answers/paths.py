"""Tells which of the two paths is meant: submit a project for others, or look for help oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers.choices import read_choice
from bot.answers.phrases import Hit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.choices import SmallWords
    from bot.answers.lexicon import Lexicon
    from bot.answers.reading import Reading

PATHS: Final = ("applicant", "target_sme")
PROJECT: Final = "project"  # "with a project": only points to a path
APPLYING: Final = "applying"  # "to apply": for a project, or for a subsidy
_SUPPORT: Final = frozenset({"support"})
_HINTS: Final = _SUPPORT | {PROJECT}
_POINTS: Final = {PROJECT: "applicant", APPLYING: "applicant", "support": "target_sme"}
MINE: Final = frozenset({"mijn", "mn", "mon", "ma"})
_APPLICANT: Final = frozenset({"applicant"})
_CLOSE: Final = 5  # words between "to train" and whom
# Before those who are helped: "mijn bedrijf", "ma PME" is oneself.
_FOR: Final = frozenset({"voor", "aan", "pour", "aux", "des"})
_PLURAL: Final = ("s", "en", "x")
_LONG: Final = 5  # letters of a word that can be a group of people
_NEAR: Final = 3  # words between what is offered and "for"
_ONE: Final = frozenset({"mijn", "mij", "m", "mon", "ma", "notre", "een", "une"})


def read_path(hits: Sequence[Hit]) -> Reading:
    """Read a path; what is clear outweighs what only points to one.

    Applying for help is neither: whoever means a subsidy applies too.
    """
    clear = [hit for hit in hits if not hit.values & _POINTS.keys()]
    applying = [_path_of(hit) for hit in hits if APPLYING in hit.values]
    hints = [_path_of(hit) for hit in hits if hit.values & _HINTS]
    return read_choice([*applying, *(clear or hints)], PATHS)


def _path_of(hit: Hit) -> Hit:
    return Hit(hit.start, hit.end, frozenset(_POINTS[one] for one in hit.values & _POINTS.keys()))


def own_trade(hit: Hit) -> Hit:
    """Return what a trade of one's own points to: "voor mijn bakkerij"."""
    return Hit(hit.start, hit.end, _SUPPORT)


def helps_others(words: Sequence[str], lexicon: Lexicon, small: SmallWords) -> list[Hit]:
    """Find where somebody helps others: "opleidingen geven aan winkeliers", "former des PME"."""
    found = lexicon.helpers.every(words)
    seeks = min((hit.start for hit in found if "seeking" in hit.values), default=len(words))
    pairs = _for_whom(words, found, small, seeks)
    for helped in (hit for hit in found if "helped" in hit.values):
        if helped.start and words[helped.start - 1] in _ONE:
            continue
        for help_ in (hit for hit in found if hit.values & {"helping", "offering"}):
            first, last = sorted((helped, help_), key=lambda hit: hit.start)
            offered_first = first is help_ or "helping" in help_.values
            apart = range(first.end, last.start)
            signs = any(small.any("signs", at, at + 1) for at in apart)
            near = first.end <= last.start and len(apart) <= _CLOSE and not signs
            if near and offered_first and seeks > first.start:
                pairs.append(Hit(first.start, last.end, _APPLICANT))
    # "Mijn zus heeft een vzw die kmo's helpt" is hers.
    ours = [pair for pair in pairs if not small.any("others", 0, pair.start)]
    return [pair for pair in ours if not small.denied(pair, ours)]


def _for_whom(
    words: Sequence[str], found: Sequence[Hit], small: SmallWords, seeks: int
) -> list[Hit]:
    """Find what is offered to a group of whatever kind: "infosessies voor middenstanders"."""
    own_people = {hit.start for hit in found if "own_people" in hit.values}
    pairs = []
    for offer in (hit for hit in found if "offering" in hit.values and hit.start < seeks):
        for at in range(offer.end, min(offer.end + _NEAR, len(words) - 1)):
            if small.any("signs", at, at + 1):
                break
            group = words[at + 1]
            others = at + 1 not in own_people
            if words[at] in _FOR and others and len(group) >= _LONG and group.endswith(_PLURAL):
                pairs.append(Hit(offer.start, at + 2, _APPLICANT))
    return pairs
