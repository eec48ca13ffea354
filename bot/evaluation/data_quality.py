"""What is weak in the examples, found by program: copies, entries too close, doubtful labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.evaluation.styles import style_shares
from bot.nlu.kernel_ridge import centred
from bot.nlu.lexical_features import LexicalFeatures
from bot.nlu.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.encoder.examples import Examples
    from bot.evaluation.figures import Judged

SAME_WORDS = 0.8  # cosine of the lexical features: nearly the same line
SAME_MEANING = 0.97  # cosine of the sentence vectors: as near as a translation
DOUBTED = 0.05  # a label that gets less than this ...
CERTAIN = 0.8  # ... while another gets more than this
ROWS = 40
BLOCK = 1024


@dataclass(frozen=True)
class Pair:
    """Two examples (label, language, text) that lie very close together."""

    likeness: float
    first: tuple[str, str, str]
    second: tuple[str, str, str]


@dataclass(frozen=True)
class Quality:
    """The findings; every list begins with the worst."""

    copies_within: list[Pair]  # nearly the same words, same entry
    copies_across: list[Pair]  # nearly the same words, another entry
    echoes: list[Pair]  # nearly the same meaning, in the other language
    close_entries: list[tuple[str, str, float]]  # of entries' mean vectors
    monotonous: list[tuple[str, str, float]]  # entry, language, mean likeness of its lines
    doubtful: list[tuple[str, str, str, str, float]]  # text, language, label, other, its share
    styles: dict[str, dict[str, float]]
    counts: dict[str, dict[str, int]]  # entry -> language -> examples


def quality(examples: Examples, vectors: np.ndarray, judged: Sequence[Judged]) -> Quality:
    """Look through all examples; `judged` are their cross-validated judgements."""
    spelling = Spelling.learn(examples.texts)
    repaired = [spelling.repaired(text) for text in examples.texts]
    rows = LexicalFeatures.learn(repaired).matrix(repaired)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows = rows.multiply(1 / np.maximum(lengths, 1e-9)[:, np.newaxis]).tocsr()
    anchors = centred(vectors, vectors.mean(axis=0))
    labels, languages = np.array(examples.labels), np.array(examples.languages)

    def words(start: int, end: int) -> np.ndarray:
        return np.asarray((rows[start:end] @ rows.T).toarray())

    def meaning(start: int, end: int) -> np.ndarray:
        return anchors[start:end] @ anchors.T

    copies = list(_pairs(examples, words, SAME_WORDS))
    echoes = list(_pairs(examples, meaning, SAME_MEANING))
    return Quality(
        copies_within=_worst(pair for pair in copies if pair.first[0] == pair.second[0]),
        copies_across=_worst(pair for pair in copies if pair.first[0] != pair.second[0]),
        echoes=_worst(pair for pair in echoes if pair.first[1] != pair.second[1]),
        close_entries=_close_entries(anchors, labels),
        monotonous=_monotonous(rows, labels, languages),
        doubtful=_doubtful(judged),
        styles={
            language: style_shares(
                [t for t, own in zip(examples.texts, languages, strict=True) if own == language],
                spelling,
            )
            for language in sorted(set(examples.languages), reverse=True)
        },
        counts=_counts(examples),
    )


def as_data(found: Quality) -> dict[str, Any]:
    """The findings as plain lists and numbers, for the JSON report."""
    return {
        "copies_within": len(found.copies_within),
        "copies_across": len(found.copies_across),
        "echoes_across_languages": len(found.echoes),
        "close_entries": found.close_entries[:10],
        "monotonous": found.monotonous[:10],
        "doubtful_labels": len(found.doubtful),
        "styles": found.styles,
        "counts": found.counts,
    }


def _pairs(
    examples: Examples, likeness: Callable[[int, int], np.ndarray], least: float
) -> Iterator[Pair]:
    """Every two examples that are at least so alike, each pair once."""
    rows = list(zip(examples.labels, examples.languages, examples.texts, strict=True))
    for start in range(0, len(rows), BLOCK):
        block = likeness(start, min(start + BLOCK, len(rows)))
        for first, second in np.argwhere(block >= least):
            if first + start < second:
                alike = float(block[first, second])
                yield Pair(alike, rows[first + start], rows[second])


def _worst(pairs: Iterator[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.first, pair.second))


def _close_entries(anchors: np.ndarray, labels: np.ndarray) -> list[tuple[str, str, float]]:
    names = sorted(set(labels))
    means = np.stack([anchors[labels == name].mean(axis=0) for name in names])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    cosines = means @ means.T
    pairs = [
        (names[i], names[j], round(float(cosines[i, j]), 3))
        for i in range(len(names))
        for j in range(i + 1, len(names))
    ]
    return sorted(pairs, key=lambda pair: -pair[2])[:ROWS]


def _monotonous(
    rows: Any, labels: np.ndarray, languages: np.ndarray
) -> list[tuple[str, str, float]]:
    found = []
    for label in sorted(set(labels)):
        for language in sorted(set(languages)):
            group = rows[np.flatnonzero((labels == label) & (languages == language))]
            count = group.shape[0]
            if count > 1:
                total = float((group @ group.T).sum()) - count
                found.append((label, language, round(total / (count * (count - 1)), 3)))
    return sorted(found, key=lambda row: -row[2])[:ROWS]


def _doubtful(judged: Sequence[Judged]) -> list[tuple[str, str, str, str, float]]:
    found = []
    for one in judged:
        other, share = one.ranking[0]
        own = dict(one.ranking)[one.message.label]
        if own < DOUBTED and share > CERTAIN and not one.top1:
            found.append((one.message.text, one.message.language, one.message.label, other, share))
    return sorted(found, key=lambda row: -row[4])


def _counts(examples: Examples) -> dict[str, dict[str, int]]:
    counted = Counter(zip(examples.labels, examples.languages, strict=True))
    languages = sorted(set(examples.languages), reverse=True)
    return {
        label: {language: counted[label, language] for language in languages}
        for label in sorted(set(examples.labels))
    }
