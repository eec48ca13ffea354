"""The whole classifier without Rasa: from a text and its sentence vector to calibrated shares.

Stored as one .npz of plain numbers, one ONNX and one JSON file: nothing that is loaded can run
code.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from zipfile import BadZipFile

import numpy as np

from bot.nlu import calibration, kernel_ridge
from bot.nlu.calibration import Calibration
from bot.nlu.decision import Outcome, Thresholds, choose_thresholds, decide
from bot.nlu.gist import COURTEOUS, Gist
from bot.nlu.kept_solution import KeptSolution
from bot.nlu.kernel_ridge import KernelRidge
from bot.nlu.lexical_features import Block, LexicalFeatures
from bot.nlu.meaning_kernel import MeaningKernel
from bot.nlu.recipe import DEPLOYED, Recipe
from bot.nlu.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

NUMBERS = "catalogue_model.npz"
WORDS = "catalogue_model.json"
MEANING = "catalogue_model.onnx"
FEWEST_LABELS = 2
_Asked = TypeVar("_Asked")
_Told = TypeVar("_Told")
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class CatalogueModel:
    """Everything learned, and the thresholds chosen on it."""

    labels: tuple[str, ...]
    gist: Gist
    spelling: Spelling
    features: LexicalFeatures
    ridge: KernelRidge
    calibration: Calibration
    thresholds: Thresholds

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        vectors: np.ndarray,
        names: Sequence[str],
        recipe: Recipe = DEPLOYED,
        kept: Path | None = None,
    ) -> CatalogueModel:
        """Learn from the examples' texts, sentence vectors and label names.

        `kept` is the file of what was found the last time, where the next training begins;
        without it, every training begins at nothing.
        """
        return cls.train_and_judge(texts, vectors, names, recipe, kept)[0]

    @classmethod
    def train_and_judge(
        cls,
        texts: Sequence[str],
        vectors: np.ndarray,
        names: Sequence[str],
        recipe: Recipe = DEPLOYED,
        kept: Path | None = None,
    ) -> tuple[CatalogueModel, np.ndarray]:
        """Also give the shares of each example as if it had not been seen (examples, labels)."""
        labels = tuple(sorted(set(names)))
        if len(labels) < FEWEST_LABELS:
            raise ValueError(
                f"The examples name {len(labels)} label(s), but telling labels apart takes at "
                f"least {FEWEST_LABELS}: look at data/nlu/."
            )
        numbers = {label: number for number, label in enumerate(labels)}
        targets = np.array([numbers[name] for name in names])
        spelling = Spelling.learn(texts if recipe.repair_spelling else [])
        repaired = [spelling.repaired(text) for text in texts]
        features, rows = LexicalFeatures.learn_with_rows(repaired, recipe)
        last = KeptSolution(texts, names, kept)
        start = kernel_ridge.Start(last.signs, last.read())
        ridge, left_out, solution = kernel_ridge.fit(rows, vectors, targets, start, recipe)
        last.write(solution)
        calibrated, shares = calibration.fit(left_out, targets, recipe)
        thresholds = choose_thresholds(shares, targets, labels)
        gist = Gist.learn(texts, names)
        return cls(labels, gist, spelling, features, ridge, calibrated, thresholds), shares

    def ranking(self, text: str, encode: Callable[[str], np.ndarray]) -> list[tuple[str, float]]:
        """Every label with its share, best first; the shares add up to 1.

        `encode` gives the sentence vector, shape (384,), of each part of the text that is judged.
        """
        return answered(self.in_steps(text), lambda part: self.meaning_scores(encode(part)))

    def in_steps(self, text: str) -> Generator[str, np.ndarray, list[tuple[str, float]]]:
        """The ranking, step by step: it yields a part of the text and is sent its meaning scores.

        What needs no vector is done before one is asked for. The first part is `judged_first`.
        """
        judging = self.judging(text)
        part = next(judging)
        while True:
            lexical = self._lexical_scores(part)
            meaning = yield part
            try:
                part = judging.send(self.calibration.shares(lexical + meaning))
            except StopIteration as end:
                return self.ranked(end.value)

    def judged_first(self, text: str) -> str:
        """The part of a message whose vector is needed whatever comes of it."""
        return self.gist.bare(text)

    def judging(self, text: str) -> Generator[str, np.ndarray, np.ndarray]:
        """A message's shares: it yields a part of it and is sent that part's own shares.

        Courtesies are left out, unless nothing but a courtesy was meant. Where a message of several
        sentences is not understood surely, its question counts as much as all of it: the geometric
        mean of both.
        """
        bare = self.judged_first(text)
        shares = yield bare
        if bare != text and "?" not in text and not self._is_sure(shares):
            whole = yield text
            if self._is_courtesy(whole):
                shares = whole
        question = self.gist.question(bare)
        if question is None or self._is_sure(shares):
            return shares
        joint = np.sqrt(shares * (yield question))
        return np.asarray(joint / joint.sum())

    def _is_sure(self, shares: np.ndarray) -> bool:
        return decide(self.ranked(shares), self.thresholds) is Outcome.SURE

    def _is_courtesy(self, shares: np.ndarray) -> bool:
        return self._is_sure(shares) and self.labels[int(shares.argmax())] in COURTEOUS

    def ranked(self, shares: np.ndarray) -> list[tuple[str, float]]:
        """Shares (labels,) as pairs of label and share, best first."""
        return [(self.labels[i], float(shares[i])) for i in np.argsort(-shares, kind="stable")]

    def share(self, part: str, vector: np.ndarray) -> np.ndarray:
        """The shares of one part of a message, read whole, shape (labels,)."""
        return self.calibration.shares(self._lexical_scores(part) + self.meaning_scores(vector))

    def meaning_scores(self, vector: np.ndarray) -> np.ndarray:
        """What a part's sentence vector adds to each label's score, shape (labels,)."""
        return self.ridge.meaning_scores(vector)

    def _lexical_scores(self, part: str) -> np.ndarray:
        return self.ridge.lexical_scores(self.features.row(self.spelling.repaired(part)))

    def shares(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """The shares of many messages, each read whole, shape (messages, labels)."""
        rows = self.features.matrix([self.spelling.repaired(text) for text in texts])
        return self.calibration.shares(self.ridge.batch_scores(rows, vectors))

    def save(self, directory: Path) -> None:
        """Write the three files."""
        words = {
            "labels": self.labels,
            "greetings": sorted(self.gist.greetings),
            "farewells": sorted(self.gist.farewells),
            "counts": self.spelling.counts,
            "characters": list(self.features.characters.columns),
            "words": list(self.features.words.columns),
            "weights": [self.features.characters.weight, self.features.words.weight],
            "thresholds": [self.thresholds.sure, self.thresholds.decline],
            "temperature": self.calibration.temperature,
        }
        (directory / WORDS).write_text(json.dumps(words, ensure_ascii=False), "utf-8")
        np.savez(
            directory / NUMBERS,
            idf_characters=self.features.characters.idf,
            idf_words=self.features.words.idf,
            mean=self.ridge.mean,
            # Half as exact is exact enough (a score changes by a ten thousandth), in half the room.
            weights=self.ridge.weights.astype(np.float16),
            calibration=self.calibration.weights,
        )
        self.ridge.meaning.save(directory / MEANING)

    @classmethod
    def load(cls, directory: Path) -> CatalogueModel:
        """Read what `save` wrote.

        Raises:
            ValueError: the files are not those of a classifier, or are damaged.
        """
        try:
            words = json.loads((directory / WORDS).read_text("utf-8"))
            with (directory / NUMBERS).open("rb") as file:
                stored = np.load(file, allow_pickle=False)
                numbers = {name: stored[name] for name in stored.files}
            return cls(
                tuple(words["labels"]),
                Gist(frozenset(words["greetings"]), frozenset(words["farewells"])),
                Spelling(words["counts"]),
                LexicalFeatures(
                    _block(words["characters"], numbers["idf_characters"], words["weights"][0]),
                    _block(words["words"], numbers["idf_words"], words["weights"][1]),
                ),
                KernelRidge(
                    numbers["mean"], numbers["weights"], MeaningKernel(directory / MEANING)
                ),
                Calibration(numbers["calibration"], words["temperature"]),
                Thresholds(*words["thresholds"]),
            )
        except (OSError, KeyError, ValueError, BadZipFile) as error:
            raise ValueError(
                f"The classifier in {directory} cannot be read ({error}): the model is incomplete "
                "or of another version. Run make train."
            ) from error


def answered(steps: Generator[_Asked, _Told, _Found], answer: Callable[[_Asked], _Told]) -> _Found:
    """What a generator returns whose every question is answered at once."""
    try:
        asked = next(steps)
        while True:
            asked = steps.send(answer(asked))
    except StopIteration as end:
        found: _Found = end.value
        return found


def _block(pieces: list[str], idf: np.ndarray, weight: float) -> Block:
    return Block({piece: column for column, piece in enumerate(pieces)}, idf, weight)
