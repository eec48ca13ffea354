"""Cyrillic and Greek letters that look like Latin ones: a word that mixes them is a disguise."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

# Each pair of lines: the letters as they are, and the Latin letters they look like.
_CYRILLIC: Final = "аеорсухіјѕһԁԛԝԍьАВЕКМНОРСТУХІЈЅҺԌԚԜ"
_LIKE_CYRILLIC: Final = "aeopcyxijshdqwgbABEKMHOPCTYXIJSHGQW"
_GREEK: Final = "αοιυνρκχΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳ"
_LIKE_GREEK: Final = "aoiuvpkxABEZHIKMNOPTYXcj"

LATIN_TWINS: Final = MappingProxyType(
    str.maketrans(_CYRILLIC + _GREEK, _LIKE_CYRILLIC + _LIKE_GREEK)
)
