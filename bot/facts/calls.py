"""The facts of the calls (data/facts.yml): typed values for rules, words for texts, and phases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from bot.data_files import DataError, read
from bot.facts.fact import WEEKDAY_SUFFIX, read_facts
from bot.facts.sources import read_sources
from bot.languages import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.data_files import Section
    from bot.facts.fact import Fact, FactValue
    from bot.facts.sources import Source

Phase = Literal["upcoming", "open", "closed"]
PHASES: Final[tuple[Phase, ...]] = ("upcoming", "open", "closed")


@dataclass(frozen=True)
class Call:
    """A call for projects: when it runs, and the facts and sources that are its own."""

    id: str
    opens: date
    closes: date
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]

    def phase(self, today: date) -> Phase:
        """Tell where the call stands on a day; its first and its last day are open."""
        if today < self.opens:
            return "upcoming"
        return "open" if today <= self.closes else "closed"


@dataclass(frozen=True)
class Facts:
    """Every fact the assistant may state; those of a call override the general ones."""

    calls: tuple[Call, ...]
    general: Mapping[str, Fact]
    sources: Mapping[str, Source]
    # By language and call: every sentence that is said asks for them.
    _filled: dict[tuple[str, str | None], Mapping[str, str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def load(cls, path: Path) -> Facts:
        """Read and check the facts; the first flaw is a DataError with its cause and remedy."""
        root = read(path)
        root.require_only({"sources", "calls", "facts"})
        sources = read_sources(root.section("sources"))
        general = read_facts(root.section("facts"), sources)
        calls = tuple(_read_call(call, general, sources) for call in root.sections("calls"))
        ids = [call.id for call in calls]
        if len(set(ids)) < len(ids):
            cause = f"the ids of the calls are {', '.join(ids)}"
            root.refuse(cause, "Give each call an id of its own")
        return cls(calls, general, sources)

    def current_call(self, today: date) -> Call:
        """Return the open call, else the next upcoming one, else the one that closed last."""
        by_phase: dict[Phase, list[Call]] = {phase: [] for phase in PHASES}
        for call in self.calls:
            by_phase[call.phase(today)].append(call)
        if by_phase["open"]:
            return min(by_phase["open"], key=lambda call: call.closes)
        if by_phase["upcoming"]:
            return min(by_phase["upcoming"], key=lambda call: call.opens)
        return max(by_phase["closed"], key=lambda call: call.closes)

    def of(self, call: Call | None = None) -> Mapping[str, Fact]:
        """Return the facts of a call with the general ones; without a call, the general ones."""
        return MappingProxyType({**self.general, **(call.facts if call else {})})

    def in_language(self, code: str, call: Call | None = None) -> Mapping[str, str]:
        """Return what each placeholder becomes in a language, for a call.

        A language that is not spoken gets the words that are the same in every language.
        """
        known = (code, call.id if call else None)
        if known not in self._filled:
            filled: dict[str, str] = {}
            for fact in self.of(call).values():
                filled.update(fact.placeholders(code))
            self._filled[known] = MappingProxyType(filled)
        return self._filled[known]

    def value(self, name: str, call: Call | None = None) -> FactValue:
        """Return the typed value of a fact; one without a value is a DataError."""
        fact = self.of(call).get(name)
        if fact is None:
            owners = [f"pass the call {one.id}" for one in self.calls if name in one.facts]
            remedy = f"It belongs to a call: {owners[0]}" if owners else "Add it to the facts file"
            message = f"There is no general fact '{name}'. {remedy}."
            raise DataError(message)
        if fact.value is None:
            message = f"The fact '{name}' has words only. Give it a 'value' in the facts file."
            raise DataError(message)
        return fact.value

    def number(self, name: str, call: Call | None = None) -> float:
        """Return the value of a fact that is a number; a date is a DataError."""
        value = self.value(name, call)
        if isinstance(value, date):
            message = f"The fact '{name}' is the date {value}, not a number. Use value() for it."
            raise DataError(message)
        return value

    def source(self, name: str, call: Call | None = None) -> Source:
        """Return a source, the call's own where it has one of that id."""
        source = {**self.sources, **(call.sources if call else {})}.get(name)
        if source is None:
            message = f"There is no source '{name}'. Use one of {', '.join(sorted(self.sources))}."
            raise DataError(message)
        return source

    def origin(self, placeholder: str, call: Call | None = None) -> Fact | None:
        """Return the fact that fills a placeholder, or None when no fact of the call does."""
        fact = self.of(call).get(placeholder.removesuffix(WEEKDAY_SUFFIX))
        return fact if fact and placeholder in fact.placeholders(DEFAULT) else None


def _read_call(
    section: Section, general: Mapping[str, Fact], sources: Mapping[str, Source]
) -> Call:
    section.require_only({"id", "opens", "closes", "facts", "sources"})
    own_sources = read_sources(section.section("sources")) if "sources" in section.content else {}
    own = read_facts(section.section("facts"), {**sources, **own_sources})
    days = []
    for key in ("opens", "closes"):
        fact = {**general, **own}.get(section.text(key))
        if fact is None or not isinstance(fact.value, date):
            cause = f"'{key}' names '{section.text(key)}', which is not a fact with a date"
            section.refuse(cause, "Name a fact whose 'value' is a date")
        days.append(fact.value)
    if days[0] > days[1]:
        section.refuse(f"it opens on {days[0]}, after it closes", "Correct the two dates")
    return Call(section.text("id"), days[0], days[1], own, own_sources)
