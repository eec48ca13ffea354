"""Conversations written as data (README.md), expanded: one for each language, phrasing and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import yaml

from bot.languages import LANGUAGES
from tests.conftest import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

_STORY_KEYS: Final = {"story", "fails", "language", "today", "page", "steps"}
_ACTS: Final = {"user", "choice", "switch_language"}  # what a visitor does
_STEP_KEYS: Final = {
    "user": {"user", "intent", "language", "answered_in", "refused"},
    "choice": {"choice", "answered_in"},
    "switch_language": {"switch_language"},
    "bot": {"bot"},
    "action": {"action"},
    "slot_was_set": {"slot_was_set"},
    "outbox": {"outbox"},
}


class StoryError(ValueError):
    """A story that cannot be played; says which, why, and what to write instead."""


@dataclass(frozen=True)
class Story:
    """One conversation in one language, on one day, with one phrasing of each message."""

    id: str
    language: str
    today: date
    page: str | None
    fails: str | None  # why it is known to fail
    steps: tuple[dict[str, Any], ...]


def read_stories(folder: Path) -> list[Story]:
    """Every conversation of the folder's files; a misspelt key is a StoryError."""
    stories: list[Story] = []
    for file in sorted(folder.glob("*.yml")):
        for written in yaml.safe_load(file.read_text("utf-8"))["stories"]:
            stories += _expanded(written, file.stem)
    twice = {one.id for one in stories if sum(one.id == other.id for other in stories) > 1}
    if twice:
        raise StoryError(f"Two stories are called {min(twice)!r}: rename one of them.")
    return stories


def in_language(value: Any, language: str) -> Any:
    """What a mapping by language holds for one language; anything else stands for all."""
    if isinstance(value, dict) and value and set(value) <= set(LANGUAGES):
        if language not in value:
            raise StoryError(f"{value!r} lacks its words in {language!r}: write them.")
        return value[language]
    return value


def _expanded(written: dict[str, Any], file: str) -> Iterator[Story]:
    name = f"{file}: {written.get('story', 'nameless')}"
    _check(written, name)
    days = written.get("today", DAY)
    for language in [written["language"]] if "language" in written else list(LANGUAGES):
        for day in days if isinstance(days, list) else [days]:
            for place in range(_phrasings(written["steps"], language)):
                yield Story(
                    f"{name} - {language}"
                    + (f" {day}" if isinstance(days, list) else "")
                    + (f" ({place + 1})" if _phrasings(written["steps"], language) > 1 else ""),
                    language,
                    day,
                    written.get("page"),
                    written.get("fails"),
                    tuple(_chosen(step, place) for step in written["steps"]),
                )


def _phrasings(steps: list[dict[str, Any]], language: str) -> int:
    """How many conversations the lists of phrasings make; the longest list counts."""
    lengths = [1]
    for step in steps:
        said = step.get("user")
        words = said.get(language) if isinstance(said, dict) else said
        lengths.append(len(words) if isinstance(words, list) else 1)
    return max(lengths)


def _chosen(step: dict[str, Any], place: int) -> dict[str, Any]:
    """The step with one phrasing of each list: that of the place, or the list's last."""

    def one(words: Any) -> Any:
        return words[min(place, len(words) - 1)] if isinstance(words, list) else words

    if "user" not in step:
        return step
    said = step["user"]
    chosen = {code: one(words) for code, words in said.items()} if isinstance(said, dict) else said
    return step | {"user": one(chosen)}


def _check(written: dict[str, Any], name: str) -> None:
    unknown = set(written) - _STORY_KEYS
    if unknown or "steps" not in written:
        raise StoryError(f"{name} has {sorted(written)}: write {sorted(_STORY_KEYS)}.")
    previous: set[str] = set()
    for place, step in enumerate(written["steps"], 1):
        kinds = set(step) & set(_STEP_KEYS)
        if len(kinds & set(_STEP_KEYS)) != 1 or set(step) - _STEP_KEYS[min(kinds)]:
            raise StoryError(
                f"{name}, step {place} has {sorted(step)}: see README.md for the keys."
            )
        if isinstance(step.get("user"), dict) and set(step["user"]) - set(LANGUAGES):
            raise StoryError(f"{name}, step {place}: {step['user']} is not by language; quote it.")
        if previous & _ACTS and "bot" not in step:
            raise StoryError(f"{name}, step {place}: what the assistant says must come next.")
        previous = set() if "refused" in step else set(step)
    if previous & _ACTS:
        raise StoryError(f"{name}: its last step must say what the assistant answers.")
