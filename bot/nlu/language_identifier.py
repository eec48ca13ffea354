"""Step 1 of understanding: which language a message is in, or that nobody can tell.

A logistic regression over hashed character n-grams, learned from the examples of every language
we speak and from word lists of the languages we only recognise (data/languages/). When it is
unsure ("ok", "49 %") it says nothing, so that the conversation keeps its language. A text in
letters that are not Latin is in none of these languages, and is only marked as such.
"""

import hashlib
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.languages import LANGUAGES, language_named
from bot.nlu import softmax_regression
from bot.nlu.code import code_fingerprint
from bot.nlu.letter_hashes import letter_matrix, letter_row
from bot.nlu.scripts import in_other_script
from bot.nlu.softmax_regression import softmax
from bot.settings import PROJECT

STRENGTH = 20.0  # of a language's examples, all together, against the penalty on the weights
MOST_STEPS = 60  # full convergence takes five times as long and is no better on held examples
SPOKEN = "language"  # the entity that fills the slot of the same name
_FEWEST_LETTERS = 2
_SHORT = 3  # words
OTHER = "other_language"  # the entity of a language we recognise but do not speak
SCRIPT = "other_script"  # the entity of a text that is not in Latin letters


def declared_language(message: Message) -> Optional[Text]:
    """The language that a training example's file declares; None for a visitor's message."""
    metadata = message.get(METADATA) or {}
    language = (metadata.get(METADATA_INTENT) or {}).get("language")
    return str(language) if language in LANGUAGES else None


class Learned(NamedTuple):
    """`weights` has the shape (languages, COLUMNS), `bias` (languages,)."""

    labels: List[Text]
    weights: np.ndarray
    bias: np.ndarray


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Marks a message: `language` (nl, fr), `other_language` (de, en) or `other_script`."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """Thresholds on the winner's probability; a wrong switch costs more than a late one."""
        return {
            # Few words are shared words ("merci" in Flanders): by three-fold cross-validation
            # on the examples these leave at most 0.8 % wrong from three words on, and 2 % below.
            "threshold_spoken_by_words": {"2": 0.97, "3": 0.9},
            "threshold_spoken": 0.75,
            "threshold_other": 0.93,
            "other_minimum_letters": 10,
            "recognised": "data/languages",
        }

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LanguageIdentifier":
        """An identifier that still has to be trained."""
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """The word lists are not in Rasa's training data, so their content is added here."""
        folder = PROJECT / config.get("recognised", "data/languages")
        joined = b"".join(path.read_bytes() for path in sorted(folder.glob("*.txt")))
        return hashlib.sha256(joined).hexdigest() + code_fingerprint()

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        learned: Optional[Learned] = None,
    ) -> None:
        """Keep the configuration and, once trained, what was learned."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._learned = learned

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples' `language` metadata and the word lists."""
        texts, labels = [], []
        for example in training_data.intent_examples:
            language = declared_language(example)
            if language is not None:
                texts.append(example.get(TEXT))
                labels.append(language)
        for path in sorted((PROJECT / self._config["recognised"]).glob("*.txt")):
            lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
            texts += lines
            labels += [path.stem] * len(lines)
        names, targets = np.unique(labels, return_inverse=True)
        frequency = np.bincount(targets)
        strength = STRENGTH * len(targets) / (len(names) * frequency[targets])
        weights = softmax_regression.learned(letter_matrix(texts), targets, strength, MOST_STEPS)
        self._learned = Learned(
            names.tolist(),
            np.ascontiguousarray(weights[:-1].T, dtype=np.float32),
            weights[-1].astype(np.float32),
        )
        with self._model_storage.write_to(self._resource) as directory:
            np.savez_compressed(
                directory / "language_identifier.npz",
                labels=np.array(self._learned.labels),
                weights=self._learned.weights,
                bias=self._learned.bias,
            )
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LanguageIdentifier":
        """Read the trained weights back."""
        with model_storage.read_from(resource) as directory:
            stored = np.load(Path(directory) / "language_identifier.npz")
            return cls(
                config,
                model_storage,
                resource,
                Learned(
                    [str(label) for label in stored["labels"]], stored["weights"], stored["bias"]
                ),
            )

    def probabilities(self, text: Text) -> Dict[Text, float]:
        """Each language's probability for this text; they add up to 1."""
        if self._learned is None:
            raise RuntimeError("LanguageIdentifier was used before it was trained: run make train.")
        learned = self._learned
        columns, values = letter_row(text)
        shares = softmax(learned.weights[:, columns] @ values + learned.bias)
        return {label: float(share) for label, share in zip(learned.labels, shares, strict=True)}

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the language entity where the text leaves no doubt."""
        for message in messages:
            found = self._entity(message.get(TEXT) or "")
            if found:
                message.set(ENTITIES, [*message.get(ENTITIES, []), found], add_to_output=True)
        return messages

    def _entity(self, text: Text) -> Optional[Dict[Text, Any]]:
        if in_other_script(text):
            return self._marked(SCRIPT, "not_latin", text, 1.0)
        letters = sum(character.isalpha() for character in text)
        # "français" alone asks for a language; it does not tell which one is spoken.
        names_one = language_named(text) is not None and len(text.split()) <= _SHORT
        if letters < _FEWEST_LETTERS or names_one:
            return None
        shares = self.probabilities(text)
        best = max(shares, key=lambda label: shares[label])
        name = SPOKEN if best in LANGUAGES else OTHER
        needed = self._needed(name, len(text.split()))
        if shares[best] < needed:
            return None
        if name == OTHER and letters < self._config["other_minimum_letters"]:
            return None
        return self._marked(name, best, text, shares[best])

    def _marked(self, name: Text, value: Text, text: Text, confidence: float) -> Dict[Text, Any]:
        return {
            "entity": name,
            "value": value,
            "start": 0,
            "end": len(text),
            "confidence_entity": confidence,
            "extractor": type(self).__name__,
        }

    def _needed(self, name: Text, words: int) -> float:
        """The probability a decision needs; the fewer words, the more."""
        if name == OTHER:
            return float(self._config["threshold_other"])
        for most, threshold in self._config["threshold_spoken_by_words"].items():
            if words <= int(most):
                return float(threshold)
        return float(self._config["threshold_spoken"])
