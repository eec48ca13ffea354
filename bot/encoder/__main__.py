"""`python -m bot.encoder`: make the encoder, or measure what stands."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import torch

from bot.encoder.artifact import ARTIFACT, ArtifactError, origin_of
from bot.encoder.build import BuildError, complete, unpack_and_prune
from bot.encoder.distilling import Lesson, halves_pay
from bot.encoder.examples import ExamplesError, read_examples
from bot.encoder.judging import measured
from bot.encoder.runtime import MessageEncoder
from bot.encoder.sentences import SentencesError, fetch, read_sentences
from bot.encoder.teaching import taught
from bot.encoder.weights import WeightsError
from bot.settings import PROJECT

EXAMPLES = PROJECT / "data" / "nlu"
OTHER_LANGUAGES = PROJECT / "data" / "languages"
FEW_SHOT = PROJECT / "tests" / "bot" / "encoder" / "few_shot.yml"
WORK = PROJECT / ".cache" / "encoder"
LOCK = PROJECT / "requirements-encoder-texts.lock"
SPEED_SAMPLE = 300  # messages


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen act; 0 when it succeeded, 1 with one sentence when it did not."""
    chosen = _parser().parse_args(arguments)
    torch.set_num_threads(chosen.threads)
    try:
        _act(chosen)
    except (ArtifactError, BuildError, ExamplesError, SentencesError, WeightsError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _act(chosen: argparse.Namespace) -> None:
    examples, target = read_examples(EXAMPLES), chosen.target
    if chosen.act == "make":
        fetch(LOCK, WORK / "packages")
        lesson = Lesson(
            steps=chosen.steps,
            # A shorter lesson cools in less.
            cooling=max(1, round(chosen.steps * Lesson.cooling / Lesson.steps)),
            halves=halves_pay(),
        )
        sentences = read_sentences(WORK / "packages", lesson.seed)
        _tell(f"sentences: {len(sentences.texts)}, {sentences.fingerprint()[:12]}")
        source = unpack_and_prune(examples.texts + other_texts(), _tell)
        made = taught(source, sentences, lesson, WORK / "checkpoint.pt", _tell)
        complete(source, made, examples, target, _tell)
    origin = origin_of(target)
    _tell(f"made of: {origin.sentences} sentences, pieces of {origin.examples} examples")
    sample = examples.texts[:: max(1, len(examples.texts) // SPEED_SAMPLE)]
    figures = measured(MessageEncoder(target), FEW_SHOT, sample)
    _tell(f"check: {figures}")


def other_texts() -> list[str]:
    """Lines in German and English, so that the vocabulary keeps the pieces they need."""
    return [
        line.strip()
        for path in sorted(OTHER_LANGUAGES.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.encoder", description=__doc__)
    parser.add_argument(
        "act",
        nargs="?",
        choices=["make", "check"],
        default="make",
        help="make the artifact (default), or measure what stands",
    )
    parser.add_argument("--target", type=Path, default=ARTIFACT, help="folder of the artifact")
    parser.add_argument("--threads", type=int, default=2, help="torch threads (default 2)")
    parser.add_argument("--steps", type=int, default=Lesson.steps, help="of the lesson")
    return parser


def _tell(line: str) -> None:
    print(time.strftime("%H:%M:%S"), line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
