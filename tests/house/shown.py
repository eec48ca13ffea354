"""What a visitor can read, from the product's own files: the ground of the checks of its words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.facts.calls import PHASES, Facts
from bot.languages import LANGUAGES
from bot.texts.rendering import RUNTIME_VALUES, Texts

if TYPE_CHECKING:
    from bot.facts.calls import Phase
    from bot.texts.rendering import Rendered

DATA: Final = Path(__file__).parents[2] / "data"
FACTS: Final = Facts.load(DATA / "facts.yml")
TEXTS: Final = Texts.load(DATA / "texts", FACTS)
CALL: Final = FACTS.calls[0]

FAQ: Final = [name for name in TEXTS.responses if name.startswith("utter_faq/")]
DECLINED: Final = [name for name in TEXTS.responses if name.startswith("utter_declined_")]
SPOKEN: Final = [name for name, one in TEXTS.responses.items() if set(one.words) == set(LANGUAGES)]
PARTS: Final = {
    name: one
    for name, response in TEXTS.responses.items()
    for name, one in ((name, response), (f"{name} > more", response.more))
    if one is not None
}

MAXIMUM_WORDS: Final = 80
MAXIMUM_LABEL: Final = 40


def render(name: str, language: str, phase: Phase) -> Rendered:
    """Render a text as a visitor sees it."""
    values = dict.fromkeys(RUNTIME_VALUES, 90)
    return TEXTS.render(name, language, phase, values, CALL)


def shown(language: str) -> dict[str, str]:
    """Return everything a visitor can read in a language, by where it comes from."""
    found = {}
    for phase in PHASES:
        for name in SPOKEN:
            rendered = render(name, language, phase)
            found[f"{name} {phase}"] = rendered.text
            if rendered.more:
                found[f"{name} {phase} more"] = rendered.more.text
        for name in TEXTS.labels:
            found[f"{name} {phase} label"] = TEXTS.label(name, language, phase)
    for name, source in FACTS.sources.items():
        found[f"{name} title"] = source.in_language(language).title
    return found


def words(text: str) -> int:
    """Count words as a reader does: dashes of a list are none."""
    return len([word for word in text.split() if any(char.isalnum() for char in word)])
