"""Smaller encoders to measure beside the committed one: fewer layers, as they are or distilled."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bot.encoder.artifact import seal
from bot.encoder.build import Source, origin, put_down
from bot.encoder.distilling import Lesson, distil
from bot.encoder.examples import Examples
from bot.encoder.freshness import keep_learned
from bot.encoder.network import Network, network_from
from bot.encoder.runtime import MOST_PIECES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Cut:
    """Which of the source's layers stay, lowest first, and whether they are taught anew."""

    layers: tuple[int, ...]
    distilled: bool = False


CUTS = {
    "8-layers": Cut((0, 1, 3, 4, 6, 8, 10, 11)),  # both ends whole: much better than evenly picked
    "8-layers-even": Cut((0, 2, 3, 5, 6, 8, 9, 11)),
    "6-layers": Cut((0, 2, 4, 7, 9, 11)),
    "6-layers-distilled": Cut((1, 3, 5, 7, 9, 11), distilled=True),
}


@dataclass(frozen=True)
class Lessons:
    """What the distilled ones learn from, without labels, and how.

    The examples are those that no one will judge the encoder on; `other_texts` add to them.
    """

    examples: Examples
    other_texts: list[str]
    lesson: Lesson


def make_cuts(
    cuts: Mapping[str, Cut],
    source: Source,
    lessons: Lessons,
    folder: Path,
    tell: Callable[[str], None],
) -> None:
    """Write each cut to folder/<name>, in the form of the committed artifact."""
    for name, cut in cuts.items():
        network = cut_network(source, cut)
        tell(f"{name}: layers {cut.layers}")
        settings: dict[str, object] = {"layers": list(cut.layers), "epochs": 0}
        if cut.distilled:
            _teach(network, source, lessons, tell)
            settings["distilled"] = asdict(lessons.lesson)
        put_down(source, network, folder / name)
        # It saw no labels, and none of the texts that judge it.
        keep_learned(folder / name, Examples([], [], []))
        seal(folder / name, origin(lessons.examples, lessons.lesson.seed, settings, {}))
        tell(f"{name}: in {folder / name}")


def cut_network(source: Source, cut: Cut) -> Network:
    """The untouched network with only the cut's layers."""
    return network_from(source.weights, source.kept, MOST_PIECES, list(cut.layers))


def _teach(student: Network, source: Source, lessons: Lessons, tell: Callable[[str], None]) -> None:
    texts = list(dict.fromkeys(lessons.examples.texts + lessons.other_texts))
    tell(f"distilling: learns from {len(texts)} texts")
    teacher = source.network(source.weights.shape.layers)
    distil(
        student,
        teacher,
        source.pieces(texts),
        lessons.lesson,
        lambda line: tell(f"distilling: {line}"),
    )
