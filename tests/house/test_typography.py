"""How the words are set and chosen: typography, usage, and no slip of the documents."""

from __future__ import annotations

import re
from typing import Final

import pytest

from bot.languages import LANGUAGES
from tests.house.shown import DATA, shown

SLIPS: Final = ["projectroep", "uitbesteding van aan", "Dienst Europe ", "Europe dienst"]

# Said otherwise in Belgium, or too familiar.
NOT_OURS: Final = {
    "nl": r"\b(mkb|fte|fte’s|zzp|zzp’er|je|jij|jou|jouw|jullie|ge|gij)\b",
    "fr": r"\b(TPE|auto-entrepreneur|micro-entreprise|tu|toi|te|ton|ta|tes)\b",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_typography_of_every_language(language: str) -> None:
    """Curved apostrophes and quotation marks, single spaces, none before a comma or a stop."""
    flaw = re.compile(r"['\"]|\.\.\.|  | [.,]|^\s|\s$|\w[“«]")

    assert {at: text for at, text in shown(language).items() if flaw.search(text)} == {}


def test_typography_of_french() -> None:
    """A space that holds on before : ; ? ! » % and after «, and inside numbers."""
    before = r"(?<!\u00a0)[;?!»%]|(?<!\u00a0):(?!//)"
    flaw = re.compile(rf"{before}|«(?!\u00a0)|[“”„]|\d[ .]\d")

    assert {at: text for at, text in shown("fr").items() if flaw.search(text)} == {}


def test_typography_of_dutch() -> None:
    """No space before a mark but the per cent sign, and no French quotation marks."""
    flaw = re.compile(r"\s[:;?!]|[«»]|\d[ ]?%|\d[ .]\d")

    assert {at: text for at, text in shown("nl").items() if flaw.search(text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_begins_with_a_capital(language: str) -> None:
    """Also when it begins with a fact; items of a list and addresses go on in small letters."""
    flaw = re.compile(r"(?:^|\n|[.?!]\s+)(?!https?:)[a-zà-ÿ]")

    assert {at: text for at, text in shown(language).items() if flaw.search(text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_usage_is_belgian_and_formal(language: str) -> None:
    """Words of the neighbours, and familiar forms, are not ours."""
    flaw = re.compile(NOT_OURS[language])

    assert {at: text for at, text in shown(language).items() if flaw.search(text)} == {}


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_of_the_documents_are_not_repeated(slip: str) -> None:
    """Neither in the texts nor in the facts, quotes included."""
    files = [DATA / "facts.yml", *(DATA / "texts").glob("*.yml")]

    assert [file.name for file in files if slip in file.read_text(encoding="utf-8")] == []
