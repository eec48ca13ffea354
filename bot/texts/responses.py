"""What stands under one name in data/texts/: words by language and phase, sources and choices.

utter_faq/deadline:
  source: press_release          # one id of the facts file or a list; shown with its date
  choices: [faq/how_to_apply]    # offered as buttons, with the words of labels.yml
  nl: "a text with {facts}"      # or by phase, such as  upcoming, open: ...  and  closed: ...
  fr: ...
  phrases: {nl: [...], fr: [...]}  # words by which a visitor names this, where it has no intent
                                 # ("geld ... weg": up to six words between)
  more: {source: ccb, nl: ..., fr: ...}  # a second message from other pages; may lack a phase
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.data_files import Section, read
from bot.facts.calls import PHASES
from bot.languages import LANGUAGES, OTHER_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bot.facts.calls import Phase

PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")

_NOTHING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


@dataclass(frozen=True)
class Response:
    """Everything that may be said under one name, as it stands in its file."""

    section: Section
    words: Mapping[str, Mapping[Phase, str]]
    sources: tuple[str, ...]
    choices: Mapping[Phase, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    more: Response | None

    def texts(self) -> Iterator[tuple[str, Phase, str]]:
        """Go over its texts, each with its language and phase."""
        for code, by_phase in self.words.items():
            for phase, text in by_phase.items():
                yield code, phase, text

    def placeholders(self) -> set[str]:
        """Return the placeholders of all its texts."""
        return {name for _, _, text in self.texts() for name in PLACEHOLDER.findall(text)}


def read_responses(file: Path) -> dict[str, Response]:
    """Read the responses of a file by their names; a flaw is a DataError that names the place."""
    root = read(file)
    return {name: _read_response(root.section(name)) for name in root.content}


def read_labels(file: Path) -> dict[str, Mapping[str, Mapping[Phase, str]]]:
    """Read the words on the buttons by the ids of the choices."""
    root = read(file)
    return {name: _read_label(root.section(name)) for name in root.content}


def _read_label(section: Section) -> Mapping[str, Mapping[Phase, str]]:
    section.require_only(LANGUAGES)
    words = _read_words(section, PHASES)
    if any(PLACEHOLDER.search(text) for by_phase in words.values() for text in by_phase.values()):
        section.refuse("a label has a placeholder", "Write a label that needs no facts")
    return words


def _read_response(section: Section) -> Response:
    section.require_only(
        {"source", "choices", "more", "phrases", *LANGUAGES, *OTHER_LANGUAGES},
    )
    more = None
    if "more" in section.content:
        below = section.section("more")
        below.require_only({"source", *LANGUAGES})
        more = Response(below, _read_words(below), below.texts("source"), {}, _NOTHING, None)
    phrases = _NOTHING
    if "phrases" in section.content:
        lists = section.section("phrases")
        lists.require_only(LANGUAGES)
        phrases = MappingProxyType({code: lists.texts(code) for code in LANGUAGES})
    words = _read_words(section, PHASES)
    return Response(section, words, section.texts("source"), _read_choices(section), phrases, more)


def _read_words(
    section: Section, phases: tuple[Phase, ...] = ()
) -> Mapping[str, Mapping[Phase, str]]:
    """Read the words of each language; `phases` must all be there, none means any, all alike."""
    written = tuple(code for code in (*LANGUAGES, *OTHER_LANGUAGES) if code in section.content)
    if written not in {tuple(LANGUAGES), OTHER_LANGUAGES}:
        remedy = f"Write {', '.join(LANGUAGES)}; or, to others, {', '.join(OTHER_LANGUAGES)}"
        section.refuse(f"it has words in: {', '.join(written) or 'no language'}", remedy)
    words = {code: _read_by_phase(section, code) for code in written}
    for code, by_phase in words.items():
        expected = phases or tuple(words[written[0]])
        if set(by_phase) != set(expected):
            remedy = f"Write it for {', '.join(expected)}"
            section.refuse(f"'{code}' is written for {', '.join(by_phase)}", remedy)
    return MappingProxyType(words)


def _read_by_phase(section: Section, key: str) -> Mapping[Phase, str]:
    if isinstance(section.content[key], str):
        texts = dict.fromkeys(PHASES, section.text(key))
    else:
        below = section.section(key)
        texts = {phase: below.text(name) for phase, name in _phase_keys(below).items()}
    for text in texts.values():
        if {"{", "}"} & set(PLACEHOLDER.sub("", text)):
            remedy = "Write a placeholder as {fact_id}, and no other braces"
            section.refuse(f"a brace in '{text}' is not part of a placeholder", remedy)
    if key in LANGUAGES:
        texts = {phase: LANGUAGES[key].typeset(text) for phase, text in texts.items()}
    return MappingProxyType(texts)


def _read_choices(section: Section) -> Mapping[Phase, tuple[str, ...]]:
    if not isinstance(section.content.get("choices"), dict):
        return MappingProxyType(dict.fromkeys(PHASES, section.texts("choices")))
    below = section.section("choices")
    named = {phase: below.texts(name) for phase, name in _phase_keys(below).items()}
    return MappingProxyType({phase: named.get(phase, ()) for phase in PHASES})


def _phase_keys(section: Section) -> dict[Phase, str]:
    """Tell under which key each phase stands; a key may name several, "upcoming, open"."""
    keys: dict[Phase, str] = {}
    for key in section.content:
        for name in key.split(","):
            phase = next((known for known in PHASES if known == name.strip()), None)
            if phase is None or phase in keys:
                remedy = f"Name each of {', '.join(PHASES)} once"
                section.refuse(f"the key '{key}' names no phase, or one named before", remedy)
            keys[phase] = key
    return keys
