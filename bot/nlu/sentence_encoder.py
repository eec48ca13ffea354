"""Step 3 of understanding: one vector a message, from our own sentence encoder.

A training example's vector is computed once and kept in .cache/, so that retraining after a
changed line costs seconds.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Tuple
from zipfile import BadZipFile

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, METADATA, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder.runtime import committed_encoder
from bot.nlu.code import code_fingerprint
from bot.settings import PROJECT

CACHE_FOLDER = PROJECT / ".cache"
IN_STEPS = "in_steps"  # in a message's metadata: the classifier itself asks for what it needs


def encode(text: Text) -> np.ndarray:
    """The text's vector: shape (384,), float32, length 1."""
    return encode_pieces(pieces_of(text))


def pieces_of(text: Text) -> Tuple[int, ...]:
    """The numbers of the pieces that the network reads, for `encode_pieces`."""
    return tuple(committed_encoder().pieces(text))


@lru_cache(maxsize=2048)
def encode_pieces(pieces: Tuple[int, ...]) -> np.ndarray:
    """Their vector: shape (384,), float32, length 1; leaves the interpreter to other threads."""
    return committed_encoder().vector(pieces)


class VectorCache:
    """Vectors of the training examples, kept between trainings in one file an encoder."""

    def __init__(self, folder: Path = CACHE_FOLDER) -> None:
        """Read what is there; a damaged file is made anew, for it holds nothing original."""
        path = folder / f"sentence_vectors_{committed_encoder().fingerprint}.npz"
        self._path = path
        self._vectors: Dict[Text, np.ndarray] = {}
        self._changed = False
        if path.exists():
            try:
                with path.open("rb") as file:
                    stored = np.load(file)
                    keys, vectors = stored["keys"].tolist(), stored["vectors"]
                self._vectors = dict(zip(keys, vectors, strict=True))
            except (OSError, ValueError, KeyError, EOFError, BadZipFile):
                path.unlink()

    def vectors(self, texts: List[Text]) -> List[np.ndarray]:
        """Each text's vector, shape (384,); new ones are computed on both cores."""
        keys = [hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32] for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._vectors}
        if new:
            computed = committed_encoder().encode_batch(list(new.values()))
            self._vectors.update(zip(new, computed, strict=True))
            self._changed = True
        return [self._vectors[key] for key in keys]

    def save(self) -> None:
        """Write the file when something new was computed."""
        if not self._changed:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_suffix(".partial.npz")
        np.savez(
            partial,
            keys=np.array(list(self._vectors)),
            vectors=np.stack(list(self._vectors.values())),
        )
        partial.replace(self._path)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Adds the sentence vector to each message as Rasa's dense sentence features."""

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
    ) -> "SentenceEncoder":
        """The encoder has nothing of its own to train."""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors of all examples; new ones are computed, the others remembered."""
        examples = [e for e in training_data.training_examples if e.get(TEXT)]
        cache = VectorCache()
        vectors = cache.vectors([e.get(TEXT) for e in examples])
        cache.save()
        for example, vector in zip(examples, vectors, strict=True):
            _add_vector(example, vector)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the vector of each incoming message that is not understood in steps."""
        for message in messages:
            if message.get(TEXT) and not (message.get(METADATA) or {}).get(IN_STEPS):
                _add_vector(message, encode(message.get(TEXT)))
        return messages


def _add_vector(message: Message, vector: np.ndarray) -> None:
    message.add_features(
        Features(vector[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, SentenceEncoder.__name__)
    )
