"""`python -m bot.encoder`: make the encoder, check it, judge the recipe, or make smaller ones."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

import torch

from bot.encoder.artifact import ARTIFACT, ArtifactError
from bot.encoder.build import BuildError, Order, build, unpack_and_prune
from bot.encoder.cuts import CUTS, Lessons, make_cuts
from bot.encoder.distilling import Lesson
from bot.encoder.examples import Examples, ExamplesError, held_fold, read_examples
from bot.encoder.fine_tuning import Recipe
from bot.encoder.judging import judged_table, measured
from bot.encoder.runtime import MessageEncoder
from bot.encoder.weights import WeightsError
from bot.evaluation import judging as evaluation
from bot.settings import PROJECT

EXAMPLES = PROJECT / "data" / "nlu"
OTHER_LANGUAGES = PROJECT / "data" / "languages"
FEW_SHOT = PROJECT / "tests" / "bot" / "encoder" / "few_shot.yml"
WORK = PROJECT / ".cache" / "encoder"
FOLDS = 5
SPEED_SAMPLE = 300  # messages


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen act; 0 when it succeeded, 1 with one sentence when it did not."""
    chosen = _parser().parse_args(arguments)
    torch.set_num_threads(chosen.threads)
    try:
        _act(chosen)
    except (ArtifactError, BuildError, ExamplesError, WeightsError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _act(chosen: argparse.Namespace) -> None:
    examples = read_examples(EXAMPLES)
    if chosen.act == "judge":
        _judge(examples, Recipe(), chosen.fold)
        return
    if chosen.act == "cuts":
        _cuts(examples, Lesson(steps=chosen.steps), chosen.only)
        return
    recipe = Recipe() if chosen.fine_tuned else Recipe(epochs=0)
    if chosen.act == "make":
        build(Order(examples, other_texts(), recipe, chosen.target, WORK / "all"), _tell)
    sample = examples.texts[:: max(1, len(examples.texts) // SPEED_SAMPLE)]
    figures = measured(MessageEncoder(chosen.target), FEW_SHOT, sample)
    _tell(f"check: {figures}")


def _judge(examples: Examples, recipe: Recipe, fold: int) -> None:
    """Make the encoder without one fold and print how it does on it, beside the untouched one."""
    held = held_fold(examples, FOLDS, recipe.seed, fold)
    learned, judged = examples.chosen(~held), examples.chosen(held)
    encoders = {}
    for name, chosen in (("untouched", replace(recipe, epochs=0)), ("fine-tuned", recipe)):
        target = WORK / f"fold{fold}" / name
        build(Order(learned, other_texts(), chosen, target, WORK / f"fold{fold}"), _tell)
        encoders[name] = MessageEncoder(target)
        figures = measured(encoders[name], FEW_SHOT, judged.texts[::4])
        _tell(f"{name}: {figures}")
    _tell(f"learned from {len(learned.texts)}, judged on {len(judged.texts)} examples")
    print(judged_table(encoders, learned, judged))


def _cuts(examples: Examples, lesson: Lesson, only: list[str]) -> None:
    """Make the smaller encoders without the fold that `bot.evaluation.encoders` judges them on."""
    held = held_fold(examples, evaluation.FOLDS, evaluation.SEED)
    source = unpack_and_prune(examples.texts + other_texts(), _tell)
    lessons = Lessons(examples.chosen(~held), other_texts(), lesson)
    make_cuts({name: CUTS[name] for name in only}, source, lessons, WORK / "cuts", _tell)


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
        choices=["make", "check", "judge", "cuts"],
        default="make",
        help="make the artifact (default), measure the one that stands, judge the recipe, "
        "or make smaller ones to measure",
    )
    parser.add_argument("--target", type=Path, default=ARTIFACT, help="folder of the artifact")
    parser.add_argument("--fold", type=int, choices=range(FOLDS), default=0, help="of judge")
    parser.add_argument("--threads", type=int, default=1, help="torch threads (default 1)")
    parser.add_argument(
        "--fine-tuned", action="store_true", help="of make: also teach it our examples"
    )
    parser.add_argument(
        "--only", nargs="+", choices=CUTS, default=list(CUTS), help="of cuts: which (default all)"
    )
    parser.add_argument("--steps", type=int, default=Lesson.steps, help="of cuts: of distilling")
    return parser


def _tell(line: str) -> None:
    print(time.strftime("%H:%M:%S"), line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
