"""Which questions of the eligibility check a message has already answered."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.answers.reading import Entity, Value

# The question that an entity answers, for those whose names differ.
QUESTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"percentage": "outsourcing_share", "headcount": "fte"}
)
_NO_ANSWER: Final = frozenset({"email", "country"})


def answers_in(entities: Iterable[Entity]) -> dict[str, Value]:
    """Return the answers by their questions.

    Only what visitors say of themselves counts, and only where they say one thing.
    """
    said: dict[str, set[Value]] = {}
    for entity in entities:
        if entity.asserted and entity.entity not in _NO_ANSWER:
            question = QUESTIONS.get(entity.entity, entity.entity)
            said.setdefault(question, set()).add(entity.value)
    return {question: values.pop() for question, values in said.items() if len(values) == 1}
