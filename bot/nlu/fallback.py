"""Step 5 of understanding: sure, unsure, or out of scope.

After the classifier. A sure message keeps its intent. An unsure one becomes `nlu_fallback` and
keeps its ranking, from which "did you mean" takes its choices. What nobody here can answer, a
language we do not speak, letters we do not read, and a message without letter, digit or emoji
become `out_of_scope`.
"""

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.catalogue_classifier import THRESHOLDS
from bot.nlu.decision import OUT_OF_SCOPE, Outcome, decide, says_nothing
from bot.nlu.language_identifier import OTHER, SCRIPT

UNSURE = "nlu_fallback"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class Fallback(GraphComponent):
    """Replaces the intent where answering would be a guess."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Fallback":
        """Nothing to train: the thresholds come with the classifier's model."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Judge each message that has a text."""
        for message in messages:
            if message.get(TEXT):
                _apply(message, outcome_of(message))
        return messages


def outcome_of(message: Message) -> Outcome:
    """What the classifier's ranking, the text and the language together ask for."""
    if says_nothing(message.get(TEXT)):
        return Outcome.OUT_OF_SCOPE
    if any(entity["entity"] in (OTHER, SCRIPT) for entity in message.get(ENTITIES) or []):
        return Outcome.OUT_OF_SCOPE
    thresholds = message.get(THRESHOLDS)
    if thresholds is None:
        raise RuntimeError(
            f"{message.get(TEXT)!r} has not been classified: CatalogueClassifier must stand "
            "before Fallback in config.yml."
        )
    ranking = [(row["name"], row["confidence"]) for row in message.get("intent_ranking")]
    return decide(ranking, thresholds)


def _apply(message: Message, outcome: Outcome) -> None:
    if outcome is Outcome.SURE:
        return
    name = UNSURE if outcome is Outcome.UNSURE else OUT_OF_SCOPE
    shares = {row["name"]: row["confidence"] for row in message.get("intent_ranking") or []}
    # Unsure: the confidence is that no single label is meant clearly enough.
    confidence = shares.get(name, 1.0) if name == OUT_OF_SCOPE else 1 - max(shares.values())
    message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)
    message.set("response_selector", {}, add_to_output=True)
