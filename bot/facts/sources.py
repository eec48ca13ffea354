"""Where facts come from: our two documents and public pages, each with the date it is known by."""

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

_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class SourceLine:
    """A source as a visitor reads it; without a `date`, the title already tells what is known."""

    id: str
    title: str
    date: date | None


@dataclass(frozen=True)
class Source:
    """A document of ours (with its file) or a public page, with its date or at least its month."""

    id: str
    titles: Mapping[str, str]
    day: date | None
    month: tuple[int, int] | None
    file: str | None

    def in_language(self, code: str) -> SourceLine:
        """Return its line in a spoken language; a month, or "not dated", goes into the title."""
        title, language = self.titles[code], LANGUAGES[code]
        if self.month is not None:
            title = f"{title}, {language.month(*self.month)}"
        elif self.day is None:
            title = f"{title}, {language.undated}"
        return SourceLine(self.id, title, self.day)


def read_sources(section: Section) -> Mapping[str, Source]:
    """Read a list of sources by their ids; a flaw is a DataError that names the source."""
    sources = {name: _read_source(name, section.section(name)) for name in section.content}
    return MappingProxyType(sources)


def _read_source(name: str, section: Section) -> Source:
    section.require_only({"title", "date", "file"})
    titles = section.section("title")
    titles.require_only(LANGUAGES)
    day, month = _read_date(section)
    file = section.text("file") if "file" in section.content else None
    words = MappingProxyType({code: titles.text(code) for code in LANGUAGES})
    return Source(name, words, day, month, file)


def _read_date(section: Section) -> tuple[date | None, tuple[int, int] | None]:
    written = section.content.get("date", "nothing")
    if written is None:
        return None, None
    if isinstance(written, date) and not isinstance(written, datetime):
        return written, None
    month = _MONTH.fullmatch(written) if isinstance(written, str) else None
    if month is None:
        section.refuse(f"'date' holds {written!r}", "Write 2023-02-28, 2023-02 or null")
    return None, (int(month[1]), int(month[2]))
