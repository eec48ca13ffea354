"""`python -m bot.encoder`: make the encoder, or a narrow candidate, or measure what stands."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import torch

from bot.encoder.artifact import ARTIFACT, ArtifactError
from bot.encoder.build import BuildError, Made, Source, complete, unpack_and_prune, untouched
from bot.encoder.candidate import Recipe, narrowed
from bot.encoder.distilling import Lesson
from bot.encoder.examples import ExamplesError, read_examples
from bot.encoder.judging import measured
from bot.encoder.runtime import MessageEncoder
from bot.encoder.sentences import SentencesError, fetch, read_sentences
from bot.encoder.weights import WeightsError
from bot.settings import PROJECT

EXAMPLES = PROJECT / "data" / "nlu"
OTHER_LANGUAGES = PROJECT / "data" / "languages"
FEW_SHOT = PROJECT / "tests" / "bot" / "encoder" / "few_shot.yml"
WORK = PROJECT / ".cache" / "encoder"
TARGETS = {
    "make": ARTIFACT,
    "narrow": WORK / "candidate",  # not the artifact: it must prove itself first
    "check": ARTIFACT,
}
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
    examples, target = read_examples(EXAMPLES), chosen.target or TARGETS[chosen.act]
    if chosen.act != "check":
        source = unpack_and_prune(examples.texts + other_texts(), _tell)
        made = _narrowed(source, chosen.steps) if chosen.act == "narrow" else untouched(source)
        complete(source, made, examples, target, _tell)
    sample = examples.texts[:: max(1, len(examples.texts) // SPEED_SAMPLE)]
    figures = measured(MessageEncoder(target), FEW_SHOT, sample)
    _tell(f"check: {figures}")


def _narrowed(source: Source, steps: int) -> Made:
    fetch(LOCK, WORK / "packages")
    cooling = max(1, round(steps * Lesson.cooling / Lesson.steps))  # a shorter lesson cools in less
    recipe = Recipe(lesson=Lesson(steps=steps, cooling=cooling))
    sentences = read_sentences(WORK / "packages", recipe.lesson.seed)
    _tell(f"sentences: {len(sentences.texts)}, {sentences.fingerprint()[:12]}")
    return narrowed(source, sentences, recipe, WORK / "checkpoint.pt", _tell)


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
        choices=list(TARGETS),
        default="make",
        help="make the artifact (default), make the narrow candidate, or measure what stands",
    )
    parser.add_argument("--target", type=Path, help="folder (default: the act's own)")
    parser.add_argument("--threads", type=int, default=1, help="torch threads (default 1)")
    parser.add_argument("--steps", type=int, default=Lesson.steps, help="of narrow: of distilling")
    return parser


def _tell(line: str) -> None:
    print(time.strftime("%H:%M:%S"), line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
