"""Step 4 of understanding: which entry of the catalogue a message means.

One flat classifier over the full labels (`faq/deadline`, `greet` ...), both languages together.
It fills Rasa's `intent`, `intent_ranking` and `response_selector` as ResponseSelector would; the
confidence is a calibrated probability. What is done about it is decided by the next step.
"""

from functools import partial
from typing import Any, Dict, Generator, List, Optional, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder.runtime import committed_encoder
from bot.nlu.catalogue_model import CatalogueModel, answered
from bot.nlu.code import code_fingerprint
from bot.nlu.decision import RANKING_LENGTH
from bot.nlu.sentence_encoder import SentenceEncoder, encode
from bot.settings import PROJECT

RETRIEVAL_INTENT = "faq"
SOLUTION = "kernel_solution"  # in the file's name, before the encoder's checksum
THRESHOLDS = "decision_thresholds"  # rides on the message to the fallback; not shown outside


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class CatalogueClassifier(GraphComponent, IntentClassifier):
    """Predicts the full catalogue label and ranks the others."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Where the last training's solution is kept; all else is chosen on the examples."""
        return {"kept_in": ".cache"}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """Train again when any module of the understanding changed."""
        return code_fingerprint()

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "CatalogueClassifier":
        """A classifier that still has to be trained."""
        return cls(config, model_storage, resource)

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[CatalogueModel] = None,
    ) -> None:
        """Keep the configuration and, once trained, the model."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples of both languages and choose the thresholds."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        texts = [e.get(TEXT) for e in examples]
        labels = [e.get_full_intent() for e in examples]
        vectors = np.stack([_vector(e) for e in examples])
        kept = (
            PROJECT / self._config["kept_in"] / f"{SOLUTION}_{committed_encoder().fingerprint}.npz"
        )
        self._model = CatalogueModel.train(texts, vectors, labels, kept=kept)
        with self._model_storage.write_to(self._resource) as directory:
            self._model.save(directory)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "CatalogueClassifier":
        """Read the trained model back."""
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, CatalogueModel.load(directory))

    @property
    def model(self) -> CatalogueModel:
        """What was learned.

        Raises:
            RuntimeError: nothing was learned yet.
        """
        if self._model is None:
            raise RuntimeError("The classifier was used before it was trained: run make train.")
        return self._model

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent, ranking and response selector of each message that has a text."""
        for message in messages:
            answered(self.in_steps([message]), partial(self._meaning_scores, message))
        return messages

    def in_steps(self, messages: List[Message]) -> Generator[Text, np.ndarray, List[Message]]:
        """Do the same step by step: yields a part of a text and is sent its meaning scores."""
        for message in messages:
            if message.get(TEXT):
                ranking = yield from self.model.in_steps(message.get(TEXT))
                set_ranking(message, ranking[:RANKING_LENGTH])
                message.set(THRESHOLDS, self.model.thresholds)
        return messages

    def _meaning_scores(self, message: Message, part: Text) -> np.ndarray:
        vector = _vector(message) if part == message.get(TEXT) else encode(part)
        return self.model.meaning_scores(vector)


def set_ranking(message: Message, ranking: List[Any]) -> None:
    """Fill the message's intent properties from (full label, share) pairs, best first."""
    label, share = ranking[0]
    retrieval, _, topic = label.partition("/")
    message.set(INTENT, {"name": retrieval, "confidence": share}, add_to_output=True)
    message.set(
        "intent_ranking",
        [{"name": name, "confidence": part} for name, part in ranking],
        add_to_output=True,
    )
    message.set(
        "response_selector", response_selector(label, share) if topic else {}, add_to_output=True
    )


def response_selector(label: Text, confidence: float = 1.0) -> Dict[Text, Any]:
    """The property that Rasa's own ResponseSelector would write for a label like faq/deadline."""
    retrieval = label.partition("/")[0]
    return {
        "all_retrieval_intents": [RETRIEVAL_INTENT],
        retrieval: {
            "response": {
                INTENT_RESPONSE_KEY: label,
                "utter_action": f"utter_{label}",
                "confidence": confidence,
                "responses": [],
            },
            "ranking": [],
        },
    }


def _vector(message: Message) -> np.ndarray:
    # Asked for its dense features, a message would copy them to their depth.
    for features in message.features:
        if features.origin == SentenceEncoder.__name__:
            return np.asarray(features.features[0], dtype=np.float32)
    raise RuntimeError(
        f"{message.get(TEXT)!r} has no sentence vector: SentenceEncoder must stand before "
        "CatalogueClassifier in config.yml."
    )
