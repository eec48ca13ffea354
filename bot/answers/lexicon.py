"""The word lists of data/lexicon/, for one language, ready to be searched."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from bot.answers.folded_text import fold
from bot.answers.number_words import NumberWords
from bot.answers.phrases import Phrase, PhraseBook
from bot.answers.places import Places
from bot.answers.word_lists import word_list
from bot.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bot.data_files import Section

# How a phrase may be used: anywhere, only as an answer, or only as the whole answer.
ASKED: Final = "asked"
ALONE: Final = "alone"
EVERY_LANGUAGE: Final = "both"
SEVERAL: Final = "|"  # "self_employed|natural_person": a phrase that can be either


@dataclass(frozen=True)
class Lexicon:
    """The word lists of one language; each is read from its file when it is first needed."""

    language: str
    folder: Path

    def answers(self, name: str) -> PhraseBook:
        """Return the phrases of a file that may answer a question."""
        return self._book(name, asked=True)

    def mentions(self, name: str) -> PhraseBook:
        """Return the phrases of a file that are clear in any message."""
        return self._book(name, asked=False)

    @cached_property
    def numbers(self) -> NumberWords:
        """The numbers in words."""
        return NumberWords.read(word_list(self.folder, "numbers"), self.language)

    @cached_property
    def number_words(self) -> frozenset[str]:
        """The words of numbers in every language: "de helft" is no misspelt Delft."""
        root = word_list(self.folder, "numbers")
        return frozenset().union(*(NumberWords.read(root, one).vocabulary() for one in LANGUAGES))

    @cached_property
    def places(self) -> Places:
        """Towns, regions and countries."""
        return Places.read(self.folder, self.language)

    @cached_property
    def quantities(self) -> PhraseBook:
        """The words around numbers, in every language; each means the name of its list."""
        root = word_list(self.folder, "quantities")
        sections = [root, *(root.section(code) for code in LANGUAGES)]
        return self._of_lists(
            (name, text)
            for section in sections
            for name in _lists_of_texts(section)
            for text in section.texts(name)
        )

    @cached_property
    def amounts(self) -> PhraseBook:
        """Shares, staff and units in words, in every language; each means its list."""
        root = word_list(self.folder, "quantities")
        return self._of_lists(
            (name, text)
            for name in root.content
            if name not in LANGUAGES and name not in _lists_of_texts(root)
            for code in LANGUAGES
            for text in root.section(name).texts(code)
        )

    @cached_property
    def small_words(self) -> PhraseBook:
        """Words such as negations, questions and suppositions; each means its list.

        Some count whatever the language, since visitors mix: a "pas" denies in Dutch too.
        """
        root = word_list(self.folder, "language")
        doubted = word_list(self.folder, "not_known").section("followed_by")
        own = root.section(self.language)
        lists = [(name, text) for name in own.content for text in own.texts(name)]
        lists += [
            (name, text)
            for name in _COUNT_EVERYWHERE
            for code in LANGUAGES
            for text in root.section(code).texts(name)
        ]
        lists += [("what_is_not_known", text) for text in doubted.texts(self.language)]
        lists += [
            (name, text)
            for name in ("knowing", "telling", "knows_not")
            for code in LANGUAGES
            for text in word_list(self.folder, "not_known").section(name).texts(code)
        ]
        return self._of_lists(lists)

    @cached_property
    def own_words(self) -> frozenset[str]:
        """The small words and number words by which the language can be told."""
        own = word_list(self.folder, "language").section(self.language)
        small = {
            word for name in own.content for text in own.texts(name) for word in fold(text).words
        }
        return frozenset(small | self.numbers.vocabulary())

    @cached_property
    def themes(self) -> ThemeWords:
        """What announces the number of a theme."""
        root = word_list(self.folder, "themes")
        ordinals = root.section("ordinals").section(self.language).content
        return ThemeWords(
            announced_by=frozenset(
                word
                for phrase in root.section("announced_by").texts(self.language)
                for word in fold(phrase).words
            ),
            announces_theme=frozenset(
                fold(word).words[0] for word in root.section("themes").texts(self.language)
            ),
            ordinals={fold(word).words[0]: int(str(number)) for word, number in ordinals.items()},
        )

    @cached_property
    def helpers(self) -> PhraseBook:
        """What is said of who helps others; each phrase means its list."""
        root = word_list(self.folder, "paths")
        return self._of_lists(
            (name, text)
            for name in ("helping", "offering", "helped", "own_people", "seeking")
            for text in root.section(name).texts(self.language)
        )

    @cached_property
    def capacity_subjects(self) -> PhraseBook:
        """The names of the three things an applicant must demonstrate."""
        root = word_list(self.folder, "capacities").section("subjects")
        return self._of_lists(
            (name, text)
            for name in root.content
            for text in root.section(name).texts(self.language)
        )

    @cached_property
    def capacity_words(self) -> CapacityWords:
        """The words of an answer to all three at once, in every language; each means its list."""
        root = word_list(self.folder, "capacities")
        named, numbered = root.section("named"), root.section("numbered")
        places = (
            phrase for phrase in _phrases(root, tuple(LANGUAGES), asked=True)
            if phrase.value not in {"have", "unclear"} and not phrase.alone
        )  # fmt: skip
        return CapacityWords(
            names=self._of_lists(
                (name, text)
                for name in named.content
                for code in LANGUAGES
                for text in named.section(name).texts(code)
            ),
            numbered=self._of_lists(
                (name, text) for name in numbered.content for text in numbered.texts(name)
            ),
            counting=frozenset(
                fold(text).words[0]
                for code in LANGUAGES
                for text in root.section("counting").texts(code)
            ),
            places=PhraseBook(places),
        )

    @cached_property
    def _books(self) -> dict[tuple[str, bool], PhraseBook]:
        return {}

    def _book(self, name: str, *, asked: bool) -> PhraseBook:
        key = (name, asked)
        if key not in self._books:
            root = word_list(self.folder, name)
            languages = tuple(LANGUAGES) if name in _IN_EVERY_LANGUAGE else (self.language,)
            phrases = _phrases(root, languages, asked=asked)
            self._books[key] = PhraseBook(phrases)
        return self._books[key]

    def _of_lists(self, lists: Iterable[tuple[str, str]]) -> PhraseBook:
        return PhraseBook([Phrase(text, name) for name, text in lists])


def _phrases(root: Section, languages: tuple[str, ...], *, asked: bool) -> Iterator[Phrase]:
    for meaning in root.content:
        if meaning in _NOT_MEANINGS:
            continue
        section = root.section(meaning)
        uses = [use for use in (ASKED, ALONE) if asked and use in section.content]
        for value in meaning.split(SEVERAL):
            for words in (section, *(section.section(use) for use in uses)):
                alone = words.place[-1] == ALONE
                for key in (EVERY_LANGUAGE, *languages):
                    yield from (Phrase(text, value, alone) for text in words.texts(key))


def _lists_of_texts(section: Section) -> tuple[str, ...]:
    """Return the names under which texts stand at once, not by language."""
    return tuple(name for name, value in section.content.items() if isinstance(value, list))


@dataclass(frozen=True)
class CapacityWords:
    """What names the three capacities, by name or by number, and what says where they are."""

    names: PhraseBook
    numbered: PhraseBook
    counting: frozenset[str]  # after these a number counts: "2 van de 3"
    places: PhraseBook


@dataclass(frozen=True)
class ThemeWords:
    """Words before the number of a theme, and themes named by their order."""

    announced_by: frozenset[str]
    announces_theme: frozenset[str]
    ordinals: dict[str, int]

    def words(self) -> set[str]:
        """Return all these words."""
        return {*self.announced_by, *self.ordinals}


# Files that count whatever the language: a "geen idee" is no "geen" to who speaks French.
_IN_EVERY_LANGUAGE: Final = frozenset({"not_known"})
_COUNT_EVERYWHERE: Final = (
    "negations",
    "negations_after",
    "nothings",
    "own",
    "asks",
    "breaks",
    "conjunctions",
)

# Lists of a file that belong to no answer.
_NOT_MEANINGS: Final = frozenset(
    {
        "subjects",
        "named",
        "numbered",
        "counting",
        "themes",
        "announced_by",
        "ordinals",
        "followed_by",
        "knowing",
        "telling",
        "knows_not",
        "helping",
        "offering",
        "helped",
        "own_people",
        "seeking",
    }
)
