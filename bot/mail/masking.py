"""Masks what tells who somebody is, before a text goes into a log.

Dates, amounts, percentages and postal codes stay: a log without them would be of no use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# The countries of the single euro payments area by the length of their account numbers.
_ACCOUNT_COUNTRIES: Final = {
    15: "NO",
    16: "BE",
    18: "DK FI NL",
    19: "SI",
    20: "AT EE LT LU",
    21: "CH HR LI LV",
    22: "BG DE GB IE VA",
    23: "GI",
    24: "AD CZ ES RO SE SK",
    25: "PT",
    26: "IS TR",
    27: "FR GR IT MC SM",
    28: "CY HU PL",
    31: "MT",
}
_ACCOUNT_LENGTHS: Final = {
    country: length
    for length, countries in _ACCOUNT_COUNTRIES.items()
    for country in countries.split()
}
_DIGITS: Final = 0.7  # the least share of them in an account number, after its country
# What people put between groups of digits, no-break spaces included.
_GAP: Final = "[ \u00a0\u202f./-]"

_SPOKEN_AT: Final = r"\b(?:at|apen?staart(?:je)?|arr?obase?)\b"
# What no text lacks that holds anything of the kinds below: spares a log line most of the reading.
_CLUE: Final = re.compile(rf"[0-9@]|{_SPOKEN_AT}", re.IGNORECASE)
# Every repetition is bounded, so that the time to read a text grows with its length alone.
_ADDRESS: Final = re.compile(r"[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,9}[\w-]{2,63}")
_SPOKEN_ADDRESS: Final = re.compile(
    rf"[\w.-]{{1,64}}\s?[\[(]?\s?{_SPOKEN_AT}\s?[\])]?\s?"
    r"(?:[\w-]{1,63}(?:\s(?:punt|dot|point)\s|\.)){1,4}[^\W\d_]{2,63}",
    re.IGNORECASE,
)
_ACCOUNT: Final = re.compile(
    rf"(?<![A-Za-z0-9])[A-Z]{{2}}[0-9]{{2}}(?:{_GAP}?[A-Z0-9]){{11,30}}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NATIONAL_NUMBER: Final = re.compile(
    rf"(?<![0-9])[0-9]{{2}}{_GAP}?[0-9]{{2}}{_GAP}?[0-9]{{2}}{_GAP}{{0,3}}[0-9]{{3}}"
    rf"{_GAP}?[0-9]{{2}}(?![0-9])"
)
_FORMAL_NATIONAL_NUMBER: Final = re.compile(
    r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\s?-\s?[0-9]{3}[.\s][0-9]{2}"
)
_COMPANY_NUMBER: Final = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:BE{_GAP}?)?[01]|BE{_GAP}?)[0-9]{{3}}{_GAP}?[0-9]{{3}}{_GAP}?[0-9]{{3}}"
    r"(?![0-9])",
    re.IGNORECASE,
)
_FORMAL_COMPANY_NUMBER: Final = re.compile(
    r"BE.{0,2}[0-9]|[01][0-9]{3}\.[0-9]{3}\.[0-9]{3}", re.IGNORECASE
)
_TELEPHONE: Final = re.compile(
    r"(?<![0-9])(?<![0-9][.,:/-])(?:"
    # +32 476 12 34 56, 0032 (0)2 123 45 67, +33 6 12 34 56 78
    rf"(?:\+|\(\+|00{_GAP}?)[1-9](?:{_GAP}?\(?[0-9]\)?){{8,14}}"
    # 0476 12 34 56, 0476/123.456, 0476-123456
    rf"|0[1-9][0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}?[0-9]{{2}}{_GAP}?[0-9]{{2}}"
    rf"|0[1-9][0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}?[0-9]{{3}}"
    # 016 12 34 56, 078 170 170, 0800 12 345
    rf"|0[1-9][0-9]{_GAP}[0-9]{{2}}{_GAP}?[0-9]{{2}}{_GAP}?[0-9]{{2}}"
    rf"|0[1-9][0-9]{_GAP}[0-9]{{3}}{_GAP}?[0-9]{{3}}"
    rf"|0[89]00{_GAP}[0-9]{{2}}{_GAP}?[0-9]{{3}}"
    # 02 123 45 67, 02/1234567, 06-12345678
    rf"|0[1-9]{_GAP}[0-9]{{3}}{_GAP}?[0-9]{{2}}{_GAP}?[0-9]{{2}}"
    rf"|06{_GAP}?[0-9]{{8}}"
    # 03 20 12 34 56: with one kind of gap only, a date with a time looks much like it
    rf"|0[1-9](?P<c>{_GAP})[0-9]{{2}}(?P=c)[0-9]{{2}}(?P=c)[0-9]{{2}}(?P=c)[0-9]{{2}}"
    # 0476123456, 021234567
    r"|0[1-9][0-9]{7,8}"
    # 476 12 34 56: a mobile number without its first digit
    rf"|4[5-9][0-9](?P<d>{_GAP})[0-9]{{2}}(?P=d)[0-9]{{2}}(?P=d)[0-9]{{2}}"
    r")(?![0-9])"
)


def mask(text: str) -> str:
    """Return the text with addresses and personal numbers replaced by the name of their kind."""
    if not _CLUE.search(text):
        return text
    # The longer kinds first: a part of one can look like another.
    text = _ADDRESS.sub("[e-mail]", text)
    text = _SPOKEN_ADDRESS.sub("[e-mail]", text)
    text = _ACCOUNT.sub(_masked_account, text)
    text = _masked(text, _NATIONAL_NUMBER, _is_national_number, "[national number]")
    text = _masked(text, _COMPANY_NUMBER, _is_company_number, "[company number]")
    return _TELEPHONE.sub("[telephone]", text)


def _masked(text: str, pattern: re.Pattern[str], is_one: Callable[[str], bool], name: str) -> str:
    return pattern.sub(lambda match: name if is_one(match.group()) else match.group(), text)


def _masked_account(match: re.Match[str]) -> str:
    # The pattern may have run on into the words behind the number; its country tells its length.
    text = match.group()
    ends = [index + 1 for index, character in enumerate(text) if character.isalnum()]
    length = _ACCOUNT_LENGTHS.get(text[:2].upper(), len(ends) + 1)
    if length > len(ends):
        return text
    number, rest = text[: ends[length - 1]], text[ends[length - 1] :]
    if rest[:1].isalnum() or not _is_account(number):
        return text
    return f"[account]{rest}"


def _is_account(text: str) -> bool:
    characters = re.sub("[^A-Z0-9]", "", text.upper())[2:]
    # Words in a row may have the right length by chance, but not so many digits. A number with a
    # wrong digit is hidden too: it still tells whose it is.
    return sum(character.isdigit() for character in characters) >= _DIGITS * len(characters)


def _is_national_number(text: str) -> bool:
    if _FORMAL_NATIONAL_NUMBER.fullmatch(text):
        return True
    digits = re.sub("[^0-9]", "", text)
    # Who was born from 2000 on has a 2 before the number when its check digits are made.
    return any(97 - int(born + digits[:9]) % 97 == int(digits[9:]) for born in ("", "2"))


def _is_company_number(text: str) -> bool:
    if _FORMAL_COMPANY_NUMBER.match(text):
        return True
    digits = re.sub("[^0-9]", "", text)
    return 97 - int(digits[:8]) % 97 == int(digits[8:])
