"""Teaching a cut network to give what the full one gives: its states and its vectors, no labels.

Each layer that stays learns to give the states that the same layer gave in the full network, and so
to do the work of those that were left out before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from bot.encoder.fine_tuning import batches, padded, vectors_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.encoder.network import Network

TOLD_EVERY = 50  # steps
CENTRE_OF = 600  # texts whose mean vector is where all vectors are seen from


@dataclass(frozen=True)
class Lesson:
    """Everything that decides the outcome besides the data."""

    steps: int = 390  # once over some 12,500 texts
    batch: int = 32
    rate: float = 5e-4
    warm_up: int = 30  # steps
    longest: int = 64  # pieces of a text that are learned from
    states: float = 0.2  # weight of one layer's states; the vectors weigh 2, their likeness 1
    vectors: float = 2.0
    seed: int = 7


@dataclass(frozen=True)
class Given:
    """What a network gives for a batch: the states of each source layer, and the vectors."""

    states: dict[int, torch.Tensor]  # each (pieces of all messages, width), no padding
    vectors: torch.Tensor  # (messages, width), length 1


def given(network: Network, numbers: torch.Tensor, mask: torch.Tensor) -> Given:
    """Run the network over piece numbers (messages, pieces) and keep what each layer gave."""
    states, kept = network.entered(numbers), {}
    for source, layer in zip(network.source_layers, network.each_layer(), strict=True):
        states = layer(states, mask)
        kept[source] = states[mask]
    return Given(kept, network.pooled(states, mask))


def distance(student: Given, teacher: Given, centre: torch.Tensor, lesson: Lesson) -> torch.Tensor:
    """How far the student is from the teacher: 0 when it gives the same; one number."""
    found = torch.zeros(())
    for source, states in student.states.items():
        aim = teacher.states[source]
        found = found + lesson.states * functional.mse_loss(states, aim) / aim.var()
    mine = functional.normalize(student.vectors - centre, dim=-1)
    theirs = functional.normalize(teacher.vectors - centre, dim=-1)
    found = found + lesson.vectors * (1 - (mine * theirs).sum(-1)).mean()
    return found + functional.mse_loss(mine @ mine.T, theirs @ theirs.T)


def distil(
    student: Network,
    teacher: Network,
    pieces: list[list[int]],
    lesson: Lesson,
    tell: Callable[[str], None],
) -> list[float]:
    """Teach the student in place; the distance at every step. Words and positions stay."""
    pieces = [numbers[: lesson.longest] for numbers in pieces]
    teacher.eval().requires_grad_(False)
    centre = torch.from_numpy(vectors_of(teacher, pieces[:CENTRE_OF]).mean(axis=0))
    student.train().requires_grad_(False)
    student.layers.requires_grad_(True)
    taught = list(student.layers.parameters())
    optimiser = torch.optim.AdamW(taught, weight_decay=0.01, fused=True)
    distances: list[float] = []
    for step, places in zip(range(lesson.steps), _without_end(pieces, lesson), strict=False):
        numbers, mask = padded(pieces, places)
        with torch.no_grad():
            aim = given(teacher, numbers, mask)
        loss = distance(given(student, numbers, mask), aim, centre, lesson)
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, lesson)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(taught, 1.0)
        optimiser.step()
        distances.append(loss.item())
        if (step + 1) % TOLD_EVERY == 0:
            tell(f"{step + 1}/{lesson.steps}: distance {np.mean(distances[-TOLD_EVERY:]):.3f}")
    student.eval()
    return distances


def rate_at(step: int, lesson: Lesson) -> float:
    """The learning rate: rising while it warms up, then falling to a fiftieth."""
    left = max(0.02, (lesson.steps - step) / lesson.steps)
    return lesson.rate * min(1.0, (step + 1) / lesson.warm_up) * left


def _without_end(pieces: list[list[int]], lesson: Lesson) -> Iterator[np.ndarray]:
    """Batches of places, pass after pass, each pass in an order of its own."""
    lengths = [len(numbers) for numbers in pieces]
    turn = 0
    while True:
        yield from batches(lengths, lesson.batch, np.random.default_rng([lesson.seed, turn]))
        turn += 1
