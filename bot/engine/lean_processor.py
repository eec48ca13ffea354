"""Rasa's message processor without what it does at every message for a log that nobody reads."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.constants import MAPPING_TYPE, SlotMappingType
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT

from bot.engine.graph_runner import SequentialGraphRunner
from bot.nlu.catalogue_classifier import CatalogueClassifier
from bot.nlu.sentence_encoder import IN_STEPS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import numpy as np
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.domain import Domain
    from rasa.shared.nlu.training_data.message import Message

    from bot.nlu.catalogue_model import CatalogueModel


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

        Rasa would also make an empty domain, to see whether ours is empty, before it looks whether
        ours knows the intent and the entities: `tests/house/` sees to that.
        """
        target = self.model_metadata.nlu_target
        results = self.graph_runner.run(_inputs(message, tracker), [target])
        return self._parsed(results[target][0], only_output_properties=only_output_properties)

    async def parse_in_steps(
        self, message: UserMessage, compare: Callable[[str], Awaitable[np.ndarray]]
    ) -> dict[str, Any]:
        """The same; `compare` is asked for the meaning scores of a part of the text, one by one.

        The words are read before the first ones are waited for. Meanwhile others may run.
        """
        message.metadata = (message.metadata or {}) | {IN_STEPS: True}
        target = self.model_metadata.nlu_target
        results = await self.graph_runner.run_in_steps(_inputs(message), [target], compare)
        return self._parsed(results[target][0], only_output_properties=True)

    @cached_property
    def catalogue(self) -> CatalogueModel:
        """What the classifier has learned."""
        return self.graph_runner.component(CatalogueClassifier).model

    def _parsed(self, understood: Message, *, only_output_properties: bool) -> dict[str, Any]:
        parsed = {TEXT: "", INTENT: {}, ENTITIES: []} | understood.as_dict(
            only_output_properties=only_output_properties
        )
        self._update_full_retrieval_intent(parsed)
        return parsed

    @staticmethod
    def _log_slots(tracker: DialogueStateTracker) -> None:
        """Nothing: Rasa writes out all slots for a log line."""
        del tracker


def _inputs(message: UserMessage, tracker: DialogueStateTracker | None = None) -> dict[str, Any]:
    if tracker is None:
        tracker = DialogueStateTracker.from_events(message.sender_id, [])
    return {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: tracker}


def _fills(mapping: dict[str, Any]) -> bool:
    """Whether a mapping does something: a custom one does only when it names an action."""
    return bool(mapping.get(MAPPING_TYPE) != str(SlotMappingType.CUSTOM) or mapping.get("action"))
