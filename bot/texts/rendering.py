"""Every word the assistant says (data/texts/), filled with facts and ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.data_files import DataError
from bot.languages import LANGUAGES
from bot.texts.checks import check_texts, lacking
from bot.texts.responses import PLACEHOLDER, read_labels, read_responses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bot.facts.calls import Call, Facts, Phase
    from bot.facts.sources import SourceLine
    from bot.texts.responses import Response

LABELS_FILES: Final = "labels*.yml"

# Values that are known only while talking; every other placeholder is a fact.
RUNTIME_VALUES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "maximum_characters": "how long a message may be",
        "mail_retention_days": "how many days a mail to the mailbox is kept",
        "retention_days": "how many days a conversation is kept",
        "reference": "the reference number of a question sent to the mailbox",
        "answer": "what was answered to a question of the check",
        "parts": "the questions of the check that are asked together, a line each",
        "kept": "the answers that are kept, a line each",
        "reasons": "the reasons of a verdict, a line each",
        "summary": "all answers of the check, a line each",
        "question": "the question to be sent to the mailbox, or the name of one of the check",
        "address": "the e-mail address of the visitor",
        "suggestion": "the e-mail address that was probably meant",
        "mail": "the mail that will be sent, word for word",
    }
)


# Facts that an installation may replace: a test sends its mails elsewhere, and says so.
REPLACEABLE_FACTS: Final = frozenset({"mailbox"})


@dataclass(frozen=True)
class Choice:
    """An answer offered as a button: what it means and what it says."""

    id: str
    label: str


@dataclass(frozen=True)
class Rendered:
    """A message as a visitor reads it; `more` is a message of its own, with its own sources."""

    text: str
    choices: tuple[Choice, ...] = ()
    sources: tuple[SourceLine, ...] = ()
    more: Rendered | None = None

    @property
    def source(self) -> SourceLine | None:
        """Return the first source, the one that says most of the answer, or None."""
        return self.sources[0] if self.sources else None


@dataclass(frozen=True)
class Texts:
    """All responses by name, with the facts that fill them and the words on the buttons."""

    responses: Mapping[str, Response]
    labels: Mapping[str, Mapping[str, Mapping[Phase, str]]]
    facts: Facts

    @classmethod
    def load(cls, folder: Path, facts: Facts) -> Texts:
        """Read and check every text against the facts; the first flaw is a DataError."""
        responses: dict[str, Response] = {}
        label_files = sorted(folder.glob(LABELS_FILES))
        for file in sorted(set(folder.glob("*.yml")) - set(label_files)):
            for name, response in read_responses(file).items():
                if name in responses:
                    other = responses[name].section.file
                    response.section.refuse(f"it stands in {other} too", "Keep one of them")
                responses[name] = response
        labels = {id_: words for file in label_files for id_, words in read_labels(file).items()}
        check_texts(responses, labels, facts, RUNTIME_VALUES)
        return cls(responses, labels, facts)

    def render(
        self,
        name: str,
        language: str,
        phase: Phase,
        values: Mapping[str, object] = MappingProxyType({}),
        call: Call | None = None,
    ) -> Rendered:
        """Return what is said under a name in a language and a phase of a call.

        `call` may be left out while there is only one. An unknown name, a language without words
        or a value that is missing is a DataError, never a text with holes.
        """
        response = self._response(name)
        if language not in response.words:
            cause = f"it has no words in '{language}'"
            response.section.refuse(cause, f"Ask for {', '.join(response.words)}, or write them")
        call = self._call(call)
        filled = {**self.facts.in_language(language, call), **_written(values, language)}
        return Rendered(
            _fill(response, language, phase, filled),
            self.choices(response.choices[phase], language, phase),
            self._sources(response, language, call),
            self._more(response, language, phase, call, filled),
        )

    def choices(self, ids: Iterable[str], language: str, phase: Phase) -> tuple[Choice, ...]:
        """Return choices with their labels, in the order given, for those filled while talking."""
        return tuple(Choice(id_, self.label(id_, language, phase)) for id_ in ids)

    def label(self, id_: str, language: str, phase: Phase) -> str:
        """Return the words on the button of a choice; one that is never offered is a DataError."""
        words = self.labels.get(id_, {}).get(language)
        if words is None:
            message = f"The choice '{id_}' has no label in '{language}'. Add it to {LABELS_FILES}."
            raise DataError(message)
        return words[phase]

    def phrases(self, language: str) -> Mapping[str, tuple[str, ...]]:
        """Return, by response, the words by which visitors name what it is about."""
        found = {name: one.phrases.get(language, ()) for name, one in self.responses.items()}
        return MappingProxyType({name: words for name, words in found.items() if words})

    def _response(self, name: str) -> Response:
        response = self.responses.get(name)
        if response is None:
            near = get_close_matches(name, self.responses, n=1)
            remedy = f"Did you mean '{near[0]}'?" if near else "Add it to data/texts."
            message = f"There is no text '{name}'. {remedy}"
            raise DataError(message)
        return response

    def _call(self, call: Call | None) -> Call:
        if call is not None:
            return call
        if len(self.facts.calls) > 1:
            known = ", ".join(one.id for one in self.facts.calls)
            message = f"There are several calls ({known}). Pass facts.current_call(today)."
            raise DataError(message)
        return self.facts.calls[0]

    def _more(
        self,
        response: Response,
        language: str,
        phase: Phase,
        call: Call,
        filled: Mapping[str, str],
    ) -> Rendered | None:
        more = response.more
        if more is None or phase not in more.words[language]:
            return None
        # What was found out about one call need not be known of another.
        if lacking(more, self.facts, call, RUNTIME_VALUES):
            return None
        sources = self._sources(more, language, call)
        return Rendered(_fill(more, language, phase, filled), sources=sources)

    def _sources(self, response: Response, language: str, call: Call) -> tuple[SourceLine, ...]:
        return tuple(
            self.facts.source(name, call).in_language(language) for name in response.sources
        )


def _fill(response: Response, language: str, phase: Phase, filled: Mapping[str, str]) -> str:
    text = response.words[language][phase]
    missing = [name for name in PLACEHOLDER.findall(text) if name not in filled]
    if missing:
        remedy = f"Pass {missing[0]} in values"
        response.section.refuse(f"'{language}' lacks a value for {{{missing[0]}}}", remedy)
    return PLACEHOLDER.sub(lambda match: filled[match[1]], text)


def _written(values: Mapping[str, object], language: str) -> dict[str, str]:
    """Write values as people do in the language; a name nobody knows is a slip, so a DataError."""
    row = LANGUAGES.get(language)
    written = {}
    for name, value in values.items():
        if name not in RUNTIME_VALUES and name not in REPLACEABLE_FACTS:
            known = ", ".join(RUNTIME_VALUES)
            message = f"The value '{name}' is not known. Use one of {known}, or add it to them."
            raise DataError(message)
        if row and isinstance(value, date):
            written[name] = row.long_date(value)
        elif row and isinstance(value, int | float | Decimal):
            written[name] = row.number(value)
        else:
            written[name] = str(value)
    return written
