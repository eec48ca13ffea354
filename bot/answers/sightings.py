"""Something found among the words of a message, before it becomes an entity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answers.folded_text import FoldedText
    from bot.answers.reading import Value

from bot.answers.reading import Entity


@dataclass(frozen=True)
class Sighting:
    """What was named by the words from start up to end, and whether it is said of oneself.

    In a message that is a bare list, such as "vzw uit Gent", all is said of oneself; except what
    only describes (`describes`): the bakers of "federatie van bakkers".
    """

    entity: str
    value: Value
    start: int
    end: int
    asserted: bool
    describes: bool = False

    def as_entity(self, folded: FoldedText, *, bare: bool) -> Entity:
        """Return the entity, with its place in the message as it was typed."""
        start, end, text = folded.typed(self.start, self.end)
        asserted = self.asserted or (bare and not self.describes)
        return Entity(self.entity, self.value, start, end, text, asserted)
