"""Judging encoders honestly: on messages that neither they nor the classifier have seen."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bot.encoder.examples import Examples
    from bot.encoder.runtime import MessageEncoder

STRENGTHS = (1.0, 3.0, 10.0)  # of the regression over vectors: C
SHARES = (0.5, 0.65, 0.8, 1.0)  # of the vectors in the geometric mean with character n-grams
FEW = 4  # the few-shot check learns from every fourth example and is judged on the others


@dataclass(frozen=True)
class Judgement:
    """How a classifier did on held messages."""

    top1: float
    top3: float
    loss: float  # mean -log(share given to the right label)
    confidence: float  # mean share of the first label: near top1 when it is calibrated


def judged(shares: np.ndarray, classes: np.ndarray, labels: list[str]) -> Judgement:
    """Compare shares (messages, labels) with what was right."""
    right = np.searchsorted(classes, labels)
    order = np.argsort(-shares, axis=1, kind="stable")
    given = shares[np.arange(len(right)), right]
    return Judgement(
        top1=float((order[:, 0] == right).mean()),
        top3=float((order[:, :3] == right[:, np.newaxis]).any(axis=1).mean()),
        loss=float(-np.log(np.maximum(given, 1e-9)).mean()),
        confidence=float(shares.max(axis=1).mean()),
    )


def centred(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """The vectors seen from the mean, at length 1."""
    shifted: np.ndarray = vectors - mean
    shifted /= np.linalg.norm(shifted, axis=1, keepdims=True)
    return shifted


def by_vector(
    learned: np.ndarray, labels: list[str], held: np.ndarray, strength: float
) -> tuple[np.ndarray, np.ndarray]:
    """Shares of the labels for held vectors, and the labels in their order."""
    mean = learned.mean(axis=0)
    model = LogisticRegression(C=strength, max_iter=200).fit(centred(learned, mean), labels)
    return model.predict_proba(centred(held, mean)), model.classes_


def by_characters(learned: list[str], labels: list[str], held: list[str]) -> np.ndarray:
    """Shares of the labels for held texts, from character n-grams alone."""
    counts = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, 5),
        sublinear_tf=True,
        strip_accents="unicode",
        min_df=2,
        max_features=60_000,
        dtype=np.float32,
    )
    model = LogisticRegression(C=10.0, max_iter=40).fit(counts.fit_transform(learned), labels)
    shares: np.ndarray = model.predict_proba(counts.transform(held))
    return shares


def blended(vectors: np.ndarray, characters: np.ndarray, share: float) -> np.ndarray:
    """The weighted geometric mean of two classifiers' shares, adding up to 1 again."""
    joint: np.ndarray = vectors**share * characters ** (1 - share)
    joint /= joint.sum(axis=1, keepdims=True)
    return joint


def judged_table(encoders: dict[str, MessageEncoder], learned: Examples, held: Examples) -> str:
    """A table of each encoder's figures on held examples, by strength and share of the vectors."""
    characters = by_characters(learned.texts, learned.labels, held.texts)
    lines = ["encoder | C | share of vectors | top-1 | top-3 | loss | confidence"]
    for name, encoder in encoders.items():
        known, new = encoder.encode_batch(learned.texts), encoder.encode_batch(held.texts)
        for strength in STRENGTHS:
            shares, classes = by_vector(known, learned.labels, new, strength)
            for share in SHARES:
                figures = judged(blended(shares, characters, share), classes, held.labels)
                lines.append(f"{name} | {strength:g} | {share:g} | {_row(figures)}")
    return "\n".join(lines)


def few_shot_accuracy(encoder: MessageEncoder, path: Path) -> float:
    """Top-1 on another subject, learned from a quarter of its examples, mean over the quarters."""
    subject = yaml.safe_load(path.read_text(encoding="utf-8"))["intents"]
    rows = [
        (place % FEW, intent, text)
        for intent, languages in subject.items()
        for texts in languages.values()
        for place, text in enumerate(texts)
    ]
    quarter, labels, texts = (list(column) for column in zip(*rows, strict=True))
    vectors = encoder.encode_batch(texts)
    part, names = np.array(quarter), np.array(labels)
    right = []
    for number in range(FEW):
        learned = part == number
        shares, classes = by_vector(
            vectors[learned], list(names[learned]), vectors[~learned], STRENGTHS[-1]
        )
        right.append(judged(shares, classes, list(names[~learned])).top1)
    return float(np.mean(right))


def measured(encoder: MessageEncoder, few_shot: Path, texts: list[str]) -> dict[str, float]:
    """What an encoder does on another subject, and how fast it is on these texts."""
    middle, slow = milliseconds(encoder, texts)
    return {
        "few_shot_top1": round(few_shot_accuracy(encoder, few_shot), 4),
        "milliseconds_p50": middle,
        "milliseconds_p95": slow,
    }


def milliseconds(
    encoder: MessageEncoder,
    texts: Sequence[str],
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[float, float]:
    """Median and 95th percentile of one message's encoding, after one to warm up.

    `clock` gives seconds: `time.thread_time` counts those of the processor alone.
    """
    encoder.encode(texts[0])
    spent = []
    for text in texts:
        started = clock()
        encoder.encode(text)
        spent.append((clock() - started) * 1000)
    middle, slow = np.percentile(spent, [50, 95])
    return round(float(middle), 2), round(float(slow), 2)


def _row(figures: Judgement) -> str:
    return (
        f"{figures.top1:.3f} | {figures.top3:.3f} | {figures.loss:.3f} | {figures.confidence:.3f}"
    )
