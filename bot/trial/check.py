"""A visitor who goes through the eligibility check by typing, to the verdict."""

from __future__ import annotations

import time
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.languages import LANGUAGES
from bot.trial.client import Client, Visit
from bot.trial.server import TrialError, milliseconds_since

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECK: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "nl": (
            "Zouden wij in aanmerking gekomen zijn?",
            "we wilden een project indienen",
            "een vzw",
            "in Leuven",
            "expertise uitbesteed, de rest zelf",
            "een derde",
            "thema 3",
            "ja, dat klopt",
        ),
        "fr": (
            "Est-ce que nous aurions rempli les conditions ?",
            "nous voulions introduire un projet",
            "une ASBL",
            "à Charleroi",
            "expertise sous-traitée, le reste en interne",
            "un tiers",
            "thème 3",
            "oui, c'est ça",
        ),
    }
)


def check_milliseconds(url: str, checks: int) -> list[float]:
    """Go through so many checks, one after the other, in each language in turn.

    Returns the time of each turn.

    Raises:
        TrialError: a check did not end in a verdict.
    """
    times: list[float] = []
    languages = list(LANGUAGES)
    for number in range(checks):
        language = languages[number % len(languages)]
        client = Client(url)
        try:
            visit = Visit(client, language)
            for said in CHECK[language]:
                started = time.perf_counter()
                visit.say(said)
                times.append(milliseconds_since(started))
        finally:
            client.close()
        if "verdict" not in visit.last[-1]:
            raise TrialError(f"The check in '{language}' ended in {visit.last[-1]['text']!r}.")
    return times
