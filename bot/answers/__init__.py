"""What visitors type, read as values: the answer to a question, or what a message names.

Two entrances: `read_answer` knows which question was asked and is lenient; `read_entities` reads
a message about anything, where precision comes first. The words stand in data/lexicon/.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.answers.capacity_clauses import PARTS
from bot.answers.capacity_parts import PartsReader, PartsSaid
from bot.answers.contacts import hide_addresses
from bot.answers.entities import EntityReader
from bot.answers.folded_text import fold
from bot.answers.lexicon import Lexicon
from bot.answers.prefill import answers_in
from bot.answers.questions import AnswerReader
from bot.answers.reading import UNREADABLE, Entity, Reading, Value, undecided
from bot.languages import DEFAULT, LANGUAGES
from bot.settings import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from bot.answers.folded_text import FoldedText

__all__ = [
    "Entity",
    "PartsSaid",
    "Reading",
    "Value",
    "answers_in",
    "read_answer",
    "read_capacities",
    "read_entities",
    "warm_up",
]

FOLDER: Final = PROJECT / "data" / "lexicon"
_AT_HAND: Final = 64  # readings: a turn looks at the same words from several sides
_NONSENSE: Final = "qqqqqqq"


@lru_cache(maxsize=_AT_HAND)
def read_answer(question_id: str, text: str, language: str | None) -> Reading:
    """Read the answer to a question.

    It is read in the language it seems to be in, else in this one, else in another: visitors mix.
    Typing errors are forgiven last. Two readings that compete give an unreadable answer with
    both as alternatives, so that the visitor is asked. So do two languages when neither is given
    nor to be told from the words; a single word is taken in the language that was given.

    Raises:
        ValueError: a question or a language that nobody reads.
    """
    folded = fold(hide_addresses(text))
    readers = _readers_for(question_id, language)
    if any(reader.asks(folded) for reader in readers):
        return UNREADABLE
    readers.sort(key=lambda reader: -reader.familiarity(folded))
    familiar = {reader.familiarity(folded) for reader in readers}
    told = language is not None and (len(familiar) > 1 or len(folded.words) == 1)
    for attempt in ("read", "read_misspelt"):
        readings = [getattr(reader, attempt)(question_id, folded) for reader in readers]
        # "N'avons pas ... en interne": what one language denies the other must not affirm.
        denied = _denied(readers, question_id, folded)
        telling = [one for one in readings if one != UNREADABLE and one.value not in denied]
        if telling:
            return telling[0] if told else _agreed(telling)
    return UNREADABLE


def read_entities(text: str, language: str | None) -> list[Entity]:
    """Read what a message names, in this language or, for None, in the one it seems to be in.

    Precision comes first: what is doubtful is left out. `asserted` marks what the visitor says
    of himself; bot.answers.entities lists the entities and their values.

    Raises:
        ValueError: a language that nobody reads.
    """
    _require_spoken(language)
    readers = [_entity_reader(code, FOLDER) for code in ([language] if language else LANGUAGES)]
    familiar = max(reader.familiarity(text) for reader in readers)
    found: dict[tuple[str, Value, int, int], Entity] = {}
    for reader in readers:
        if reader.familiarity(text) == familiar:
            for entity in reader.read(text):
                key = (entity.entity, entity.value, entity.start, entity.end)
                if entity.asserted or key not in found:
                    found[key] = entity
    return sorted(found.values(), key=lambda entity: (entity.start, entity.end, entity.entity))


def read_capacities(text: str, language: str) -> PartsSaid:
    """Read one answer to expertise, needs and experience together.

    Raises:
        ValueError: a language that nobody reads.
    """
    _require_spoken(language)

    def place(clause: str) -> tuple[str | None, frozenset[str]]:
        reading = read_answer(PARTS[0], clause, language)
        denied = _denied(_readers_for(PARTS[0], language), PARTS[0], fold(clause))
        said = reading.status if reading.status == "unknown" else reading.value
        return None if said is None else str(said), denied

    return _parts_reader(FOLDER).read(text, place)


def warm_up() -> None:
    """Load every word list now, so that no visitor waits for it.

    What forgives typing errors is made of them when the first one is to be forgiven: it takes some
    hundredths of a second for a question, and for all of them half a second of every start.
    """
    nonsense = fold(_NONSENSE)
    for code in LANGUAGES:
        for question in _reader(code, FOLDER).questions():
            _reader(code, FOLDER).read(question, nonsense)
        _entity_reader(code, FOLDER).read(_NONSENSE)


def _denied(readers: list[AnswerReader], question: str, folded: FoldedText) -> frozenset[str]:
    """Return what an answer is said not to be, in whichever language."""
    return frozenset[str]().union(*(reader.denied(question, folded) for reader in readers))


def _agreed(readings: list[Reading]) -> Reading:
    """Return what readings in several languages agree on."""
    if len(set(readings)) == 1:
        return readings[0]
    understood = [reading.value for reading in readings if reading.value is not None]
    others = [value for reading in readings for value in reading.alternatives]
    return undecided(tuple(dict.fromkeys([*understood, *others])))


def _readers_for(question_id: str, language: str | None) -> list[AnswerReader]:
    _require_spoken(language)
    order = sorted(LANGUAGES, key=lambda code: code != language)
    readers = [_reader(code, FOLDER) for code in order]
    if question_id not in readers[0].questions():
        known = ", ".join(readers[0].questions())
        message = f"The answer to '{question_id}' cannot be read. Use one of {known}."
        raise ValueError(message)
    return readers


def _require_spoken(language: str | None) -> None:
    if language is not None and language not in LANGUAGES:
        message = f"'{language}' is not spoken here. Use one of {', '.join(LANGUAGES)}, or None."
        raise ValueError(message)


@lru_cache
def _lexicon(language: str, folder: Path) -> Lexicon:
    return Lexicon(language, folder)


@lru_cache
def _entity_reader(language: str, folder: Path) -> EntityReader:
    return EntityReader(_lexicon(language, folder))


@lru_cache
def _parts_reader(folder: Path) -> PartsReader:
    return PartsReader(_lexicon(DEFAULT, folder).capacity_words)


@lru_cache
def _reader(language: str, folder: Path) -> AnswerReader:
    return AnswerReader(_lexicon(language, folder))
