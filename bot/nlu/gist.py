"""What a message comes down to: without the courtesies, and its question without the story.

The examples are short, as most messages are. "Good morning, ..., thanks in advance" around the same
question, or three sentences before it, makes it unlike all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.nlu.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

SENTENCE = re.compile(r".+?(?:(?:(?<!\.)\.(?!\.)|[!?])+(?=\s|$)|\n|$)", re.DOTALL)
FIRST_PART = re.compile(r"[^,.!?\n]*[,.!\n]")
PART_END = re.compile(r"[,.!?\n]+")
WORD = re.compile(r"\w+")
LETTER = re.compile(r"[^\W\d_]")  # a number alone, "(3)", is no sentence
GREETING = frozenset({"greet"})
FAREWELL = frozenset({"thank", "goodbye"})
COURTEOUS = GREETING | FAREWELL
LONGEST_GREETING = 2  # words: longer ones say more ("zijt ge daar")
LONGEST_FAREWELL = 3
LONGEST_NAME = 2  # words behind a courtesy, up to the comma or full stop
FEWEST_LETTERS = 3  # of a courtesy: "à +" is none to cut off
FEWEST_WORDS = 3  # fewer do not stand alone
FEWEST_SENTENCES = 3  # without a question mark: the last of two is seldom all that is meant
FEWEST_AROUND_A_QUESTION = 2
SEEN_AT_LEAST = 3  # examples that begin with a word
NEARLY_ONLY = 0.8  # of these


@dataclass(frozen=True)
class Gist:
    """The courtesies that the examples know, as folded words joined by blanks."""

    greetings: frozenset[str]
    farewells: frozenset[str]

    @classmethod
    def learn(cls, texts: Sequence[str], labels: Sequence[str]) -> Gist:
        """Take the short examples of greeting, thanking and saying goodbye, and their first words.

        A first word counts where nearly only courtesies begin with it ("hallo", not "tot").
        """
        rows = [(_words(text), label) for text, label in zip(texts, labels, strict=True)]
        return cls(
            _courtesies(rows, GREETING, LONGEST_GREETING),
            _courtesies(rows, FAREWELL, LONGEST_FAREWELL),
        )

    def bare(self, text: str) -> str:
        """The text without courtesies at its beginning and end, names behind them included.

        The text itself where there are none, or where fewer than three words would remain.
        """
        found, before = self._without_greeting(text.strip()), ""
        while found != before:
            found, before = self._without_farewell(found), found
        return found if len(_words(found)) >= FEWEST_WORDS else text

    def question(self, text: str) -> str | None:
        """The last question, or else the last sentence; None where no story is around it."""
        sentences = [
            found[0].strip() for found in SENTENCE.finditer(text) if LETTER.search(found[0])
        ]
        asked = [sentence for sentence in sentences if "?" in sentence]
        fewest = FEWEST_AROUND_A_QUESTION if asked else FEWEST_SENTENCES
        last = (asked or sentences or [""])[-1]
        if len(sentences) < fewest or len(_words(last)) < FEWEST_WORDS:
            return None
        return last

    def _without_greeting(self, text: str) -> str:
        part = FIRST_PART.match(text)
        if part and self._is_address(part[0]):
            return text[part.end() :].lstrip()
        words = list(WORD.finditer(text))
        cut = _length([folded(word[0]) for word in words], self.greetings)
        return text[words[cut].start() :] if 0 < cut < len(words) else text

    def _without_farewell(self, text: str) -> str:
        for mark in PART_END.finditer(text):
            rest = text[mark.end() :]
            if "?" not in rest and self._is_address(rest):
                return text[: mark.end()].rstrip(", \n")
        words = list(WORD.finditer(text))
        for length in range(min(LONGEST_FAREWELL, len(words) - 1), 0, -1):
            if " ".join(folded(word[0]) for word in words[-length:]) in self.farewells:
                return text[: words[-length - 1].end()]
        return text

    def _is_address(self, part: str) -> bool:
        words = _words(part)
        known = max(_length(words, self.greetings), _length(words, self.farewells))
        return known > 0 and len(words) <= known + LONGEST_NAME


def _courtesies(
    rows: Sequence[tuple[list[str], str]], wanted: frozenset[str], longest: int
) -> frozenset[str]:
    phrases = {
        " ".join(words)
        for words, label in rows
        if label in wanted and len(words) <= longest and sum(map(len, words)) >= FEWEST_LETTERS
    }
    several = [(words[0], label) for words, label in rows if len(words) > 1]
    first = Counter(word for word, _ in several)
    courteous = Counter(word for word, label in several if label in wanted)
    return frozenset(phrases) | {
        word
        for word, count in courteous.items()
        if count >= SEEN_AT_LEAST and count >= NEARLY_ONLY * first[word]
    }


def _length(words: Sequence[str], courtesies: frozenset[str]) -> int:
    """How many of the first words are a known courtesy."""
    for length in range(min(LONGEST_FAREWELL, len(words)), 0, -1):
        if " ".join(words[:length]) in courtesies:
            return length
    return 0


def _words(text: str) -> list[str]:
    return WORD.findall(folded(text))
