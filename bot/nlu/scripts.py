"""Which writing a text is in: we read Latin letters only, in whatever language."""

from __future__ import annotations

import re
import unicodedata

_SURELY_LATIN = re.compile("[\x00-\xb4\xb6-\u024f]*")  # micro is a Greek letter
FEWEST_LETTERS = 2  # one Greek letter is a sign, not a language


def in_other_script(text: str) -> bool:
    """Whether most letters are no Latin ones (Arabic, Hebrew, Cyrillic, Greek, Chinese ...).

    A name in another script inside a Dutch or French sentence does not make it so. Letters in
    fancy dress (full width, mathematical bold) count as what they are.
    """
    if _SURELY_LATIN.fullmatch(text):
        return False
    letters = [letter for letter in unicodedata.normalize("NFKC", text) if letter.isalpha()]
    other = sum("LATIN" not in unicodedata.name(letter, "") for letter in letters)
    return other >= FEWEST_LETTERS and 2 * other > len(letters)
