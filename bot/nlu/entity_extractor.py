"""Step 5 of understanding: what a message names, read by rules (bot/answers/).

Percentages, head counts, kinds of organisation, places, regions, themes, e-mail addresses ... Each
entity says whether the visitor claims it of himself.
"""

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.answers import read_entities, warm_up


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class AnswerExtractor(GraphComponent):
    """Adds what the message names to its entities."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "AnswerExtractor":
        """Load the word lists now, so that no visitor waits for them."""
        warm_up()
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Read every message in both languages: visitors mix them."""
        for message in messages:
            found = [
                {
                    "entity": one.entity,
                    "value": one.value,
                    "start": one.start,
                    "end": one.end,
                    "asserted": one.asserted,
                    "extractor": type(self).__name__,
                }
                for one in read_entities(message.get(TEXT) or "", None)
            ]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages
