"""Finds e-mail addresses, and hides what is full of digits but counts nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bot.answers.reading import Entity

_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}")
_LINK: Final = re.compile(
    r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:be|eu|com|org|net|brussels|fr|nl)\b",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")
_AT_HAND: Final = 64  # texts: a turn looks at the same words from several sides
_MONTHS: Final = (
    "jan", "feb", "maa", "mrt", "mar", "apr", "avr", "mei", "mai", "jun", "juin", "jul", "juil",
    "aug", "aou", "aoû", "sep", "okt", "oct", "nov", "dec", "déc", "fév", "fev",
)  # fmt: skip
_NO_COUNT: Final = re.compile(
    rf"""
    \b[A-Z]{{2}}\d{{2}}(?:[ ]?\d{{4}}){{2,7}}(?:[ ]?\d{{1,4}})?\b  # account numbers
    | \b(?:BE[ ]?)?[01]\d{{3}}[ .]\d{{3}}[ .]\d{{3}}\b           # company numbers
    | (?<![\w,.])(?:\+|00)?\d{{1,4}}(?:[ ./-]?\(0\))?          # telephone numbers
        (?:[ ./]\d{{2,3}}){{2,5}}\b(?![ ]?%)
    | \b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b                 # dates in figures
    | \b\d{{1,2}}(?:er|ste|de)?[ ](?:{"|".join(_MONTHS)})[a-zéû]*\.?(?:[ ]\d{{2,4}})?\b  # in words
    | \b\d{{1,2}}[ ]?[:uh][ ]?\d{{2}}\b                         # hours
    | \b(?:19|20)\d{{2}}\b(?![ ]?%)                             # years
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find_emails(text: str) -> list[Entity]:
    """Return the e-mail addresses in a message."""
    if "@" not in text:
        return []
    return [
        Entity("email", match[0].lower(), *match.span(), match[0])
        for match in _EMAIL.finditer(text)
    ]


def hide_addresses(text: str) -> str:
    """Blank out e-mail addresses and links; all else keeps its place."""
    if "@" in text:
        text = _blank(_EMAIL, text)
    return _blank(_LINK, text) if "." in text or "://" in text else text


@lru_cache(maxsize=_AT_HAND)
def hide(text: str) -> str:
    """Blank out addresses, telephone numbers, dates and the like; all else keeps its place."""
    shown = hide_addresses(text)
    return _blank(_NO_COUNT, shown) if _DIGIT.search(shown) else shown


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)
