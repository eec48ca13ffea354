"""`python -m bot.evaluation`: measure, print, and write reports/evaluation.html and .json."""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from pathlib import Path

import numpy as np

from bot.encoder.artifact import ArtifactError
from bot.encoder.examples import Examples, ExamplesError, read_examples
from bot.encoder.freshness import freshness
from bot.encoder.runtime import committed_encoder
from bot.evaluation.data_quality import quality
from bot.evaluation.judging import (
    cross_validated,
    judged,
    other_language,
    trained_identifier,
    with_second_labels,
)
from bot.evaluation.messages import (
    BLIND,
    EXAMPLES,
    FRESH,
    MessagesError,
    second_labels,
    surrounded,
    visitor_messages,
)
from bot.evaluation.report import Results, as_text, write
from bot.nlu.catalogue_model import CatalogueModel
from bot.settings import PROJECT

REPORTS = PROJECT / "reports"
OWN, STRICT, VISITORS, OTHERS, SURROUNDED, UNSEEN = (
    "our examples, 5-fold cross-validation",
    "the same, each example with one right label only",
    "visitor messages",
    "fresh messages (written by hand, learned by nothing)",
    "the same questions between courtesies, or at the end of a story",
    "blind messages (by a writer who never saw the examples)",
)


def main(arguments: list[str] | None = None) -> int:
    """Measure; 0 unless something could not be measured, whatever the figures are."""
    chosen = _parser().parse_args(arguments)
    warnings.filterwarnings("ignore")  # Rasa's pinned libraries warn about themselves
    try:
        results = measured(ablated=chosen.ablation)
    except (ArtifactError, ExamplesError, MessagesError) as error:
        print(error, file=sys.stderr)
        return 1
    write(results, chosen.reports)
    print(as_text(results))
    print(f"\nWritten: {chosen.reports / 'evaluation.html'}")
    return 0


def measured(*, ablated: bool = False) -> Results:
    """Everything, from the files as they are now."""
    examples = read_examples(EXAMPLES)
    visitors = visitor_messages()
    _tell(f"{len(examples.texts)} examples, {len(visitors)} visitor messages: sentence vectors")
    vectors = _vectors(examples.texts)
    visitor_vectors = _vectors([message.text for message in visitors])
    fresh = visitor_messages(FRESH)
    _tell("5-fold cross-validation")
    strict = cross_validated(examples, vectors)
    own = with_second_labels(strict, second_labels())
    _tell("visitor messages")
    model = CatalogueModel.train(examples.texts, vectors, examples.labels)
    identifier = trained_identifier(examples)

    def unspoken(text: str) -> bool:
        return other_language(identifier, text)

    sets = {
        OWN: own,
        STRICT: strict,
        VISITORS: judged(model, visitors, visitor_vectors, unspoken),
    }
    blind = visitor_messages(BLIND)
    for name, messages in ((OTHERS, fresh), (SURROUNDED, surrounded(fresh)), (UNSEEN, blind)):
        theirs = _vectors([message.text for message in messages])
        sets[name] = judged(model, messages, theirs, unspoken)
    _tell("data quality")
    found = quality(examples, vectors, own)
    rows = []
    if ablated:
        from bot.evaluation.ablation import Sets, ablation

        measured_on = Sets(examples, vectors, visitors, visitor_vectors)
        rows = ablation(measured_on, _tell)
    return Results(sets, _notes(examples, model), model.thresholds, found, rows)


def _notes(examples: Examples, model: CatalogueModel) -> list[str]:
    second = len(second_labels())
    sure, decline = model.thresholds.sure, model.thresholds.decline
    return [
        f"{len(examples.texts)} examples in {len(model.labels)} entries.",
        "The sentence encoder has learned none of them.",
        f"{second} of them ({second / len(examples.texts):.1%}) have a second label that is right.",
        f"Chosen on these: an answer from {sure:.2f}, a refusal from {decline:.2f}.",
        f"Temperature of the confidences: {model.calibration.temperature:.2f}.",
        freshness(examples.texts, committed_encoder().reads).advice,
    ]


def _vectors(texts: list[str]) -> np.ndarray:
    from bot.nlu.sentence_encoder import VectorCache  # imports Rasa: some seconds

    cache = VectorCache()
    vectors = np.stack(cache.vectors(texts))
    cache.save()
    return vectors


def _tell(line: str) -> None:
    print(time.strftime("%H:%M:%S"), line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation", description=__doc__)
    parser.add_argument("--reports", type=Path, default=REPORTS, help="folder of the report")
    parser.add_argument(
        "--ablation", action="store_true", help="also measure what each choice gives (slow)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
