"""Texts as hurried visitors type them: what the encoder learns to read as if typed well.

Each kind of error is made with a chance of its own, from a seed: the same text and seed give the
same errors.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.encoder.spoken_spelling import as_spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

# Shares of the mistyped texts, made in this order: habits, shorthand, run together, slips.
IN_SMALL_LETTERS, SHOUTED, NO_ACCENTS, NO_END, NO_SIGNS = 0.5, 0.04, 0.35, 0.4, 0.25
NO_APOSTROPHES, BLANK_FOR_APOSTROPHE = 0.2, 0.1
SHORTHAND, EACH_SHORTHAND = 0.35, 0.6  # of the texts, and of the words with a short form in them
AS_SPOKEN = 0.5
RUN_TOGETHER = 0.12
NO_SLIP = 0.25
LETTERS_A_SLIP = 36  # one more slip for each so many letters, on average
MOST_SLIPS = 6
FIRST = 0.15  # chance that a word's first letter may be struck: people look where a word starts
LEFT_OUT, DOUBLED, SWAPPED, ONE_MORE, ANOTHER = range(5)  # kinds of slips
KINDS = (0.28, 0.16, 0.2, 0.1, 0.26)
# Beside each letter on the keyboards of Belgium (AZERTY) and of the Netherlands (QWERTY).
_ROWS = (("azertyuiop", "qsdfghjklm", "wxcvbn"), ("qwertyuiop", "asdfghjkl", "zxcvbnm"))
_SHORT = {
    "nl": {
        "alstublieft": "aub", "alsjeblieft": "ajb", "ik": "k", "het": "t", "een": "n", "je": "ge",
        "jij": "gij", "jouw": "uw", "u": "ge", "niet": "nie", "dat": "da", "wat": "wa", "met": "me",
        "bijvoorbeeld": "bv", "ongeveer": "ong", "misschien": "mss", "in verband met": "ivm",
        "eigenlijk": "eig", "informatie": "info", "maximaal": "max", "minimaal": "min",
        "natuurlijk": "tuurlk", "volgens mij": "vlgs mij", "in ieder geval": "iig", "groeten": "gr",
        "bedankt": "thx", "documenten": "docs", "onderneming": "bedrijf", "is er": "ister",
        "heb je": "hebde", "kan je": "kunde", "kun je": "kunde", "ben je": "zijde", "en": "&",
    },
    "fr": {
        "s'il vous plaît": "svp", "s'il te plaît": "stp", "c'est": "cest", "je suis": "jsuis",
        "je ne sais pas": "jsp", "est-ce que": "esk", "qu'est-ce que": "keske", "pourquoi": "pq",
        "parce que": "pcq", "beaucoup": "bcp", "toujours": "tjs", "pour": "pr", "vous": "vs",
        "nous": "ns", "quelque chose": "qqch", "quelqu'un": "qqn", "quand": "qd", "aussi": "ossi",
        "informations": "infos", "application": "appli", "ordinateur": "ordi", "maximum": "max",
        "rendez-vous": "rdv", "longtemps": "lgtps", "il y a": "ya", "ne pas": "pas", "merci": "mrc",
        "bonjour": "bjr", "aujourd'hui": "ajd", "documents": "docs", "problème": "pb", "et": "&",
        "que": "ke", "qui": "ki", "comment": "cmt", "dans": "ds", "avec": "avc", "sont": "st",
    },
}  # fmt: skip


def mistyped(text: str, language: str, chance: np.random.Generator) -> str:
    """The text with some typing errors, now and then with none; never empty."""
    for share, error in _HABITS:
        if chance.random() < share:
            text = error(text) or text
    if chance.random() < AS_SPOKEN:
        text = as_spoken(text, language, chance)
    if chance.random() < SHORTHAND:
        text = _shorthand(text, language, chance)
    if chance.random() < RUN_TOGETHER:
        text = _run_together(text, chance)
    if chance.random() >= NO_SLIP:
        slips = 1 + int(chance.poisson(len(text) / LETTERS_A_SLIP))
        for _ in range(min(slips, MOST_SLIPS)):
            text = slipped(text, chance)
    return text


def slipped(text: str, chance: np.random.Generator) -> str:
    """The text with one slip: a letter left out, doubled, swapped, one more or another beside it.

    Digits and signs stay; so does a text without letters.
    """
    places = [
        place
        for place, letter in enumerate(text)
        if letter.isalpha() and (text[place - 1 : place].isalpha() or chance.random() < FIRST)
    ]
    if not places:
        return text
    place = places[chance.integers(len(places))]
    before, letter, after = text[:place], text[place], text[place + 1 :]
    kind = chance.choice(len(KINDS), p=KINDS)
    if kind == LEFT_OUT and len(places) > 1:
        return before + after
    if kind == DOUBLED:
        return before + letter + letter + after
    if kind == SWAPPED and after[:1].isalpha():
        return before + after[0] + letter + after[1:]
    beside = _BESIDE.get(letter.lower(), letter)
    struck = beside[chance.integers(len(beside))]
    if kind == ONE_MORE:
        return before + letter + struck + after
    return before + (struck.upper() if letter.isupper() else struck) + after


def without_accents(text: str) -> str:
    """é as e, ç as c, œ as oe."""
    plain = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "Oe"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def without_punctuation(text: str) -> str:
    """Words alone: every sign is a blank, apostrophes and hyphens inside words stay."""
    return " ".join(re.sub(r"(?<!\w)['’-]|['’-](?!\w)|[^\w\s'’-]", " ", text).split())


def _without_apostrophes(text: str) -> str:
    return re.sub(r"['’]", "", text)


def _blank_for_apostrophe(text: str) -> str:
    return re.sub(r"['’-](?=\w)", " ", text)


def without_end(text: str) -> str:
    """Without the marks that end it."""
    return text.rstrip(" .?!")


def _shorthand(text: str, language: str, chance: np.random.Generator) -> str:
    for word, short in _SHORT.get(language, {}).items():
        if chance.random() < EACH_SHORTHAND:
            text = re.sub(rf"\b{re.escape(word)}\b", short, text, flags=re.IGNORECASE)
    return text


def _run_together(text: str, chance: np.random.Generator) -> str:
    blanks = [place for place, sign in enumerate(text) if sign == " "]
    if not blanks:
        return text
    place = blanks[chance.integers(len(blanks))]
    return text[:place] + text[place + 1 :]


def _neighbours() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for rows in _ROWS:
        for number, row in enumerate(rows):
            next_row = rows[number + 1] if number + 1 < len(rows) else ""
            for place, letter in enumerate(row):
                beside = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
                below = next_row[max(0, place - 1) : place + 1]
                found.setdefault(letter, set()).update(beside + below)
                for other in below:
                    found.setdefault(other, set()).add(letter)
    return {letter: "".join(sorted(near)) for letter, near in found.items()}


_BESIDE = _neighbours()
_HABITS: tuple[tuple[float, Callable[[str], str]], ...] = (
    (IN_SMALL_LETTERS, str.lower),
    (SHOUTED, str.upper),
    (NO_ACCENTS, without_accents),
    (NO_END, without_end),
    (NO_SIGNS, without_punctuation),
    (NO_APOSTROPHES, _without_apostrophes),
    (BLANK_FOR_APOSTROPHE, _blank_for_apostrophe),
)
