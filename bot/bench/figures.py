"""The figures, what each must reach, and how they are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Figures = dict[str, float]


@dataclass(frozen=True)
class Goal:
    """A figure in words, and what it must reach: at most, or for `at_least` at least, so much."""

    words: str
    wanted: float | None = None
    at_least: bool = False

    def reached(self, value: float) -> bool:
        """Whether the value is good enough."""
        if self.wanted is None:
            return True
        return value >= self.wanted if self.at_least else value <= self.wanted


# In the order in which they are told; the names are those of reports/bench.json.
GOALS: Final[Mapping[str, Goal]] = {
    "environment_megabytes": Goal("runtime packages on disk, MB", 800),
    "ready_seconds": Goal("ready after the start, s", 5),
    "memory_at_start": Goal("memory at the start, MB", 280),
    "memory_at_end": Goal("memory after all messages, MB", 280),
    "memory_of_all_processes": Goal("memory of all processes, MB", 450),
    "alone_p50": Goal("one visitor, p50, ms", 10),
    "alone_p95": Goal("one visitor, p95, ms", 20),
    "alone_processor": Goal("one visitor, of processor a message, ms"),
    "check_p50": Goal("a turn of the check, by typing, p50, ms", 30),
    "check_p95": Goal("a turn of the check, by typing, p95, ms"),
    "together_per_second": Goal("16 visitors, messages a second", 120, at_least=True),
    "together_p50": Goal("16 visitors, p50, ms"),
    "together_p95": Goal("16 visitors, p95, ms"),
    "errors": Goal("errors", 0),
    "long_p50": Goal("turns 451 to 500, checks and questions, p50, ms"),
    "long_new_p50": Goal("the same turns in new conversations, p50, ms"),
    "long_ratio": Goal("ratio of these", 1.25),
    "long_first_after_restart": Goal("its first turn after a restart, ms"),
    "stored_conversations": Goal("conversations in the store"),
    "stored_p50": Goal("with them, one visitor, p50, ms"),
    "stored_empty_p50": Goal("without them, one visitor, p50, ms"),
    "stored_ratio": Goal("ratio of these", 1.25),
    "first_training_seconds": Goal("first training, s", 90),
    "retraining_seconds": Goal("training after one changed line, s", 15),
    "load_before": Goal("load of the machine before"),
}
_WIDTH: Final = 50


def told(figures: Figures) -> list[str]:
    """The figures, a line each, with what they must reach."""
    lines = []
    for name, goal in GOALS.items():
        if name not in figures:
            continue
        line = f"{goal.words:{_WIDTH}}{figures[name]:>10,.10g}"
        if goal.wanted is not None:
            wanted = f"at {'least' if goal.at_least else 'most'} {goal.wanted:g}"
            line += f"   ({wanted}: {'reached' if goal.reached(figures[name]) else 'MISSED'})"
        lines.append(line)
    return lines
