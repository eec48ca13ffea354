"""The whole classifier on a small catalogue: it learns, ranks, and survives being stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.nlu.catalogue_model import CatalogueModel, answered
from bot.nlu.decision import Thresholds
from tests.bot.nlu.small_catalogue import LINES, examples, trained, vector, vectors

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def model() -> CatalogueModel:
    return trained()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("tot wanneer kon men iets indienen", "faq/deadline"),
        ("tot wanneer kon men iets indeinen", "faq/deadline"),
        ("budget total ?", "faq/budget"),
        ("hallo iedereen", "greet"),
    ],
)
def test_first_of_the_ranking(model: CatalogueModel, text: str, label: str) -> None:
    assert model.ranking(text, vector)[0][0] == label


def test_greeting_before_a_question_hides_it_no_more(model: CatalogueModel) -> None:
    question = "tot wanneer kon je indienen"

    greeted = f"dag iedereen 1, {question}"

    assert model.ranking(greeted, vector) == model.ranking(question, vector)


def test_question_after_a_story_counts_as_much_as_the_whole(model: CatalogueModel) -> None:
    never = replace(model, thresholds=Thresholds(sure=1.01, decline=1.01))
    text = "Onze zaak is oud. Ze staat in Aalst. Tot wanneer kon je indienen?"
    parts = [text, "Tot wanneer kon je indienen?"]

    shares = answered(never.judging(text), lambda part: model.share(part, vector(part)))

    joint = np.sqrt(model.shares(parts, vectors(parts)).prod(axis=0))
    np.testing.assert_allclose(shares, joint / joint.sum(), atol=1e-4)


def test_sure_message_of_several_sentences_is_read_whole(model: CatalogueModel) -> None:
    sure = replace(model, thresholds=Thresholds(sure=0.0, decline=1.01))
    text = "tot wanneer kon je indienen. wat was het budget"

    shares = answered(sure.judging(text), lambda part: model.share(part, vector(part)))

    np.testing.assert_array_equal(shares, model.share(text, vector(text)))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("tot wanneer kon je indienen", ["tot wanneer kon je indienen"]),
        # Nothing but a question was meant: the whole text is not needed.
        ("dag iedereen 1, tot wanneer kon je indienen?", ["tot wanneer kon je indienen?"]),
        ("dag iedereen 1, xyz abc def", ["xyz abc def", "dag iedereen 1, xyz abc def"]),
        (
            "Onze zaak is oud. Ze staat in Aalst. Tot wanneer?",
            ["Onze zaak is oud. Ze staat in Aalst. Tot wanneer?"],
        ),
        (
            "Onze zaak is oud. Ze staat in Aalst. Tot wanneer kon dat?",
            ["Onze zaak is oud. Ze staat in Aalst. Tot wanneer kon dat?", "Tot wanneer kon dat?"],
        ),
    ],
)
def test_a_vector_is_asked_for_where_it_can_matter(
    model: CatalogueModel, text: str, asked: list[str]
) -> None:
    never = replace(model, thresholds=Thresholds(sure=1.01, decline=1.01))
    parts: list[str] = []

    def encode(part: str) -> np.ndarray:
        parts.append(part)
        return vector(part)

    never.ranking(text, encode)

    assert parts == asked
    assert never.judged_first(text) == asked[0]


def test_who_means_a_courtesy_alone_keeps_it(model: CatalogueModel) -> None:
    text = "dag iedereen 1, xyz abc def"
    thanks = np.eye(len(model.labels))[model.labels.index("greet")]
    vague = np.full(len(model.labels), 1 / len(model.labels))
    sure = replace(model, thresholds=Thresholds(sure=0.9, decline=1.01))

    shares = answered(sure.judging(text), lambda part: thanks if part == text else vague)

    np.testing.assert_array_equal(shares, thanks)


def test_ranking_holds_every_label_once_and_adds_up_to_one(model: CatalogueModel) -> None:
    ranking = model.ranking("hoeveel geld", vector)

    assert sorted(label for label, _ in ranking) == sorted(LINES)
    assert sum(share for _, share in ranking) == pytest.approx(1)
    assert [share for _, share in ranking] == sorted((s for _, s in ranking), reverse=True)


def test_batch_gives_the_shares_of_the_ranking(model: CatalogueModel) -> None:
    texts = ["hoeveel geld", "salut", "xyz"]

    batch = model.shares(texts, vectors(texts))

    for row, text in zip(batch, texts, strict=True):
        single = dict(model.ranking(text, vector))
        np.testing.assert_allclose(row, [single[label] for label in model.labels], atol=1e-4)


def test_stored_model_gives_the_same_ranking(model: CatalogueModel, tmp_path: Path) -> None:
    model.save(tmp_path)

    loaded = CatalogueModel.load(tmp_path)

    stored, made = (dict(one.ranking("salut !", vector)) for one in (loaded, model))
    assert list(stored) == list(made)
    # The weights of words and letters are stored half as exact as they are learned.
    assert list(stored.values()) == pytest.approx(list(made.values()), abs=1e-3)
    assert loaded.thresholds == model.thresholds
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "catalogue_model.json",
        "catalogue_model.npz",
        "catalogue_model.onnx",
    ]


@pytest.mark.parametrize(
    "name", ["catalogue_model.json", "catalogue_model.npz", "catalogue_model.onnx"]
)
def test_damaged_file_is_named_with_the_remedy(
    model: CatalogueModel, tmp_path: Path, name: str
) -> None:
    model.save(tmp_path)
    (tmp_path / name).write_bytes(b"PK\x03\x04 broken")

    with pytest.raises(ValueError, match=r"cannot be read.*Run make train"):
        CatalogueModel.load(tmp_path)


def test_pickled_objects_are_refused(model: CatalogueModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    np.savez(tmp_path / "catalogue_model.npz", mean=np.array([{"a": 1}], dtype=object))

    with pytest.raises(ValueError, match="Run make train"):
        CatalogueModel.load(tmp_path)


def test_same_examples_give_the_same_model(model: CatalogueModel) -> None:
    again = trained()

    texts, _ = examples()
    np.testing.assert_array_equal(
        again.shares(texts, vectors(texts)), model.shares(texts, vectors(texts))
    )
    np.testing.assert_array_equal(again.calibration.weights, model.calibration.weights)


def test_judgement_of_an_example_is_less_sure_than_having_learned_it() -> None:
    texts, labels = examples()

    model, unseen = CatalogueModel.train_and_judge(texts, vectors(texts), labels)

    places = [model.labels.index(label) for label in labels]
    learned = model.shares(texts, vectors(texts))[np.arange(len(texts)), places]
    assert unseen[np.arange(len(texts)), places].mean() < learned.mean()


def test_one_label_is_no_catalogue() -> None:
    with pytest.raises(ValueError, match="at least 2: look at data/nlu/"):
        CatalogueModel.train(["a", "b"], vectors(["a", "b"]), ["greet", "greet"])
