"""Puts messages before the classifier and the decision, as the assistant would."""

from __future__ import annotations

from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from bot.encoder.examples import held_fold
from bot.encoder.runtime import committed_encoder
from bot.evaluation.figures import Judged
from bot.evaluation.messages import Message
from bot.nlu.catalogue_model import CatalogueModel, answered
from bot.nlu.decision import OUT_OF_SCOPE, Outcome, decide, says_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.encoder.examples import Examples
    from bot.nlu.language_identifier import LanguageIdentifier

FOLDS = 5
SEED = 11


def committed_vector(text: str) -> np.ndarray:
    """The vector of a part of a message, shape (384,)."""
    return committed_encoder().encode(text)


def without_fold(
    examples: Examples, vectors: np.ndarray, number: int = 0
) -> tuple[np.ndarray, CatalogueModel]:
    """Which examples this fold holds (True), and a model trained on the others."""
    held = held_fold(examples, FOLDS, SEED, number)
    learned = examples.chosen(~held)
    return held, CatalogueModel.train(learned.texts, vectors[~held], learned.labels)


def cross_validated(examples: Examples, vectors: np.ndarray) -> list[Judged]:
    """Judge every example, in order, by a model trained without its fold."""
    found: dict[int, Judged] = {}
    for number in range(FOLDS):
        held, model = without_fold(examples, vectors, number)
        rows = judged(model, as_messages(examples.chosen(held)), vectors[held])
        found.update(zip(np.flatnonzero(held).tolist(), rows, strict=True))
    return [found[place] for place in range(len(examples.texts))]


def as_messages(examples: Examples) -> list[Message]:
    """Examples as messages with one right label each."""
    rows = zip(examples.texts, examples.languages, examples.labels, strict=True)
    return [Message(text, language, label) for text, language, label in rows]


def with_second_labels(
    judgements: Sequence[Judged], labels: Mapping[tuple[str, str], frozenset[str]]
) -> list[Judged]:
    """The judgements, with what (language, text) names counting as right too."""
    return [
        replace(one, message=replace(one.message, also_right=labels.get(_named(one), frozenset())))
        for one in judgements
    ]


def _named(one: Judged) -> tuple[str, str]:
    return one.message.language, one.message.text


def judged(
    model: CatalogueModel,
    messages: Sequence[Message],
    vectors: np.ndarray,
    unspoken: Callable[[str], bool] = lambda _: False,
    encode: Callable[[str], np.ndarray] = committed_vector,
) -> list[Judged]:
    """Judge messages; `unspoken` tells a text in a language that the assistant does not speak."""
    shares = model.shares([message.text for message in messages], vectors)
    found = []
    for message, row in zip(messages, shares, strict=True):
        ranking = tuple(model.ranked(_judged(model, message.text, row, encode)))
        outcome = decide(ranking, model.thresholds)
        if says_nothing(message.text) or unspoken(message.text):
            # What the text would mean is not looked at, so nothing of it is offered either.
            rest = ((label, 0.0) for label, _ in ranking)
            outcome, ranking = Outcome.OUT_OF_SCOPE, ((OUT_OF_SCOPE, 1.0), *rest)
        found.append(Judged(message, ranking, outcome))
    return found


def _judged(
    model: CatalogueModel, text: str, whole: np.ndarray, encode: Callable[[str], np.ndarray]
) -> np.ndarray:
    """A message's shares, of which those of the whole text are known."""
    return answered(
        model.judging(text),
        lambda part: whole if part == text else model.share(part, encode(part)),
    )


def trained_identifier(examples: Examples) -> LanguageIdentifier:
    """The language identifier, trained as `make train` does."""
    from pathlib import Path

    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.shared.nlu.training_data.message import Message as RasaMessage
    from rasa.shared.nlu.training_data.training_data import TrainingData

    from bot.nlu.language_identifier import LanguageIdentifier

    rows = zip(examples.texts, examples.labels, examples.languages, strict=True)
    data = [
        {"text": text, "intent": label, "metadata": {"intent": {"language": language}}}
        for text, label, language in rows
    ]
    with TemporaryDirectory() as directory:
        identifier = LanguageIdentifier(
            LanguageIdentifier.get_default_config(),
            LocalModelStorage(Path(directory)),
            Resource("language_identifier"),
        )
        identifier.train(TrainingData([RasaMessage(row) for row in data]))
    return identifier


def other_language(identifier: LanguageIdentifier, text: str) -> bool:
    """Whether the identifier marks this text as one in a language we do not speak."""
    from rasa.shared.nlu.training_data.message import Message as RasaMessage

    from bot.nlu.language_identifier import OTHER, SCRIPT

    message = RasaMessage({"text": text})
    identifier.process([message])
    return any(entity["entity"] in (OTHER, SCRIPT) for entity in message.get("entities") or [])
