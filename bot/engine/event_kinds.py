"""Which kind of event something is, told quickly: a long conversation holds thousands of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from rasa.shared.core.events import Event

_LOOKED_FOR: Final = Event.resolve_by_type


def is_kind(event: Any, *kinds: Any) -> bool:
    """Whether an event is of one of these kinds.

    `isinstance` asks Rasa's classes, which are abstract ones, and they think about it each time.
    """
    kind: Any = type(event)
    return _is_made_from(kind, kinds)


@lru_cache(maxsize=256)
def _is_made_from(kind: Any, kinds: tuple[Any, ...]) -> bool:
    return issubclass(kind, kinds)


def remember_kinds() -> None:
    """Have Rasa remember the classes; it looks through all of them for every single event."""
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=64)(_LOOKED_FOR))
