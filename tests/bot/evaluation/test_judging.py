"""Messages are judged as the assistant would, and cross-validation shows no fold its own."""

from __future__ import annotations

import numpy as np
import pytest

from bot.encoder.examples import Examples, held_fold
from bot.evaluation.judging import (
    FOLDS,
    SEED,
    as_messages,
    cross_validated,
    judged,
    with_second_labels,
    without_fold,
)
from bot.evaluation.messages import Message
from bot.nlu.catalogue_model import CatalogueModel
from bot.nlu.decision import Outcome
from tests.bot.evaluation.made import judged as made
from tests.bot.nlu.small_catalogue import examples, trained, vectors

TEXTS, LABELS = examples()
EXAMPLES = Examples(TEXTS, LABELS, ["nl"] * len(TEXTS))


def test_judged_keeps_message_and_ranks_every_label() -> None:
    message = Message("hallo daar 1", "nl", "greet")

    found = judged(trained(), [message], vectors([message.text]))

    assert found[0].message == message
    assert found[0].labels[0] == "greet"
    assert len(found[0].ranking) == 4


@pytest.mark.parametrize("text", ["?!", "hallo daar 1"])
def test_text_that_says_nothing_or_is_foreign_is_declined(text: str) -> None:
    found = judged(
        trained(), [Message(text, "nl", "greet")], vectors([text]), lambda given: "hallo" in given
    )

    assert found[0].outcome is Outcome.OUT_OF_SCOPE
    assert found[0].ranking[0] == ("out_of_scope", 1.0)
    assert {share for _, share in found[0].ranking[1:]} == {0.0}


def test_cross_validation_judges_every_example_once_and_in_order() -> None:
    found = cross_validated(EXAMPLES, vectors(TEXTS))

    assert [one.message for one in found] == as_messages(EXAMPLES)
    assert np.mean([one.top1 for one in found]) > 0.9


def test_each_fold_is_left_out_of_its_own_model() -> None:
    held, model = without_fold(EXAMPLES, vectors(TEXTS), 2)

    others = EXAMPLES.chosen(~held)
    alone = CatalogueModel.train(others.texts, vectors(others.texts), others.labels)
    assert held.tolist() == held_fold(EXAMPLES, FOLDS, SEED, 2).tolist()
    assert 0 < held.sum() < len(TEXTS) / 2
    assert model.ridge.weights.tolist() == alone.ridge.weights.tolist()


def test_the_part_of_a_message_is_judged_by_the_same_encoder() -> None:
    asked: set[str] = set()

    def encode(text: str) -> np.ndarray:
        asked.add(text)
        return vectors([text])[0]

    message = Message("bonjour à tous 1", "fr", "greet")
    judged(trained(), [message], vectors([message.text]), encode=encode)

    # "bonjour" before it is a courtesy, which is left out.
    assert asked == {"à tous 1"}


def test_second_label_counts_for_its_own_text_and_language_only() -> None:
    ones = [made("thank", ["greet"]), made("thank", ["greet"], language="fr")]
    text = ones[0].message.text

    found = with_second_labels(ones, {("nl", text): frozenset({"greet"})})

    assert [one.top1 for one in ones] == [False, False]
    assert [one.top1 for one in found] == [True, False]
