"""What visitors type, made safe to store and show: bounded, visible and in one normal form.

Ordinary Dutch and French come through unchanged. What is taken away cannot be seen (control,
zero-width and direction characters) or is there to look like something else (styled letters,
Cyrillic or Greek letters inside Latin words, towers of accents).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.channels.lookalikes import LATIN_TWINS

MAXIMUM_CHARACTERS: Final = 1000

# More than this many accents on one letter is decoration that overflows the page.
_MARKS_PER_LETTER: Final = 3
_EMPTY_LINES: Final = 1

# Letters and symbols that print nothing at all: Hangul fillers, Khmer vowels, the empty Braille
# pattern, the grapheme joiner and the selectors of Mongolian shapes.
_BLANK: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
)
# They hold together emoji and shape Arabic, Persian and Indian letters; nowhere else.
_JOINERS: Final = frozenset("\u200c\u200d")
_VARIATION_SELECTORS: Final = frozenset(chr(code) for code in range(0xFE00, 0xFE10))
# Letters set in another style: 𝐛𝐨𝐥𝐝, ｗｉｄｅ, ⓒⓘⓡⓒⓛⓔⓓ.
_STYLES: Final = ("<font>", "<wide>", "<narrow>", "<circle>")

# Nearly all that is typed: nothing of it needs cleaning but the spaces around it.
_CLEAN: Final = re.compile("[ -~À-ÖØ-öø-ÿ€‘’“”…–]*")
_LINE_ENDS: Final = re.compile("\r\n|[\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_MANY_LINE_ENDS: Final = re.compile(rf"(?:[ ]*\n){{{_EMPTY_LINES + 2},}}")
_SPACES_AT_LINE_END: Final = re.compile(r" +(?=\n)")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f][^\W\d_]*)*")


class TextRefusedError(ValueError):
    """A text that cannot be taken; `code` names the error of the conversation API."""

    def __init__(self, code: str, cause: str) -> None:
        self.code = code
        super().__init__(cause)


def clean_text(text: str) -> str:
    """Return the text in normal form C, with nothing invisible and one kind of space and line end.

    Cleaning what is clean changes nothing.

    Raises:
        TextRefusedError: `too_long` above 1,000 characters, `malformed` when nothing can be seen.
    """
    _check_length(text)
    cleaned = text.strip(" ") if _CLEAN.fullmatch(text) else _cleaned(text)
    if not any(_is_visible(character) for character in cleaned):
        raise TextRefusedError("malformed", "the text is empty, or nothing of it can be seen")
    _check_length(cleaned)
    return cleaned


def _cleaned(text: str) -> str:
    cleaned = unicodedata.normalize("NFC", _without_invisible(_in_plain_style(text)))
    cleaned = _WORD.sub(_in_one_script, cleaned)
    cleaned = _without_towers(_without_loose_joiners(cleaned))
    cleaned = _MANY_LINE_ENDS.sub("\n" * (_EMPTY_LINES + 1), cleaned)
    return unicodedata.normalize("NFC", _SPACES_AT_LINE_END.sub("", cleaned)).strip()


def _is_visible(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LNPS" or category == "Cn"


def _check_length(text: str) -> None:
    if len(text) > MAXIMUM_CHARACTERS:
        cause = f"the text has {len(text)} characters, at most {MAXIMUM_CHARACTERS} are taken"
        raise TextRefusedError("too_long", cause)


def _in_plain_style(text: str) -> str:
    return "".join(
        unicodedata.normalize("NFKC", character)
        if unicodedata.decomposition(character).startswith(_STYLES)
        else character
        for character in _LINE_ENDS.sub("\n", text)
    )


def _without_invisible(text: str) -> str:
    kept: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if character == "\n" or character in _JOINERS:
            kept.append(character)
        elif category in ("Zs", "Cc"):
            kept.append(" ")
        elif category not in ("Cf", "Cs", "Co", "Zl", "Zp") and not _is_nothing(character):
            kept.append(character)
    return "".join(kept)


def _is_nothing(character: str) -> bool:
    # Unassigned characters stay, for emoji are newer than our tables; noncharacters are none.
    code = ord(character)
    return character in _BLANK or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE  # noqa: PLR2004


def _in_one_script(match: re.Match[str]) -> str:
    word = match.group()
    if word.isascii() or not any(_is_latin(letter) for letter in word):
        return word
    return word.translate(LATIN_TWINS)


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")


def _without_loose_joiners(text: str) -> str:
    kept: list[str] = []
    for place, character in enumerate(text):
        if character not in _JOINERS or (kept and _is_joined(kept[-1], text[place + 1 :][:1])):
            kept.append(character)
    return "".join(kept)


def _is_joined(before: str, after: str) -> bool:
    return _takes_joiner(before) and bool(after) and _takes_joiner(after)


def _takes_joiner(character: str) -> bool:
    if character in _VARIATION_SELECTORS:
        return True
    category = unicodedata.category(character)
    if category[0] == "L":
        return not _is_latin(character)
    return category in ("So", "Sk", "Mn", "Mc", "Cn")


def _without_towers(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        is_mark = unicodedata.category(character) in ("Mn", "Me")
        marks = marks + 1 if is_mark else 0
        if marks <= _MARKS_PER_LETTER:
            kept.append(character)
    return "".join(kept)
