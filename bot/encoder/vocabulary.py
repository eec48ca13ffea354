"""Step 2 of making the encoder: keep the pieces that Dutch, French, German and English need.

The model knows some hundred languages in 250,037 pieces, which are six sevenths of its weight.
A piece stays when frequent words of the four languages use it, when our own examples do, when it
is a frequent piece in Latin letters, or when it is a single character that such text may hold:
with those, any text in Latin letters can still be cut into known pieces.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

from tokenizers import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable

SPECIAL = 4  # <s> <pad> </s> <unk>: the first four pieces, always kept
FREQUENT_WORDS = {"nl": 40_000, "fr": 40_000, "de": 20_000, "en": 20_000}
IN_CAPITALS = 3_000  # of the most frequent words, also as visitors shout them
FREQUENT_PIECES = 30_000  # pieces are numbered by frequency over all languages
LAST_CHARACTER = 0x2C00  # scripts of Europe, punctuation, currencies, arrows, signs
EMOJI = range(0x1F300, 0x1FB00)
WORD_START = "\u2581"


def word_forms(words: list[str]) -> list[str]:
    """The words as they stand in text: plain, at a sentence's start, after l' or d', shouted."""
    return [
        *words,
        *(word.capitalize() for word in words),
        *("'" + word for word in words),
        *(word.upper() for word in words[:IN_CAPITALS]),
    ]


def frequent_words() -> list[str]:
    """The most frequent words of the four languages, in all their forms."""
    # Installed only where the encoder is made.
    from wordfreq import top_n_list  # type: ignore[import-not-found]

    forms = []
    for language, count in FREQUENT_WORDS.items():
        forms += word_forms(top_n_list(language, count))
    return forms


def chosen_pieces(description: dict[str, Any], texts: Iterable[str]) -> list[int]:
    """The numbers of the pieces to keep, ascending; the special ones come first."""
    pieces = [piece for piece, _score in description["model"]["vocab"]]
    tokenizer = Tokenizer.from_str(json.dumps(description))
    kept = set(range(SPECIAL))
    for encoding in tokenizer.encode_batch(list(texts)):
        kept.update(encoding.ids)
    kept.update(
        number for number, piece in enumerate(pieces) if _stays(number, piece.strip(WORD_START))
    )
    return sorted(number for number in kept if pieces[number] != "<mask>")


def pruned(description: dict[str, Any], kept: list[int]) -> dict[str, Any]:
    """The tokenizer's description with only the kept pieces, numbered anew from 0."""
    model = dict(description["model"])
    model["vocab"] = [description["model"]["vocab"][number] for number in kept]
    special = [token for token in description["added_tokens"] if token["id"] < SPECIAL]
    return {**description, "added_tokens": special, "model": model}


def _stays(number: int, text: str) -> bool:
    if len(text) <= 1:
        return not text or ord(text) < LAST_CHARACTER or ord(text) in EMOJI
    return number < FREQUENT_PIECES and all(
        unicodedata.name(character, "").startswith("LATIN") for character in text
    )
