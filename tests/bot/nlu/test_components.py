"""The two graph components as Rasa runs them: classify, then decide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.catalogue_classifier import THRESHOLDS, CatalogueClassifier, response_selector
from bot.nlu.decision import Thresholds
from bot.nlu.fallback import Fallback
from tests.bot.nlu.small_catalogue import examples, vector

CONTEXT = ExecutionContext(GraphSchema({}), "test")


def encoded(text: str, **data: Any) -> Message:
    message = Message({"text": text, **data})
    features = Features(vector(text)[np.newaxis, :], "sentence", "text", "SentenceEncoder")
    message.add_features(features)
    return message


@pytest.fixture(scope="module")
def classifier(tmp_path_factory: pytest.TempPathFactory) -> CatalogueClassifier:
    """Trained, stored and loaded again."""
    storage = LocalModelStorage(Path(tmp_path_factory.mktemp("model")))
    texts, labels = examples()
    data = []
    for text, label in zip(texts, labels, strict=True):
        intent, _, topic = label.partition("/")
        extra = {"intent_response_key": label} if topic else {}
        data.append(encoded(text, intent=intent, **extra))
    config = {"kept_in": str(tmp_path_factory.mktemp("kept"))}
    new = CatalogueClassifier.create(config, storage, Resource("classifier"), CONTEXT)
    resource = new.train(TrainingData(data))
    return CatalogueClassifier.load(config, storage, resource, CONTEXT)


def understood(classifier: CatalogueClassifier, message: Message) -> Message:
    """Through both components."""
    fallback = Fallback.create({}, None, None, CONTEXT)  # type: ignore[arg-type]
    return fallback.process(classifier.process([message]))[0]


def test_topic_fills_intent_and_response_selector(classifier: CatalogueClassifier) -> None:
    message = classifier.process([encoded("tot wanneer kon je indienen 3")])[0]

    share = message.get("intent")["confidence"]
    assert message.get("intent") == {"name": "faq", "confidence": share}
    assert message.get("response_selector") == response_selector("faq/deadline", share)
    assert message.get("intent_ranking")[0] == {"name": "faq/deadline", "confidence": share}


def test_response_selector_has_rasas_own_shape() -> None:
    found = response_selector("faq/deadline", 0.9)

    assert found["all_retrieval_intents"] == ["faq"]
    assert found["faq"]["response"]["intent_response_key"] == "faq/deadline"
    assert found["faq"]["response"]["utter_action"] == "utter_faq/deadline"


def test_plain_label_leaves_the_response_selector_empty(classifier: CatalogueClassifier) -> None:
    message = classifier.process([encoded("hallo daar 1")])[0]

    assert message.get("intent")["name"] == "greet"
    assert message.get("response_selector") == {}


def test_message_without_text_is_left_alone(classifier: CatalogueClassifier) -> None:
    message = classifier.process([Message({"text": ""})])[0]

    assert message.get("intent") is None


def test_message_without_vector_names_the_missing_step(classifier: CatalogueClassifier) -> None:
    with pytest.raises(RuntimeError, match="SentenceEncoder must stand before"):
        classifier.process([Message({"text": "hallo"})])


def test_untrained_classifier_says_so() -> None:
    untrained = CatalogueClassifier({}, None, None)  # type: ignore[arg-type]

    with pytest.raises(RuntimeError, match="run make train"):
        untrained.process([encoded("hallo")])


def test_sure_message_keeps_its_intent(classifier: CatalogueClassifier) -> None:
    message = encoded("hallo daar 1")
    classifier.process([message])[0].set(THRESHOLDS, Thresholds(sure=0.0, decline=1.0))

    found = Fallback().process([message])[0]

    assert found.get("intent")["name"] == "greet"


def test_unsure_message_keeps_its_ranking(classifier: CatalogueClassifier) -> None:
    message = encoded("tot wanneer kon je indienen 3")
    classifier.process([message])[0].set(THRESHOLDS, Thresholds(sure=1.01, decline=1.01))
    ranking = list(message.get("intent_ranking"))

    found = Fallback().process([message])[0]

    confidence = 1 - ranking[0]["confidence"]
    assert found.get("intent") == {"name": "nlu_fallback", "confidence": confidence}
    assert found.get("intent_ranking") == ranking
    assert found.get("response_selector") == {}


def test_message_out_of_scope(classifier: CatalogueClassifier) -> None:
    message = encoded("tot wanneer kon je indienen 3")
    classifier.process([message])[0].set(THRESHOLDS, Thresholds(sure=0.0, decline=0.0))

    found = Fallback().process([message])[0]

    assert found.get("intent")["name"] == "out_of_scope"
    assert found.get("response_selector") == {}


def test_language_we_do_not_speak_is_out_of_scope(classifier: CatalogueClassifier) -> None:
    entity = {"entity": "other_language", "value": "de", "start": 0, "end": 5}

    found = understood(classifier, encoded("hallo daar 1", entities=[entity]))

    assert found.get("intent")["name"] == "out_of_scope"


def test_language_we_speak_changes_nothing(classifier: CatalogueClassifier) -> None:
    entity = {"entity": "language", "value": "nl", "start": 0, "end": 5}

    with_language = understood(classifier, encoded("hallo daar 1", entities=[entity]))

    assert with_language.get("intent") == understood(classifier, encoded("hallo daar 1")).get(
        "intent"
    )


def test_message_without_letter_or_digit_is_out_of_scope(classifier: CatalogueClassifier) -> None:
    assert understood(classifier, encoded("???")).get("intent")["name"] == "out_of_scope"


def test_fallback_without_classifier_names_the_missing_step() -> None:
    with pytest.raises(RuntimeError, match="CatalogueClassifier must stand"):
        Fallback().process([Message({"text": "hallo"})])
