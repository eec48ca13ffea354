"""What each choice gives: the deployed classifier with one thing changed at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.encoder.examples import held_fold
from bot.evaluation.figures import Figures, Judged, figures
from bot.evaluation.judging import FOLDS, SEED, as_messages, judged
from bot.nlu.catalogue_model import CatalogueModel
from bot.nlu.decision import USUAL_THRESHOLDS, decide
from bot.nlu.kernel_ridge import centred
from bot.nlu.recipe import DEPLOYED, Recipe
from bot.nlu.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.encoder.examples import Examples
    from bot.evaluation.messages import Message

VARIANTS = {
    "as deployed": DEPLOYED,
    "no spelling repair": replace(DEPLOYED, repair_spelling=False),
    "no character n-grams": replace(DEPLOYED, characters_weight=0.0),
    "no words and word pairs": replace(DEPLOYED, words_weight=0.0),
    "no sentence vectors": replace(DEPLOYED, meaning_weight=0.0),
    "sentence vectors alone": replace(DEPLOYED, characters_weight=0.0, words_weight=0.0),
    "sentence vectors weigh less (1)": replace(DEPLOYED, meaning_weight=1.0),
    "sentence vectors weigh more (5)": replace(DEPLOYED, meaning_weight=5.0),
    "vectors nearly linear (reach 0.5)": replace(DEPLOYED, meaning_reach=0.5, meaning_weight=5.0),
    "only near sentences (reach 4)": replace(DEPLOYED, meaning_reach=4.0),
    "penalty 1": replace(DEPLOYED, penalty=1.0),
    "every example counts the same": replace(DEPLOYED, rare_labels=0.0),
    "calibrated by temperature alone": replace(DEPLOYED, regression=False),
}


@dataclass(frozen=True)
class Sets:
    """What every variant is trained and judged on."""

    examples: Examples
    vectors: np.ndarray
    visitors: Sequence[Message]
    visitor_vectors: np.ndarray


@dataclass(frozen=True)
class Row:
    """A variant and its figures on a held fold of our examples and on the visitors' messages."""

    name: str
    own: Figures
    visitors: Figures


def ablation(sets: Sets, tell: Callable[[str], None]) -> list[Row]:
    """Train and judge every variant; takes some minutes."""
    rows = []
    for name, method in _methods():
        rows.append(_row(name, method, sets))
        tell(f"{name}: visitors in scope {rows[-1].visitors.in_scope_top1:.3f}")
    return rows


def _methods() -> Iterator[tuple[str, Callable[..., list[Judged]]]]:
    for name, recipe in VARIANTS.items():
        yield name, _kernel_method(recipe)
    yield "each language trained alone", _each_language_alone
    yield "logistic regression on vectors", _regression_on_vectors
    yield "logistic regression on characters", _regression_on_characters
    yield "geometric mean of those two", _geometric_mean


def _row(name: str, method: Callable[..., list[Judged]], sets: Sets) -> Row:
    held = held_fold(sets.examples, FOLDS, SEED)
    own = method(
        sets.examples.chosen(~held),
        sets.vectors[~held],
        as_messages(sets.examples.chosen(held)),
        sets.vectors[held],
    )
    visitors = method(sets.examples, sets.vectors, sets.visitors, sets.visitor_vectors)
    return Row(name, figures(own), figures(visitors))


def _kernel_method(recipe: Recipe) -> Callable[..., list[Judged]]:
    def method(
        learned: Examples,
        vectors: np.ndarray,
        messages: Sequence[Message],
        asked: np.ndarray,
    ) -> list[Judged]:
        model = CatalogueModel.train(learned.texts, vectors, learned.labels, recipe)
        return judged(model, messages, asked)

    return method


def _each_language_alone(
    learned: Examples,
    vectors: np.ndarray,
    messages: Sequence[Message],
    asked: np.ndarray,
) -> list[Judged]:
    found = []
    for language in sorted(set(learned.languages)):
        own = np.array(learned.languages) == language
        theirs = np.array([message.language == language for message in messages])
        spoken = learned.chosen(own)
        model = CatalogueModel.train(spoken.texts, vectors[own], spoken.labels)
        chosen = [message for message, yes in zip(messages, theirs, strict=True) if yes]
        found += judged(model, chosen, asked[theirs])
    return found


def _regression_on_vectors(
    learned: Examples,
    vectors: np.ndarray,
    messages: Sequence[Message],
    asked: np.ndarray,
) -> list[Judged]:
    return _plainly_judged(*_vector_shares(learned, vectors, asked), messages)


def _regression_on_characters(
    learned: Examples,
    _vectors: np.ndarray,
    messages: Sequence[Message],
    _asked: np.ndarray,
) -> list[Judged]:
    return _plainly_judged(*_character_shares(learned, messages), messages)


def _geometric_mean(
    learned: Examples,
    vectors: np.ndarray,
    messages: Sequence[Message],
    asked: np.ndarray,
) -> list[Judged]:
    by_vector, labels = _vector_shares(learned, vectors, asked)
    by_characters, _ = _character_shares(learned, messages)
    joint = np.sqrt(by_vector * by_characters)
    return _plainly_judged(joint / joint.sum(axis=1, keepdims=True), labels, messages)


def _vector_shares(
    learned: Examples, vectors: np.ndarray, asked: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    mean = vectors.mean(axis=0)
    model = LogisticRegression(C=10.0, max_iter=500).fit(centred(vectors, mean), learned.labels)
    return model.predict_proba(centred(asked, mean)), model.classes_


def _character_shares(
    learned: Examples, messages: Sequence[Message]
) -> tuple[np.ndarray, np.ndarray]:
    counts = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(3, 5),
        sublinear_tf=True,
        preprocessor=folded,
        min_df=2,
        dtype=np.float32,
    )
    model = LogisticRegression(C=10.0, max_iter=60)
    model.fit(counts.fit_transform(learned.texts), learned.labels)
    return model.predict_proba(counts.transform([m.text for m in messages])), model.classes_


def _plainly_judged(
    shares: np.ndarray, labels: np.ndarray, messages: Sequence[Message]
) -> list[Judged]:
    found = []
    for message, row in zip(messages, shares, strict=True):
        order = np.argsort(-row, kind="stable")
        ranking = tuple((str(labels[i]), float(row[i])) for i in order)
        found.append(Judged(message, ranking, decide(ranking, USUAL_THRESHOLDS)))
    return found
