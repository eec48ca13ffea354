"""Where a place is: the towns, areas and countries of data/lexicon/."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.answers.folded_text import fold
from bot.answers.phrases import Phrase, PhraseBook
from bot.answers.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.answers.folded_text import FoldedText
    from bot.answers.phrases import Hit
    from bot.data_files import Section

HOME: Final = "BE"
UNCLEAR: Final = "unclear"
REGIONS: Final = ("flanders", "brussels", "wallonia")
_FORMS: Final = " / "
_SAINTS: Final = {"sint": "st", "saint": "st", "sainte": "ste", "sankt": "st"}


@dataclass(frozen=True)
class Places:
    """Finds places; a hit means regions of Belgium, codes of countries, or an answer as such."""

    mentions: PhraseBook
    answers: PhraseBook
    european_union: frozenset[str]
    everyday: frozenset[str]

    @classmethod
    def read(cls, folder: Path, language: str) -> Places:
        """Read places.yml and countries.yml."""
        places, countries = word_list(folder, "places"), word_list(folder, "countries")
        shared = {
            " ".join(fold(name).words): set(section.texts(language))
            for name in places.section("shared").content
            for section in [places.section("shared").section(name)]
        }
        named = [
            *(phrase for phrase in _belgian(places) if _key(phrase) not in shared),
            *(phrase for phrase in _abroad(places, countries) if _key(phrase) not in shared),
            *(Phrase(name, value) for name, values in shared.items() for value in values),
        ]
        asked = [*named, *_asked(places, countries)]
        return cls(
            PhraseBook(_with_saints(named)),
            PhraseBook(_with_saints(asked)),
            frozenset(countries.texts("european_union")),
            frozenset(" ".join(fold(word).words) for word in places.texts("everyday")),
        )

    def establishment(self, meaning: str) -> str:
        """Tell whether a region or country is Belgium, elsewhere in the EU, or outside it."""
        if meaning in REGIONS or meaning in {HOME, "belgium"}:
            return "belgium"
        if meaning in {"eu", "outside_eu", UNCLEAR}:
            return meaning
        return "eu" if meaning in self.european_union else "outside_eu"

    def is_doubtful(self, hit: Hit, folded: FoldedText) -> bool:
        """Tell whether a name is more likely the everyday word: in lower case, among others."""
        words = " ".join(folded.words[hit.start : hit.end])
        if words not in self.everyday:
            return False
        capital = folded.typed(hit.start, hit.end)[2][:1].isupper()
        return not capital and len(folded.words) > hit.length + 1


def _belgian(places: Section) -> Iterator[Phrase]:
    regions = places.section("regions")
    for region in REGIONS:
        section = regions.section(region)
        for group in ("municipalities", "localities", "areas"):
            for names in section.texts(group):
                yield from _forms(names, region)


def _abroad(places: Section, countries: Section) -> Iterator[Phrase]:
    towns, names = places.section("abroad"), countries.section("countries")
    for code in towns.content:
        for town in towns.texts(code):
            yield from _forms(town, code)
    for code in names.content:
        yield from _forms(names.text(code), code)


def _asked(places: Section, countries: Section) -> Iterator[Phrase]:
    regions, asked = places.section("regions"), countries.section("asked")
    for region in REGIONS:
        for names in regions.section(region).texts("asked"):
            yield from _forms(names, region)
    for code in asked.content:
        yield from _forms(asked.text(code), code)
    elsewhere = countries.section("elsewhere")
    for answer in elsewhere.content:
        for words in elsewhere.texts(answer):
            yield Phrase(words, answer)


def _forms(names: str, meaning: str) -> Iterator[Phrase]:
    for name in names.split(_FORMS):
        yield Phrase(name, meaning)


def _with_saints(phrases: list[Phrase]) -> Iterator[Phrase]:
    for phrase in phrases:
        yield phrase
        words = list(fold(phrase.text).words)
        short = [_SAINTS.get(word, word) for word in words]
        if short != words:
            yield Phrase(" ".join(short), phrase.value)


def _key(phrase: Phrase) -> str:
    return " ".join(fold(phrase.text).words)
