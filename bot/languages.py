"""The languages the assistant speaks, one row each; everything else loops over LANGUAGES."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"

# Four digits stay together: a year and a postal code are not amounts.
_GROUP_FROM: Final = 10_000

_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=[\w{])")


@dataclass(frozen=True)
class Language:
    """How one language names itself and writes numbers and dates."""

    code: str
    name: str
    spacy: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    first_of_month: str
    decimal_mark: str
    group_mark: str
    spaced_marks: str
    undated: str
    called: tuple[str, ...]  # how visitors name it, in any language, without accents

    def typeset(self, text: str) -> str:
        """Set what an editor cannot see or easily type: apostrophes, and spaces that hold on."""
        text = _APOSTROPHE.sub("\N{RIGHT SINGLE QUOTATION MARK}", text)
        if not self.spaced_marks:
            return text
        text = re.sub(f" ([{re.escape(self.spaced_marks)}])", rf"{NO_BREAK_SPACE}\1", text)
        return text.replace("« ", f"«{NO_BREAK_SPACE}")

    def number(self, value: float | Decimal) -> str:
        """Write a number as people do in this language, without needless decimals."""
        whole, _, decimals = f"{Decimal(str(value)):f}".partition(".")
        if abs(int(whole)) >= _GROUP_FROM:
            whole = f"{int(whole):,}".replace(",", self.group_mark)
        decimals = decimals.rstrip("0")
        return f"{whole}{self.decimal_mark}{decimals}" if decimals else whole

    def month(self, year: int, month: int) -> str:
        """Write a month of a year, such as "juli 2022"."""
        return f"{self.months[month - 1]} {year}"

    def long_date(self, day: date) -> str:
        """Write a date in full, such as "27 juli 2022"."""
        number = self.first_of_month if day.day == 1 else str(day.day)
        return f"{number} {self.month(day.year, day.month)}"

    def weekday_date(self, day: date) -> str:
        """Write a date in full with its day of the week, such as "woensdag 27 juli 2022"."""
        return f"{self.weekdays[day.weekday()]} {self.long_date(day)}"


_ROWS: Final = (
    Language(
        code="nl",
        name="Nederlands",
        spacy="nl",
        months=(
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ),
        weekdays=(
            "maandag",
            "dinsdag",
            "woensdag",
            "donderdag",
            "vrijdag",
            "zaterdag",
            "zondag",
        ),
        first_of_month="1",
        decimal_mark=",",
        group_mark=".",
        spaced_marks="",
        undated="zonder datum",
        called=("nederlands", "nederlandstalig", "vlaams", "neerlandais", "flamand", "dutch", "nl"),
    ),
    Language(
        code="fr",
        name="Français",
        spacy="fr",
        months=(
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ),
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        first_of_month="1er",
        decimal_mark=",",
        group_mark=NO_BREAK_SPACE,
        spaced_marks=":;?!»%",
        undated="sans date",
        called=("frans", "franstalig", "francais", "francophone", "french", "fr"),
    ),
)

LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType({row.code: row for row in _ROWS})
DEFAULT: Final = "nl"

# Recognised, not spoken: a visitor is told in these which languages the assistant speaks.
OTHER_LANGUAGES: Final = ("de", "en")


def language_named(text: str) -> str | None:
    """Return the code of the spoken language a text names ("in het Frans aub"), or None.

    Where both are named ("niet in het Nederlands, in het Frans"), the last one is meant.
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    words = re.findall(r"[a-z]+", "".join(c for c in plain if not unicodedata.combining(c)))
    for word in reversed(words):
        for code, language in LANGUAGES.items():
            if word in language.called:
                return code
    return None
