"""Step 3 of understanding, the engine: a text as the numbers of the pieces the encoder knows.

The rules of the encoder's tokenizer.json (SentencePiece, unigram), read here because the library
made for them takes 35 MB for it. tests/bot/encoder/test_pieces.py holds both to the same numbers.
"""

from __future__ import annotations

import json
import re
from array import array
from base64 import b64decode
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORD_START: Final = "\u2581"
_UNKNOWN_PENALTY: Final = 10.0  # below the least likely piece, as SentencePiece does it
_REMEMBERED: Final = 2048  # words whose pieces are kept
# A letter with what is drawn on it: together they may have a form of their own ("é").
_DRAWN_ON: Final = (
    "\u0300-\u036f\u1ab0-\u1ace\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
    "\U0001f3fb-\U0001f3ff"
)
_NOTHING_TO_DRAW_ON: Final = (
    "\0-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
)
_CLUSTER: Final = re.compile(f"[^{_NOTHING_TO_DRAW_ON}][{_DRAWN_ON}]+")
_LONGEST_CLUSTER: Final = 5  # bytes; longer ones are read letter by letter
_SPACES: Final = re.compile(" {2,}")


class Pieces:
    """Cuts texts into the known pieces that are together the most likely."""

    def __init__(self, path: Path) -> None:
        """Read the description of a tokenizer.

        Raises:
            ValueError: it is no description, or of a kind that is not read here.
        """
        try:
            described = json.loads(path.read_text("utf-8"))
            model = described["model"]
            charsmap, spaces = described["normalizer"]["normalizers"]
            if (model["type"], described["pre_tokenizer"]["type"], spaces["pattern"]) != (
                "Unigram",
                "Metaspace",
                {"Regex": _SPACES.pattern},
            ):
                raise ValueError("it describes another kind of tokenizer")
            self._forms = _Forms(b64decode(charsmap["precompiled_charsmap"]))
            vocabulary = model["vocab"]
            special = [token["content"] for token in described["added_tokens"]]
        except (KeyError, TypeError) as error:
            raise ValueError(f"{path} is no tokenizer that can be read: {error!r}") from error
        self._numbers = {piece: number for number, (piece, _) in enumerate(vocabulary)}
        self._scores = array("d", (score for _, score in vocabulary))
        self._longest = max(map(len, self._numbers))
        self.unknown: int = model["unk_id"]
        self._unknown_score = min(self._scores) - _UNKNOWN_PENALTY
        self._start, self._end = self._numbers["<s>"], self._numbers["</s>"]
        self._special = re.compile(f"({'|'.join(map(re.escape, special))})")
        self._cut = lru_cache(_REMEMBERED)(self._most_likely)

    def numbers(self, text: str, most: int) -> list[int]:
        """The numbers of the text's pieces, at most so many with the marks of start and end."""
        found: list[int] = []
        for word in self._words(text):
            found += (self._numbers[word],) if self._special.fullmatch(word) else self._cut(word)
            if len(found) >= most:
                break
        return [self._start, *found[: most - 2], self._end]

    def _words(self, text: str) -> Iterator[str]:
        """The words, each with the mark of a word's start; special pieces stand alone."""
        for part in self._special.split(text):
            if self._special.fullmatch(part):
                yield part
                continue
            plain = _SPACES.sub(" ", self._forms.plain(part)).replace(" ", WORD_START)
            if plain:
                marked = plain if plain.startswith(WORD_START) else WORD_START + plain
                for word in marked.split(WORD_START)[1:]:
                    yield WORD_START + word

    def _most_likely(self, word: str) -> tuple[int, ...]:
        length = len(word)
        best = [0.0] + [float("-inf")] * length
        pieces: list[tuple[int, int]] = [(0, 0)] * (length + 1)  # number, and where it begins
        for start in range(length):
            here = best[start]
            for end in range(start + 1, min(start + self._longest, length) + 1):
                number = self._numbers.get(word[start:end])
                if number is not None and here + self._scores[number] > best[end]:
                    best[end], pieces[end] = here + self._scores[number], (number, start)
            if word[start] not in self._numbers and here + self._unknown_score > best[start + 1]:
                best[start + 1] = here + self._unknown_score
                pieces[start + 1] = (self.unknown, start)
        return tuple(self._backwards(pieces))[::-1]

    def _backwards(self, pieces: list[tuple[int, int]]) -> Iterator[int]:
        end, after = len(pieces) - 1, -1
        while end:
            number, end = pieces[end]
            if not number == after == self.unknown:  # unknown neighbours are one unknown piece
                yield number
            after = number


class _Forms(dict[int, str]):
    """Characters by the plain form they are read in: "ﬁ" as "fi", a tab as a blank."""

    def __init__(self, charsmap: bytes) -> None:
        """Read SentencePiece's table: a trie of bytes (Darts), then the forms."""
        super().__init__()
        size = int.from_bytes(charsmap[:4], "little")
        self._trie = array("I", charsmap[4 : 4 + size])
        self._forms = charsmap[4 + size :]

    def plain(self, text: str) -> str:
        """The text in plain forms."""
        if not text.isascii():
            text = _CLUSTER.sub(self._cluster, text)
        return text.translate(self)

    def __missing__(self, character: int) -> str:
        form = self._form(chr(character).encode("utf-8", "replace"))
        self[character] = found = chr(character) if form is None else form
        return found

    def _cluster(self, match: re.Match[str]) -> str:
        spelled = match[0].encode("utf-8", "replace")
        form = self._form(spelled) if len(spelled) <= _LONGEST_CLUSTER else None
        return match[0] if form is None else form

    def _form(self, spelled: bytes) -> str | None:
        """The form of the first part of these bytes that has one."""
        at = _offset(self._trie[0])
        for byte in spelled:
            at ^= byte
            if at >= len(self._trie):
                return None
            unit = self._trie[at]
            if unit & 0x800000FF != byte:
                return None
            at ^= _offset(unit)
            if unit >> 8 & 1:
                begins = self._trie[at] & 0x7FFFFFFF
                ends = self._forms.index(b"\0", begins)
                return self._forms[begins:ends].decode("utf-8")
        return None


def _offset(unit: int) -> int:
    return unit >> 10 << ((unit & 0x200) >> 6)
