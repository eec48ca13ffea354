"""One fact of data/facts.yml: its typed value, its words in each language, what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.data_files import Section
    from bot.facts.sources import Source

FactValue = int | float | date

# {deadline_weekday} is the date of the fact "deadline" with its day of the week.
WEEKDAY_SUFFIX: Final = "_weekday"

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Quote:
    """The words of a document that a fact rests on."""

    source: str
    words: str


@dataclass(frozen=True)
class Fact:
    """One fact: its typed value when it has one, its words, its sources and its quotes."""

    id: str
    value: FactValue | None
    words: Mapping[str, str]
    shared: str | None
    sources: tuple[str, ...]
    quotes: tuple[Quote, ...]

    def placeholders(self, code: str) -> dict[str, str]:
        """Return what it fills in a language; none where it has no words in that language."""
        words = self.words.get(code, self.shared)
        if words is None:
            return {}
        if isinstance(self.value, date) and code in LANGUAGES:
            weekday = LANGUAGES[code].weekday_date(self.value)
            return {self.id: words, self.id + WEEKDAY_SUFFIX: weekday}
        return {self.id: words}


def read_facts(section: Section, sources: Mapping[str, Source]) -> Mapping[str, Fact]:
    """Read facts by their names; a flaw is a DataError that names the fact."""
    facts = {name: _read_fact(name, section.section(name), sources) for name in section.content}
    return MappingProxyType(facts)


def _read_fact(name: str, section: Section, sources: Mapping[str, Source]) -> Fact:
    section.require_only({"value", "all", *LANGUAGES, "source", "quote", "quotes"})
    if not _NAME.fullmatch(name) or name.endswith(WEEKDAY_SUFFIX):
        remedy = f"Use lower case, digits and _, and do not end it in {WEEKDAY_SUFFIX}"
        section.refuse("its name cannot be a placeholder", remedy)
    value = _read_value(section)
    shared = section.text("all") if "all" in section.content else None
    words = _read_words(section, value, shared)
    quotes = _read_quotes(section)
    origins = tuple(quote.source for quote in quotes) or (section.text("source"),)
    for origin in origins:
        if origin not in sources:
            remedy = f"Use one of {', '.join(sorted(sources))}, or add it to 'sources'"
            section.refuse(f"its source '{origin}' is not known", remedy)
        if (sources[origin].file is None) == bool(quotes):
            remedy = "Quote documents that have a 'file', and only those"
            section.refuse(f"its source '{origin}' and its quotes do not agree", remedy)
    return Fact(name, value, words, shared, origins, quotes)


def _read_value(section: Section) -> FactValue | None:
    value = section.content.get("value")
    # To Python a truth value is a number, and a moment is a date.
    if isinstance(value, bool | datetime) or not isinstance(value, int | float | date | None):
        section.refuse(f"'value' holds {value!r}", "Write a number, or a date such as 2022-10-31")
    return value


def _read_words(section: Section, value: FactValue | None, shared: str | None) -> Mapping[str, str]:
    written = [code for code in LANGUAGES if code in section.content]
    if written and (shared is not None or len(written) < len(LANGUAGES)):
        remedy = f"Write {', '.join(LANGUAGES)}, or 'all' alone, or none beside a 'value'"
        section.refuse(f"its words stand under {', '.join(section.content)}", remedy)
    if written:
        words = {code: LANGUAGES[code].typeset(section.text(code)) for code in LANGUAGES}
    elif shared is not None:
        words = dict.fromkeys(LANGUAGES, shared)
    elif value is not None:
        words = {code: _write(value, code) for code in LANGUAGES}
    else:
        section.refuse(
            "it has neither words nor a value", f"Write {', '.join(LANGUAGES)}, or 'all'"
        )
    if isinstance(value, date):
        for code, text in words.items():
            if _write(value, code) not in text:
                remedy = f"Leave its words out, or write {_write(value, code)}"
                section.refuse(f"its words '{text}' do not say its date {value}", remedy)
    return MappingProxyType(words)


def _write(value: FactValue, code: str) -> str:
    language = LANGUAGES[code]
    return language.long_date(value) if isinstance(value, date) else language.number(value)


def _read_quotes(section: Section) -> tuple[Quote, ...]:
    if "quotes" in section.content and {"source", "quote"} & section.content.keys():
        remedy = "Put all in 'quotes', each with its source and words"
        section.refuse("it has 'quotes' beside 'source' or 'quote'", remedy)
    if "quote" in section.content:
        return (Quote(section.text("source"), section.text("quote")),)
    if "quotes" not in section.content:
        return ()
    quotes = section.sections("quotes")
    for quote in quotes:
        quote.require_only({"source", "words"})
    return tuple(Quote(quote.text("source"), quote.text("words")) for quote in quotes)
