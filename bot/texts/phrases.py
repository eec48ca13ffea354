"""Finds what a message is about by the phrases that stand beside the texts (data/texts/)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.matcher import PhraseMatcher

from bot.languages import LANGUAGES
from bot.texts.generator import shared_texts
from bot.words import make_tokenizer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokenizer import Tokenizer

# Phones type curly apostrophes; the phrases have straight ones.
_STRAIGHT = str.maketrans({"\u2019": "'", "\u2018": "'"})


class PhraseFinder:
    """Knows, for each language, which phrases belong to which text."""

    def __init__(self, phrases: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        """`phrases`: language -> name of a text -> phrases in lower case."""
        self._finders: list[tuple[Tokenizer, PhraseMatcher]] = []
        for code, by_text in phrases.items():
            tokenizer = make_tokenizer(code)
            matcher = PhraseMatcher(tokenizer.vocab, attr="LOWER")
            for name, words in by_text.items():
                matcher.add(name, [tokenizer(one) for one in words])
            self._finders.append((tokenizer, matcher))

    def find(self, text: str, family: str) -> str | None:
        """The text whose longest phrase stands in the message, among names that begin so.

        All languages are looked at: visitors mix them.
        """
        found: list[tuple[int, int, str]] = []
        for tokenizer, matcher in self._finders:
            for key, start, end in matcher(tokenizer(text.translate(_STRAIGHT))):
                name = tokenizer.vocab.strings[key]
                if name.startswith(family):
                    found.append((end - start, -start, name))
        return max(found)[2] if found else None


@lru_cache(maxsize=1)
def phrase_finder() -> PhraseFinder:
    """The finder over the project's own texts."""
    texts = shared_texts().texts
    return PhraseFinder({code: texts.phrases(code) for code in LANGUAGES})
