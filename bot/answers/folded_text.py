"""A message in its plainest form: lower-case words without accents, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Characters that Unicode does not take apart, or that people type for another one.
_REPLACED: Final = {
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "’": "'", "‘": "'", "`": "'", "´": "'",
    "–": "-", "—": "-", "−": "-", "\N{FRACTION SLASH}": "/", "“": '"', "”": '"', "«": '"', "»": '"',
}  # fmt: skip

_AT_HAND: Final = 32  # messages: every word list asks for the same one

NEGATIVE: Final = "neg"  # stands before a number that was typed with a minus sign

_WORD: Final = re.compile(
    r"""
    (?P<grouped>(?<![\d.,])\d{1,3}(?:[ ]\d{3})+(?![\d]))   # 20 000
    | (?P<number>\d+(?:[.,]\d+)*(?:/\d+)?)                 # 7,5  1.250  1/3
    | (?P<acronym>(?<![^\W\d_])(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W\d_]))   # v.z.w.
    | (?P<word>[^\W\d_]+)
    | (?P<dash>-)
    | (?P<sign>[%€+<>~?!,;:.&=/()\n])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class FoldedText:
    """The words of a message and, for each, where it stands in what was typed."""

    original: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def typed(self, start: int, end: int) -> tuple[int, int, str]:
        """Return where the words from start up to end stand in the message, and their text."""
        first, last = self.spans[start][0], self.spans[end - 1][1]
        return first, last, self.original[first:last]

    def with_words(self, words: tuple[str, ...]) -> FoldedText:
        """Return the same message with other words in the same places."""
        return FoldedText(self.original, words, self.spans)


@lru_cache(maxsize=_AT_HAND)
def fold(text: str) -> FoldedText:
    """Fold a message; signs that may matter ("%", "?", a minus sign) are words of their own."""
    plain, places = _plain(text)
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(plain):
        word = _word(match, plain)
        if word:
            words.append(word)
            spans.append((places[match.start()], places[match.end() - 1] + 1))
    return FoldedText(text, tuple(words), tuple(spans))


def _plain(text: str) -> tuple[str, list[int]]:
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        lower = _REPLACED.get(character, character.lower())
        for part in unicodedata.normalize("NFKD", _REPLACED.get(lower, lower)):
            if not unicodedata.combining(part):
                characters.append(_REPLACED.get(part, part))
                places.append(place)
    return "".join(characters), places


def _word(match: re.Match[str], plain: str) -> str:
    if match["grouped"]:
        return match["grouped"].replace(" ", "")
    if match["acronym"]:
        return match["acronym"].replace(".", "")
    if match["dash"]:
        return _dash(match.start(), plain)
    return match[0]


def _dash(at: int, plain: str) -> str:
    """Tell a minus sign from a range, a dash between words, and a hyphen (which is no word)."""
    before, after = plain[:at], plain[at + 1 :]
    counts_before = re.search(r"[\d%]\s*$", before)
    if counts_before and re.match(r"\s*\d", after):
        return "-"
    opens = not before.strip()  # "- 5" alone is more likely a minus sign than a list
    if re.match(r"\s*\d" if opens else r"\d", after) and not re.search(r"\w$", before):
        return NEGATIVE
    return "" if re.search(r"\S$", before) and re.match(r"\S", after) else ","
