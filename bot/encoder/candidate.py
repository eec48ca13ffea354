"""The narrow encoder that may follow the committed one: made to be measured beside it.

It is the same network with half of each layer's inner units, taught by the full one to give the
same vectors without a prefix. No example of ours takes part, so cross-validation over the examples
stays what it is.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from bot.encoder.build import Made, Source
from bot.encoder.distilling import Distilling, Lesson, Reading
from bot.encoder.narrowing import narrow
from bot.encoder.runtime import MOST_PIECES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.encoder.sentences import Sentences


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the outcome besides the data; a changed value is another encoder."""

    inner: int = 768  # units of each layer that stay, of 1536
    narrowed_on: int = 1000  # sentences from which the units are chosen
    lesson: Lesson = field(default_factory=Lesson)


def narrowed(
    source: Source,
    sentences: Sentences,
    recipe: Recipe,
    checkpoint: Path,
    tell: Callable[[str], None],
) -> Made:
    """The source's network made narrow and taught, gone on with from the checkpoint."""
    reading = Reading(sentences, source.cut(), source.prefix(), recipe.lesson)
    places = MOST_PIECES + len(reading.prefix)  # the longest text, and the prefix before it
    student, teacher = source.network(places), source.network(places)
    shown = reading.pieces[: recipe.narrowed_on]
    narrow(student, recipe.inner, [reading.behind_prefix(one) for one in shown])
    student.leave_out_prefix(len(reading.prefix))
    course = Distilling(student, teacher, reading, recipe.lesson)
    tell(f"narrow: {recipe.inner} units a layer stay, {course.nearness()}")
    course.run(checkpoint, lambda line: tell(f"distil: {line}"))
    nearness = course.nearness()
    tell(f"distil: {nearness}")
    return Made(
        student,
        prefix="",
        seed=recipe.lesson.seed,
        settings=asdict(recipe),
        sentences=sentences,
        figures={"nearness": nearness.clean, "nearness_mistyped": nearness.mistyped},
    )
