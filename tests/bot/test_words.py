from __future__ import annotations

import pytest

from bot.languages import LANGUAGES
from bot.words import make_tokenizer


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("nl", "Wat is 't e-mailadres?", ["Wat", "is", "'t", "e", "-", "mailadres", "?"]),
        ("nl", "kmo's (max. 49,5%)", ["kmo's", "(", "max", ".", "49,5", "%", ")"]),
        ("nl", "m’n zaak", ["m’n", "zaak"]),
        ("nl", "mail jan@bakkerij.be", ["mail", "jan@bakkerij.be"]),
        ("fr", "l'entreprise qu’on crée", ["l'", "entreprise", "qu’", "on", "crée"]),
        ("fr", "« L'État »", ["«", "L'", "État", "»"]),
        ("fr", "voir https://x.be/a.", ["voir", "https://x.be/a", "."]),
    ],
)
def test_words(language: str, text: str, words: list[str]) -> None:
    assert [token.text for token in make_tokenizer(language)(text)] == words


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_no_character_is_lost(language: str) -> None:
    text = "  D'accord… 👍 'k weet 't niet!\n(a/b) €5.000,- "

    assert make_tokenizer(language)(text).text == text


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_words_know_their_lower_case(language: str) -> None:
    assert [token.lower_ for token in make_tokenizer(language)("KMO ÉTÉ")] == ["kmo", "été"]
