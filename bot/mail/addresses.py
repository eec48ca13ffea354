"""Reads the e-mail address in what a visitor typed, and offers a slip of the fingers corrected."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from bot.mail.handoff import clean_text
from bot.mail.providers import ENDING_SLIPS, PROVIDERS, REAL_DOMAINS, SLIPS

if TYPE_CHECKING:
    from collections.abc import Collection

WhySuggested = Literal["provider", "spoken", "typing", "accents", "punctuation"]
WhyRefused = Literal["no_address", "no_at", "no_ending", "several", "invalid", "own_mailbox"]

_TEXT_LIMIT: Final = 1_000
# The length from which a provider's name is told from another name at so many wrong letters.
_ONE_LETTER_FROM: Final = 5
_TWO_LETTERS_FROM: Final = 7

_CANDIDATE: Final = re.compile(
    r"[^\s<>()\[\]{},;:\"|\\/«»“”]{1,100}@[^\s<>()\[\]{},;:\"|\\/@«»“”]{1,255}"
)
_AT_THE_ENDS: Final = ".!?'\u2018\u2019\u2026*_-"
_ENDINGS: Final = "be|com|net|org|eu|nl|fr|de|lu|info|brussels|vlaanderen"
_REPAIRS: Final = (
    (re.compile(r"\s{0,3}@[\s@]{0,5}"), "@"),  # jan @ bakkerij.be, jan@@bakkerij.be
    (re.compile(r"\.{1,5}@\.{0,5}|@\.{1,5}"), "@"),  # jan.@bakkerij.be
    (re.compile(r"\.{2,5}"), "."),  # jan@bakkerij..be
    # jan@bakkerij,be and jan@bakkerij. be
    (re.compile(rf"(?<=[\w-])\s?[.,;]\s?(?=(?:{_ENDINGS})(?!\w))", re.IGNORECASE), "."),
)

# What people say for the signs of an address: in brackets, or as words of their own.
_SAID: Final = r"\s{{0,3}}[\[({{]\s?(?:{0})\s?[\])}}]\s{{0,3}}|\s+(?:{0})\s+"
_SIGNS: Final = {
    sign: re.compile(_SAID.format(said), re.IGNORECASE)
    for sign, said in {
        # First, since a "tiret bas" is no "tiret".
        "_": "underscore|laag streepje|liggend streepje|tiret bas",
        "-": "streepje|koppelteken|tiret|trait d.union",
        ".": "punt|dot|point",
    }.items()
}
_JOIN: Final = "|".join([r"\.", *(pattern.pattern for pattern in _SIGNS.values())])
_AT: Final = (
    r"\s{0,3}[\[({]\s?(?:at|@)\s?[\])}]\s{0,3}"
    r"|\s+(?:at|apenstaart(?:je)?|apestaart(?:je)?|arr?obase?)\s+|\s{0,3}@\s{0,3}"
)
_WORD: Final = r"[\w+'-]{1,64}"
_SPOKEN: Final = re.compile(
    rf"(?<![\w+'-])({_WORD}(?:(?:{_JOIN}){_WORD}){{0,4}})(?:{_AT})"
    rf"({_WORD}(?:(?:{_JOIN}){_WORD}){{1,5}})(?!\w)",
    re.IGNORECASE,
)
_WITHOUT_AT: Final = re.compile(rf"[\w-]\.(?:{_ENDINGS})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Accepted:
    """An address that can be answered to."""

    address: str


@dataclass(frozen=True)
class Suggested:
    """What was probably meant: to be asked; ``given`` is usable too if the visitor insists."""

    address: str
    why: WhySuggested
    given: str | None = None


@dataclass(frozen=True)
class Refused:
    """No address that can be answered to, and why."""

    why: WhyRefused


Reading = Accepted | Suggested | Refused


def check_address(text: str, own: Collection[str] = ()) -> Reading:
    """Find the one address in a text, alone or in a sentence; asks no server whether it exists.

    ``own`` are addresses that nobody can be answered at: the mailbox itself.
    """
    cleaned = clean_text(unicodedata.normalize("NFKC", text[:_TEXT_LIMIT])).replace("\u3002", ".")
    reading = _read(cleaned)
    found = reading.address if isinstance(reading, (Accepted, Suggested)) else ""
    if found.casefold() in {address.casefold() for address in own}:
        return Refused("own_mailbox")
    return reading


def _read(text: str) -> Reading:
    literal = _judge_all(_candidates(text))
    if isinstance(literal, Suggested) or literal == Refused("several"):
        return literal
    if isinstance(literal, Accepted):
        # A comma at the very end is a slip; after it, the sentence simply goes on.
        return Suggested(literal.address, "punctuation") if text[-1] in ",;:" else literal
    repaired = text
    for pattern, replacement in _REPAIRS:
        repaired = pattern.sub(replacement, repaired)
    attempts: tuple[tuple[list[str], WhySuggested], ...] = (
        (_candidates(repaired), "typing"),
        (_spoken(text), "spoken"),
    )
    for candidates, why in attempts:
        meant = _judge_all(candidates)
        if not isinstance(meant, Refused):
            return Suggested(meant.address, why)
    if literal == Refused("no_address") and _WITHOUT_AT.search(text):
        return Refused("no_at")
    return literal


def _candidates(text: str) -> list[str]:
    return [found.strip(_AT_THE_ENDS) for found in _CANDIDATE.findall(text)]


def _spoken(text: str) -> list[str]:
    return [
        f"{_with_signs(local)}@{_with_signs(domain)}" for local, domain in _SPOKEN.findall(text)
    ]


def _with_signs(words: str) -> str:
    for sign, pattern in _SIGNS.items():
        words = pattern.sub(sign, words)
    return words


def _judge_all(candidates: list[str]) -> Reading:
    readings = list(dict.fromkeys(_judge(candidate) for candidate in candidates))
    usable = [reading for reading in readings if not isinstance(reading, Refused)]
    if len(usable) > 1:
        return Refused("several")
    return (usable or readings or [Refused("no_address")])[0]


def _judge(candidate: str) -> Reading:
    local, _, domain = candidate.rpartition("@")
    name, _, ending = domain.lower().rpartition(".")
    if ending in ENDING_SLIPS:
        right = _judge(f"{local}@{name}.{ENDING_SLIPS[ending]}")
        return right if isinstance(right, Refused) else Suggested(right.address, "typing")
    meant = _provider(domain.lower())
    plain = _without_accents(f"{local}@{meant or domain}")
    checked = _checked(plain)
    if checked is None:
        return Refused("invalid" if "." in domain else "no_ending")
    usable = _checked(candidate)
    given = usable.ascii_email if usable else None
    if meant:
        return Suggested(checked.normalized, "provider", given)
    if plain != unicodedata.normalize("NFC", candidate):
        return Suggested(checked.normalized, "accents", given)
    return Accepted(checked.normalized)


def _checked(address: str) -> ValidatedEmail | None:
    """Return the address in its normal form, or None when no mail could ever go there."""
    try:
        checked = validate_email(
            address, check_deliverability=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        return None
    no_country_has_one_letter = len(checked.domain.rpartition(".")[2]) == 1
    return None if no_country_has_one_letter else checked


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _provider(domain: str) -> str | None:
    """Return the provider that was probably meant, or None when the domain may be right."""
    if domain in REAL_DOMAINS:
        return None
    if domain in SLIPS:
        return SLIPS[domain]
    distances = [(_slips(domain, provider), provider) for provider in PROVIDERS]
    slips, provider = min(distances, key=lambda pair: pair[0])
    name = len(provider.partition(".")[0])
    if slips == 1 and name >= _ONE_LETTER_FROM:
        return provider
    two = slips == 2 and name >= _TWO_LETTERS_FROM  # noqa: PLR2004 - two wrong letters
    return provider if two and domain[0] == provider[0] else None


def _slips(typed: str, meant: str) -> int:
    """Count the letters left out, put in, replaced or swapped with their neighbour."""
    if abs(len(typed) - len(meant)) > 2:  # noqa: PLR2004 - more than two is another name
        return len(meant)
    before: list[int] = []
    last = list(range(len(meant) + 1))
    for row, letter in enumerate(typed, 1):
        now = [row]
        for column, other in enumerate(meant, 1):
            best = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and letter == meant[column - 2]
            if swapped and typed[row - 2] == other:
                best = min(best, before[column - 2] + 1)
            now.append(best)
        before, last = last, now
    return last[-1]
