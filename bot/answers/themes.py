"""Reads which of the five themes is meant: by its number, its order or what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.answers.choices import SmallWords, read_choice, without_denied, without_wavering
from bot.answers.numbers import Number, find_numbers
from bot.answers.phrases import Hit
from bot.answers.reading import OUT_OF_RANGE, Reading, undecided, understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.lexicon import Lexicon

THEMES: Final = ("1", "2", "3", "4", "5")
_ONE_BEFORE: Final = frozenset({"avant", "voor"})
_BEFORE_NUMBERS: Final = frozenset({"le", "la", "de", "het", "numero", "nummer"})
_TWO: Final = 2
_LIST_GAP: Final = 5  # "1 t.e.m. 5" has four words between


def read_theme(words: Sequence[str], lexicon: Lexicon) -> Reading:
    """Read a theme as a number from 1 to 5."""
    small = SmallWords.find(words, lexicon.small_words)
    named = without_denied(lexicon.answers("themes").find(words), small)
    counted = [Hit(n.start, n.end, frozenset({f"{n.value:g}"})) for n in _numbers(words, lexicon)]
    ordered = _in_order(words, lexicon)
    if ordered:  # "the last but one of the five" counts, "of the five" names none
        counted = [hit for hit in counted if not small.any("of_words", hit.start - 2, hit.start)]
    named = [hit for hit in named if not any(one.start <= hit.start < one.end for one in ordered)]
    hits = without_wavering([*named, *without_denied(counted, small), *ordered], small)
    if any(value not in THEMES for hit in hits for value in hit.values):
        return OUT_OF_RANGE
    reading = read_choice(hits, THEMES)
    if reading.status == "understood":
        return understood(int(str(reading.value)))
    return undecided(tuple(int(str(value)) for value in reading.alternatives))


def _in_order(words: Sequence[str], lexicon: Lexicon) -> list[Hit]:
    """Return the themes named by their order; "avant-dernier" is one before the last."""
    found = []
    for at, word in enumerate(words):
        if word in lexicon.themes.ordinals:
            one_before = at > 0 and words[at - 1] in _ONE_BEFORE
            number = lexicon.themes.ordinals[word] - one_before
            found.append(Hit(at - one_before, at + 1, frozenset({str(number)})))
    return found


def _numbers(words: Sequence[str], lexicon: Lexicon) -> list[Number]:
    """Return the numbers that can be a theme's: those announced as such, if there are any."""
    numbers = find_numbers(words, lexicon.numbers)
    announced = [
        number
        for number in numbers
        if number.start and words[number.start - 1] in lexicon.themes.announced_by
    ]
    if announced:
        return _with_the_rest_of_a_list(announced, numbers)
    plain = [number for number in numbers if not number.part]
    # "een" and "un" are mostly no more than "a".
    alone = len(words) == 1 or (len(words) == _TWO and words[0] in _BEFORE_NUMBERS)
    return [number for number in plain if not number.article or alone]


def _with_the_rest_of_a_list(announced: list[Number], numbers: list[Number]) -> list[Number]:
    """Add what follows closely: the 3 of "thema 2 of 3"."""
    kept = list(announced)
    for number in numbers:
        if number not in kept and any(0 <= number.start - one.end <= 1 for one in kept):
            kept.append(number)
    return kept


def find_theme_mentions(words: Sequence[str], lexicon: Lexicon) -> list[Hit]:
    """Return single themes named in any message: "thema 3", "het derde thema", a full name.

    Lists and ranges of themes ("thema 1 t.e.m. 5") name none.
    """
    small = SmallWords.find(words, lexicon.small_words)
    if "plural_themes" in small.places:
        return []
    announces = lexicon.themes.announces_theme
    found = list(lexicon.mentions("themes").find(words))
    for number in find_numbers(words, lexicon.numbers):
        before = words[number.start - 1] if number.start else ""
        if before in announces and f"{number.value:g}" in THEMES:
            hit = Hit(number.start - 1, number.end, frozenset({f"{number.value:g}"}))
            if _is_listed(number, words, lexicon):
                return []
            found.append(hit)
    for at, word in enumerate(words[:-1]):
        if word in lexicon.themes.ordinals and words[at + 1] in announces:
            found.append(Hit(at, at + 2, frozenset({str(lexicon.themes.ordinals[word])})))
    named = {value for hit in found for value in hit.values}
    return found if len(named) == 1 else []


def _is_listed(number: Number, words: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether another number follows at once: "thema 2 of 3", "thème 1 à 4"."""
    percent = {hit.start for hit in lexicon.quantities.find(words) if "percent" in hit.values}
    others = [one for one in find_numbers(words, lexicon.numbers) if one.end not in percent]
    return any(0 < other.start - number.end <= _LIST_GAP for other in others)
