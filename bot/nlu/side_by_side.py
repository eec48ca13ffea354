"""Several parts of a computation at once, on threads: numpy and scipy let each other go on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Given = TypeVar("Given")
Found = TypeVar("Found")


def side_by_side(work: Callable[[Given], Found], parts: Iterable[Given]) -> list[Found]:
    """What `work` gives for each part, in their order."""
    # Only learning does it: the server does without.
    from threadpoolctl import threadpool_limits

    # Threads of linear algebra below these would wait for each other, at twice the cost.
    with threadpool_limits(1), ThreadPoolExecutor() as threads:
        return list(threads.map(work, parts))
