"""Judging an encoder: on a subject it has not been made for, and by its speed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bot.encoder.runtime import MessageEncoder

STRENGTH = 10.0  # of the regression over vectors: C
FEW = 4  # the few-shot check learns from every fourth example and is judged on the others


def centred(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """The vectors seen from the mean, at length 1."""
    shifted: np.ndarray = vectors - mean
    shifted /= np.linalg.norm(shifted, axis=1, keepdims=True)
    return shifted


def by_vector(learned: np.ndarray, labels: list[str], held: np.ndarray) -> np.ndarray:
    """The labels that a regression over the learned vectors gives the held ones."""
    mean = learned.mean(axis=0)
    model = LogisticRegression(C=STRENGTH, max_iter=200).fit(centred(learned, mean), labels)
    found: np.ndarray = model.predict(centred(held, mean))
    return found


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
        found = by_vector(vectors[learned], list(names[learned]), vectors[~learned])
        right.append((found == names[~learned]).mean())
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
