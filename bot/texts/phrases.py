"""Finds what a message is about by the phrases that stand beside the texts (data/texts/)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.languages import LANGUAGES
from bot.texts.generator import shared_texts
from bot.words import make_tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokenizer import Tokenizer

# Phones type curly apostrophes; the phrases have straight ones.
_STRAIGHT = str.maketrans({"\u2019": "'", "\u2018": "'"})

GAP: Final = "..."  # in a phrase, up to six words: "geld ... verdwenen"
_MOST_BETWEEN: Final = 6


@dataclass(frozen=True)
class _Phrase:
    """The name of a text, and the words after the first one, with the gaps between them."""

    name: str
    rest: tuple[str, ...]

    @property
    def length(self) -> int:
        """How many words there are, gaps not counted."""
        return 1 + sum(word != GAP for word in self.rest)

    def follows(self, words: Sequence[str], start: int) -> bool:
        """Whether the rest stands in these words from here on."""
        reached = {start}  # where the next word of the phrase may stand
        for word in self.rest:
            if word == GAP:
                reached = {at + more for at in reached for more in range(_MOST_BETWEEN + 1)}
            else:
                reached = {at + 1 for at in reached if at < len(words) and words[at] == word}
        return any(at <= len(words) for at in reached)


class PhraseFinder:
    """Knows, for each language, which phrases belong to which text."""

    def __init__(self, phrases: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        """`phrases`: language -> name of a text -> phrases; each begins with a word."""
        self._known: list[tuple[Tokenizer, dict[str, list[_Phrase]]]] = []
        for code, by_text in phrases.items():
            tokenizer = make_tokenizer(code)
            by_first: dict[str, list[_Phrase]] = {}
            for name, written in by_text.items():
                for phrase in written:
                    first, *rest = _words(tokenizer, phrase)
                    by_first.setdefault(first, []).append(_Phrase(name, tuple(rest)))
            self._known.append((tokenizer, by_first))

    def find(self, text: str, family: str) -> str | None:
        """The text whose longest phrase stands in the message, among names that begin so.

        Words count, not the gaps between them; of equally long phrases the first one. All languages
        are looked at: visitors mix them.
        """
        found = max(self._every(text.translate(_STRAIGHT), family), default=None)
        return found[2] if found else None

    def _every(self, text: str, family: str) -> Iterator[tuple[int, int, str]]:
        for tokenizer, by_first in self._known:
            words = _words(tokenizer, text)
            for start, word in enumerate(words):
                for phrase in by_first.get(word, ()):
                    if phrase.name.startswith(family) and phrase.follows(words, start + 1):
                        yield phrase.length, -start, phrase.name


def _words(tokenizer: Tokenizer, text: str) -> list[str]:
    return [token.text.lower() for token in tokenizer(text)]


@lru_cache(maxsize=1)
def phrase_finder() -> PhraseFinder:
    """The finder over the project's own texts."""
    texts = shared_texts().texts
    return PhraseFinder({code: texts.phrases(code) for code in LANGUAGES})
