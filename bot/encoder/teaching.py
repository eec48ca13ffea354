"""Step 4 of making the encoder: the network learns to read bare what hurried visitors type.

The untouched network teaches it, on sentences that are none of ours: no example takes part, so
cross-validation over the examples stays what it is.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.encoder.build import Made, Source
from bot.encoder.distilling import Distilling, Lesson, Reading
from bot.encoder.runtime import MOST_PIECES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.encoder.sentences import Sentences


def taught(
    source: Source,
    sentences: Sentences,
    lesson: Lesson,
    checkpoint: Path,
    tell: Callable[[str], None],
) -> Made:
    """The source's network after its lesson, gone on with from the checkpoint."""
    reading = Reading(sentences, source.cut(), source.prefix(), lesson)
    places = MOST_PIECES + len(reading.prefix)  # the longest text, and the prefix before it
    student, teacher = source.network(places), source.network(places)
    student.leave_out_prefix(len(reading.prefix))
    course = Distilling(student, teacher, reading, lesson)
    tell(f"distil: before it {course.nearness()}")
    course.run(checkpoint, lambda line: tell(f"distil: {line}"))
    nearness = course.nearness()
    tell(f"distil: {nearness}")
    figures = {"nearness": nearness.clean, "nearness_mistyped": nearness.mistyped}
    return Made(student, sentences, asdict(lesson), figures)
