"""A component of a pipeline that learns from the examples alone, and tells in which process."""

import os
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class Aside(GraphComponent):
    """Stores the number of the process that trained it; or fails, when told to."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Keep what training needs."""
        self._config, self._storage, self._resource = config, storage, resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Aside":
        """One that is not trained."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn nothing."""
        if self._config.get("fails"):
            raise ValueError("no words for this language")
        with self._storage.write_to(self._resource) as directory:
            (directory / "process").write_text(str(os.getpid()), "utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave the messages as they are."""
        return messages
