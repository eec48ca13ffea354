"""Rasa's message processor without what it does at every message for a log that nobody reads."""

from __future__ import annotations

import asyncio
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.constants import MAPPING_TYPE, SlotMappingType
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT

from bot.engine.graph_runner import SequentialGraphRunner
from bot.nlu.sentence_encoder import VECTOR, SentenceEncoder

if TYPE_CHECKING:
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.domain import Domain
    from rasa.shared.nlu.training_data.message import Message


class LeanProcessor(MessageProcessor):
    """Understands as Rasa's own does; what it would only have logged is not written out."""

    @classmethod
    def of(cls, processor: MessageProcessor) -> LeanProcessor:
        """The same agent's processor, already loaded, of this kind."""
        own = cls.__new__(cls)
        own.__dict__.update(processor.__dict__)
        own.graph_runner = SequentialGraphRunner.of(processor.graph_runner)
        return own

    @cached_property
    def domain_of_messages(self) -> Domain:
        """The domain with those slots alone that a message fills: actions fill the others.

        Rasa would look at each of them, for every message, whether this one does.
        """
        own = copy(self.domain)
        own.slots = [slot for slot in own.slots if any(map(_fills, slot.mappings))]
        return own

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,  # noqa: FBT001, FBT002 - Rasa's signature
    ) -> dict[str, Any]:
        """What a message means.

        While a vector that was promised is computed, its words are read; then others may run.

        Rasa would also make an empty domain, to see whether ours is empty, before it looks whether
        ours knows the intent and the entities: `tests/house/` sees to that.
        """
        if tracker is None:
            tracker = DialogueStateTracker.from_events(message.sender_id, [])
        inputs = {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: tracker}
        target = self.model_metadata.nlu_target
        promised = (message.metadata or {}).get(VECTOR)
        if promised is None:
            results = self.graph_runner.run(inputs, [target])
        else:
            results = await self.graph_runner.run_until_ready(
                inputs, [target], SentenceEncoder, asyncio.wrap_future(promised)
            )
        understood: Message = results[target][0]
        parsed = {TEXT: "", INTENT: {}, ENTITIES: []} | understood.as_dict(
            only_output_properties=only_output_properties
        )
        self._update_full_retrieval_intent(parsed)
        return parsed

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        """Nothing: Rasa writes out all slots for a log line."""
        del tracker


def _fills(mapping: dict[str, Any]) -> bool:
    """Whether a mapping does something: a custom one does only when it names an action."""
    return bool(mapping.get(MAPPING_TYPE) != str(SlotMappingType.CUSTOM) or mapping.get("action"))
