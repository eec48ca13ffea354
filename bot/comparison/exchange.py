"""What a peer is given and gives back: JSON files, so that it may be any program.

`train EXAMPLES FOLDER` reads `[{"text", "language", "label"}, ...]` and puts what it learned in the
folder. `answer FOLDER MESSAGES ANSWERS` reads `[{"text", "language"}, ...]` and writes an
`Answered`; the first message is asked twice, and the first time is not counted.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

OUTCOMES = ("sure", "unsure", "out_of_scope")


class ExchangeError(ValueError):
    """A peer gave back something else than was agreed; says which file and what is wrong."""


@dataclass(frozen=True)
class Answer:
    """The labels as ranked (best first, with shares), and one of `OUTCOMES`."""

    ranking: tuple[tuple[str, float], ...]
    outcome: str


@dataclass(frozen=True)
class Answered:
    """All answers, and what they took."""

    ready_at: float  # seconds since 1970, when the first message could be asked
    ready_processor_seconds: float  # what the start took of the processor
    megabytes: float  # resident, after the last message
    milliseconds: tuple[float, ...]  # of each message
    processor_milliseconds: float  # of a message, the mean: hardly changed by other work
    answers: tuple[Answer, ...]


def ask_all(
    understand: Callable[[str, str], Answer], messages: Sequence[Mapping[str, str]]
) -> Answered:
    """Ask one message after the other: `understand(text, language)`."""
    ready_at, ready_processor = time.time(), time.process_time()
    milliseconds, answers = [], []
    for message in messages[:1]:
        understand(message["text"], message["language"])
    before = time.process_time()
    for message in messages:
        started = time.perf_counter()
        answers.append(understand(message["text"], message["language"]))
        milliseconds.append((time.perf_counter() - started) * 1000)
    spent = (time.process_time() - before) * 1000
    return Answered(
        ready_at,
        ready_processor,
        resident_megabytes(),
        tuple(milliseconds),
        spent / max(len(messages), 1),
        tuple(answers),
    )


def resident_megabytes() -> float:
    """What this process holds in memory now."""
    with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123 - no file of ours
        line = next(line for line in file if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def write_answered(answered: Answered, path: Path) -> None:
    """Write what `read_answered` reads."""
    path.write_text(json.dumps(asdict(answered)), encoding="utf-8")


def read_answered(path: Path, messages: int) -> Answered:
    """Read a peer's answers to so many messages.

    Raises:
        ExchangeError: the file is missing, has another shape, or answers not every message.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        answered = Answered(
            float(content["ready_at"]),
            float(content["ready_processor_seconds"]),
            float(content["megabytes"]),
            tuple(map(float, content["milliseconds"])),
            float(content["processor_milliseconds"]),
            tuple(map(_answer, content["answers"])),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExchangeError(f"{path} holds no answers of a peer: {error!r}.") from error
    if not len(answered.answers) == len(answered.milliseconds) == messages:
        raise ExchangeError(
            f"{path} holds {len(answered.answers)} answers and {len(answered.milliseconds)} times "
            f"for {messages} messages."
        )
    return answered


def _answer(content: Mapping[str, object]) -> Answer:
    ranking, outcome = content["ranking"], content["outcome"]
    if outcome not in OUTCOMES or not isinstance(ranking, list) or not ranking:
        raise ValueError(f"an answer has the outcome {outcome!r} and the ranking {ranking!r}")
    return Answer(tuple((str(label), float(share)) for label, share in ranking), str(outcome))
