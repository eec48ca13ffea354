"""Finds what a message is about by the phrases that stand beside the texts (data/texts/)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from spacy.matcher import Matcher

from bot.languages import LANGUAGES
from bot.texts.generator import shared_texts
from bot.words import make_tokenizer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokenizer import Tokenizer

# Phones type curly apostrophes; the phrases have straight ones.
_STRAIGHT = str.maketrans({"\u2019": "'", "\u2018": "'"})

GAP: Final = "..."  # in a phrase, up to six words: "geld ... verdwenen"
_GAP_WORDS: Final[list[dict[str, Any]]] = [{"OP": "?"}] * 6
_AND: Final = "\n"  # between the name of a text and the number of words of its phrase


class PhraseFinder:
    """Knows, for each language, which phrases belong to which text."""

    def __init__(self, phrases: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        """`phrases`: language -> name of a text -> phrases in lower case."""
        self._finders: list[tuple[Tokenizer, Matcher]] = []
        for code, by_text in phrases.items():
            tokenizer = make_tokenizer(code)
            matcher = Matcher(tokenizer.vocab)
            patterns: dict[str, list[list[dict[str, Any]]]] = {}
            for name, written in by_text.items():
                for phrase in written:
                    words = [token.text for token in tokenizer(phrase)]
                    length = sum(word != GAP for word in words)
                    patterns.setdefault(f"{name}{_AND}{length}", []).append(_pattern(words))
            for key, ways in patterns.items():
                matcher.add(key, ways)
            self._finders.append((tokenizer, matcher))

    def find(self, text: str, family: str) -> str | None:
        """The text whose longest phrase stands in the message, among names that begin so.

        Words count, not the gaps between them; of equally long phrases the first one. All languages
        are looked at: visitors mix them.
        """
        found: list[tuple[int, int, str]] = []
        for tokenizer, matcher in self._finders:
            for key, start, _ in matcher(tokenizer(text.translate(_STRAIGHT))):
                name, _, length = tokenizer.vocab.strings[key].partition(_AND)
                if name.startswith(family):
                    found.append((int(length), -start, name))
        return max(found)[2] if found else None


def _pattern(words: list[str]) -> list[dict[str, Any]]:
    """What the words of a phrase match, in capitals or not."""
    pattern: list[dict[str, Any]] = []
    for word in words:
        pattern += _GAP_WORDS if word == GAP else [{"LOWER": word.lower()}]
    return pattern


@lru_cache(maxsize=1)
def phrase_finder() -> PhraseFinder:
    """The finder over the project's own texts."""
    texts = shared_texts().texts
    return PhraseFinder({code: texts.phrases(code) for code in LANGUAGES})
