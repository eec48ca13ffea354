"""`python -m bot.evaluation.encoders FOLDER...`: encoders measured beside each other.

Each is put under the assistant's own classifier, trained anew on its vectors.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING

import numpy as np

from bot.encoder.artifact import ARTIFACT, ArtifactError, verified
from bot.encoder.examples import Examples, ExamplesError, read_examples
from bot.encoder.judging import few_shot_accuracy, milliseconds
from bot.encoder.runtime import MessageEncoder
from bot.encoder.typing_errors import without_accents, without_end
from bot.evaluation.figures import Figures, Judged, by_language, figures
from bot.evaluation.judging import (
    SEED,
    as_messages,
    judged,
    other_language,
    trained_identifier,
    without_fold,
)
from bot.evaluation.messages import EXAMPLES, Message, MessagesError, visitor_messages
from bot.nlu.catalogue_model import CatalogueModel
from bot.settings import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FEW_SHOT = PROJECT / "tests" / "bot" / "encoder" / "few_shot.yml"
REPORTS = PROJECT / "reports"
COMMITTED = "committed"
TIMED = 300  # messages
HEADINGS = [
    "encoder",
    "MB",
    "ms p50, of processor",
    "few-shot",
    "held fold top-1",
    "the same mistyped",
    "in scope top-1 nl / fr",
    "right or offered nl / fr",
    "out of scope declined nl / fr",
]


@dataclass(frozen=True)
class Row:
    """What was measured of one encoder."""

    name: str
    megabytes: float  # network and tokenizer
    processor_milliseconds: float  # median of one message on one core
    few_shot_top1: float  # on another subject
    held: Figures  # on a fifth of the examples that the classifier has not learned
    mistyped: Figures  # the same, each with one wrong letter and half of them in hurried writing
    visitors: dict[str, Figures]  # by language


def measured(
    folder: Path,
    name: str,
    examples: Examples,
    visitors: Sequence[Message],
    unspoken: Callable[[str], bool],
) -> Row:
    """Measure the encoder in the folder; trains the classifier twice, some minutes.

    Raises:
        ArtifactError: the folder holds no intact encoder.
    """
    encoder = MessageEncoder(folder)
    every = max(1, len(examples.texts) // TIMED)
    spent, _slow = milliseconds(encoder, examples.texts[::every], time.thread_time)
    vectors = encoder.encode_batch(examples.texts)
    held, mistyped = _on_a_fold(examples, vectors, encoder)
    model = CatalogueModel.train(examples.texts, vectors, examples.labels)
    asked = encoder.encode_batch([message.text for message in visitors])
    found: list[Judged] = judged(model, visitors, asked, unspoken, encoder.encode)
    return Row(
        name,
        round(sum(path.stat().st_size for path in folder.iterdir()) / 1e6, 1),
        spent,
        round(few_shot_accuracy(encoder, FEW_SHOT), 4),
        figures(held),
        figures(mistyped),
        by_language(found),
    )


def _on_a_fold(
    examples: Examples, vectors: np.ndarray, encoder: MessageEncoder
) -> tuple[list[Judged], list[Judged]]:
    """A fifth of the examples, judged by what the others teach: as they are, and mistyped."""
    held, model = without_fold(examples, vectors)
    asked = as_messages(examples.chosen(held))
    chance = np.random.default_rng(SEED)
    hurried = [replace(one, text=in_a_hurry(one.text, chance)) for one in asked]
    theirs = encoder.encode_batch([one.text for one in hurried])
    return (
        judged(model, asked, vectors[held], encode=encoder.encode),
        judged(model, hurried, theirs, encode=encoder.encode),
    )


def in_a_hurry(text: str, chance: np.random.Generator) -> str:
    """One letter wrong; each time with a chance of one half: no accents, no capitals, no end mark.

    The wrong letter is any letter: an encoder that learned other typing errors is not flattered.
    """
    for change in (without_accents, str.lower, without_end):
        text = change(text) if chance.random() < 0.5 else text  # noqa: PLR2004 - one half
    places = [place for place, sign in enumerate(text) if sign.isalpha()]
    if not places:
        return text
    place = places[chance.integers(len(places))]
    return text[:place] + str(chance.choice(list(ascii_lowercase))) + text[place + 1 :]


def as_markdown(rows: Sequence[Row]) -> str:
    """The rows as a table."""
    lines = [HEADINGS, ["---"] * len(HEADINGS), *(_cells(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def write(rows: Sequence[Row], folder: Path) -> None:
    """Write encoders.md, and every figure to encoders.json."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "encoders.md").write_text(as_markdown(rows), encoding="utf-8")
    content = json.dumps([asdict(row) for row in rows], indent=2)
    (folder / "encoders.json").write_text(content + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and write; 1 with one sentence when an encoder or the data cannot be used.

    What was measured is written after each encoder: a run that is stopped keeps its rows.
    """
    chosen = _parser().parse_args(arguments)
    warnings.filterwarnings("ignore")  # Rasa's pinned libraries warn about themselves
    rows: list[Row] = []
    try:
        for folder in chosen.folders:
            verified(folder)  # minutes are not spent before a wrong name is told
        for row in _rows(chosen.folders):
            rows.append(row)
            write(rows, chosen.reports)
            print(time.strftime("%H:%M:%S"), *_cells(row), sep=" | ", file=sys.stderr, flush=True)
    except (ArtifactError, ExamplesError, MessagesError) as error:
        print(error, file=sys.stderr)
        return 1
    print(as_markdown(rows))
    return 0


def _rows(folders: Sequence[Path]) -> Iterator[Row]:
    examples, visitors = read_examples(EXAMPLES), visitor_messages()
    identifier = trained_identifier(examples)

    def unspoken(text: str) -> bool:
        return other_language(identifier, text)

    for folder in folders:
        name = COMMITTED if folder.resolve() == ARTIFACT else folder.name
        yield measured(folder, name, examples, visitors, unspoken)


def _cells(row: Row) -> list[str]:
    def each(figure: str) -> str:
        return " / ".join(_shown(getattr(one, figure)) for one in row.visitors.values())

    return [
        row.name,
        f"{row.megabytes:.0f}",
        f"{row.processor_milliseconds:.1f}",
        _shown(row.few_shot_top1),
        _shown(row.held.top1),
        _shown(row.mistyped.top1),
        each("in_scope_top1"),
        each("right_or_offered"),
        each("out_of_scope_declined"),
    ]


def _shown(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation.encoders", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="each with an encoder")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="folder of the table")
    return parser


if __name__ == "__main__":
    sys.exit(main())
