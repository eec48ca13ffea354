"""spaCy's rules for where words begin and end, one light tokenizer a language.

`spacy.blank("fr")` compiles a pattern of 60,000 characters for words with hyphens, which takes
seconds and tens of megabytes in every process, and `spacy.blank("nl")` learns 4,600 abbreviations.
Understanding and the search for phrases need neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spacy.lang.char_classes import ALPHA
from spacy.lang.lex_attrs import LEX_ATTRS
from spacy.lang.punctuation import TOKENIZER_INFIXES, TOKENIZER_PREFIXES, TOKENIZER_SUFFIXES
from spacy.lang.tokenizer_exceptions import BASE_EXCEPTIONS, URL_MATCH
from spacy.symbols import IS_SPACE, LOWER, ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

from bot.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

# l'entreprise, qu'on: in French the elided word ends behind its apostrophe.
_INFIXES_TOO: Final[Mapping[str, tuple[str, ...]]] = {
    "fr": (rf"(?<=[{ALPHA}]['’])(?=[{ALPHA}])",),
}
# kmo's, 't is, m'n: in Dutch the apostrophe is part of the word.
_SUFFIXES_NOT: Final[Mapping[str, frozenset[str]]] = {
    "nl": frozenset({"'s", "'S", "’s", "’S"}),
}
# What is looked up of a word; each of spaCy's twenty others would be computed for every new word.
_KNOWN_OF_WORDS: Final = {name: LEX_ATTRS[name] for name in (IS_SPACE, LOWER)}
_WHOLE: Final[Mapping[str, tuple[str, ...]]] = {
    "nl": ("'t", "'n", "'s", "’t", "’n", "’s"),
}


def make_tokenizer(code: str) -> Tokenizer:
    """Make a tokenizer of a language we speak; not for several threads at once."""
    spoken = LANGUAGES[code].spacy
    unwanted = _SUFFIXES_NOT.get(spoken, frozenset())
    suffixes = [suffix for suffix in TOKENIZER_SUFFIXES if suffix not in unwanted]
    infixes = (*TOKENIZER_INFIXES, *_INFIXES_TOO.get(spoken, ()))
    return Tokenizer(
        Vocab(lex_attr_getters=_KNOWN_OF_WORDS),
        rules=BASE_EXCEPTIONS | {word: [{ORTH: word}] for word in _WHOLE.get(spoken, ())},
        prefix_search=compile_prefix_regex(TOKENIZER_PREFIXES).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        url_match=URL_MATCH,
    )
