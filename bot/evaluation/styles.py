"""How our examples are written, by simple marks that a program can see. Pure.

Marks overlap and are rough: they show a style that is missing, not a style's exact share.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.nlu.spelling import WORD, Spelling, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TERSE, LONG = 4, 20  # words: at most, at least
SHORT_SHOUT = 4  # letters: "KMO?" is an abbreviation, not a shout
ASKING = re.compile(
    r"\?|^(wa|wat|wie|waar|wanneer|hoe|waarom|welke?|hoeveel|kan|kunnen|mag|mogen|is|zijn|moet|"
    r"qui|que|quoi|quand|comment|pourquoi|quel|quelle|quels|quelles|combien|ou|est|peut|"
    r"faut|c koi)\b"
)
COLLOQUIAL = re.compile(
    r"\b(ge|gij|gulder|da|ni|nie|nen|ne|ne keer|efkes|wa|tis|kheb|zenne|amai|allez|hein|dites|"
    r"septante|nonante|j'sais|jsais|chais|y a|ouais|ben|une fois|c'est koi|ct|bah)\b"
)
ABBREVIATED = re.compile(
    r"\b(wrm|wnr|mss|aub|svp|stp|bjr|slt|pk|pq|qd|tt|ds|pr|vr|mn|srry|pls|jsp)\b"
)
POLITE = re.compile(r"\b(gelieve|geachte|hoogachtend|veuillez|je vous prie|auriez-vous|madame)\b")


def styles(spelling: Spelling) -> Mapping[str, Callable[[str], bool]]:
    """Each style's name and the test for it; `spelling` knows the usual words."""
    return {
        "terse (1-4 words)": lambda text: len(text.split()) <= TERSE,
        "long (20 words or more)": lambda text: len(text.split()) >= LONG,
        "a remark, not a question": _remark,
        "colloquial words": lambda text: bool(COLLOQUIAL.search(text.lower())),
        "chat abbreviations": lambda text: bool(ABBREVIATED.search(text.lower())),
        "formal words": lambda text: bool(POLITE.search(text.lower())),
        "no capital, no full stop": lambda text: text == text.lower() and text[-1:] not in ".?!",
        "all capitals": lambda text: text.isupper() and len(text) > SHORT_SHOUT,
        "a word that looks misspelt": lambda text: spelling.repaired(text) != folded(text),
    }


def style_shares(texts: Sequence[str], spelling: Spelling) -> dict[str, float]:
    """The share of the texts that shows each style."""
    return {
        name: sum(map(test, texts)) / max(len(texts), 1) for name, test in styles(spelling).items()
    }


def _remark(text: str) -> bool:
    enough = len(WORD.findall(text)) > TERSE
    return enough and not ASKING.search(folded(text))
