"""How the network is taught: to give for hurried typing what the untouched one gives for good.

No labels and no examples of ours: the untouched network, the teacher, reads a sentence as it should
be, behind its prefix; the student, its copy, reads it bare, and half of the time as a hurried
visitor would type it. It learns the teacher's vector and, where both read the same, its states.
"""

from __future__ import annotations

import itertools
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from bot.encoder.batches import batches, padded, vectors_of
from bot.encoder.typing_errors import mistyped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.encoder.network import Network
    from bot.encoder.sentences import Sentences

TOLD_EVERY = 100  # steps
KEPT_EVERY = 200  # steps, and so many are done again at most after a stop
JUDGED = 600  # texts, the first ones: not learned, they tell how near the student comes
CENTRE_OF = 1000  # texts whose mean vector is where all vectors are seen from


@dataclass(frozen=True)
class Lesson:
    """Everything that decides the outcome besides the data."""

    steps: int = 1600
    cooling: int = 1000  # the last steps, in which the rate falls to nothing
    batch: int = 64
    rate: float = 2e-4
    warm_up: int = 50  # steps
    joined: float = 0.1  # share of the sentences that come behind another one
    longest: int = 48  # pieces of a text that are learned from
    states: float = 0.1  # weight of one layer's states; the vectors weigh 2, their likeness 4
    mistyped: float = 0.5  # share of the texts that the student reads with typing errors
    seed: int = 7
    halves: bool = False  # count in half precision (bfloat16), where the processor can


@dataclass(frozen=True)
class Nearness:
    """The mean cosine to the teacher's vectors, seen from their mean, on texts not learned."""

    clean: float
    mistyped: float  # the teacher reads them clean

    def __str__(self) -> str:
        return f"nearness {self.clean:.3f}, of mistyped texts {self.mistyped:.3f}"


class Reading:
    """The texts of the lesson, and how they become the pieces that both networks read."""

    def __init__(
        self,
        sentences: Sentences,
        cut: Callable[[list[str]], list[list[int]]],
        prefix: list[int],
        lesson: Lesson,
    ) -> None:
        """Cut up the sentences; `cut` gives the pieces of texts, `prefix` are those put before."""
        self.fingerprint = sentences.fingerprint()
        self.sentences = sentences.joined(lesson.joined, lesson.seed)
        self.prefix = prefix
        self._cut = cut
        self._longest = lesson.longest
        self.pieces = self.of(self.sentences.texts)

    def of(self, texts: list[str]) -> list[list[int]]:
        """The pieces of texts as the student reads them, from the start as far as is learned."""
        most = self._longest
        return [
            one if len(one) <= most else [*one[: most - 1], one[-1]] for one in self._cut(texts)
        ]

    def mistyped(self, place: int, chance: np.random.Generator) -> list[int]:
        """The pieces of the text at this place, with typing errors."""
        text, language = self.sentences.texts[place], self.sentences.languages[place]
        return self.of([mistyped(text, language, chance)])[0]

    def behind_prefix(self, pieces: list[int]) -> list[int]:
        """A text's pieces as the teacher reads them."""
        return [pieces[0], *self.prefix, *pieces[1:]]


class Distilling:
    """One course of lessons: progress, checkpoints, gone on with where it was stopped."""

    def __init__(
        self, student: Network, teacher: Network, reading: Reading, lesson: Lesson
    ) -> None:
        """Prepare the course; the student is taught in place. Words and places stay."""
        self.student, self.teacher = student, teacher.eval().requires_grad_(False)
        self.reading, self.lesson = reading, lesson
        self.pieces = reading.pieces
        seen_from = self.pieces[JUDGED : JUDGED + CENTRE_OF] or self.pieces
        self.centre = torch.from_numpy(self._aims(seen_from).mean(axis=0))
        student.requires_grad_(False)
        student.layers.requires_grad_(True)
        self._taught = list(student.layers.parameters())
        self._optimiser = torch.optim.AdamW(
            self._taught, lr=lesson.rate, weight_decay=0.01, fused=True
        )

    def run(self, checkpoint: Path, tell: Callable[[str], None]) -> list[float]:
        """Teach to the end, from the checkpoint on when it is this very course's; the distances."""
        done = self._resume(checkpoint)
        if done:
            tell(f"resumed after step {done}")
        distances: list[float] = []
        self.student.train()
        for step, (turn, places) in enumerate(self._without_end()):
            if step >= self.lesson.steps:
                break
            if step < done:
                continue
            distances.append(self._step(step, turn, places))
            if (step + 1) % TOLD_EVERY == 0:
                told = np.mean(distances[-TOLD_EVERY:])
                tell(f"{step + 1}/{self.lesson.steps}: distance {told:.3f}")
            if (step + 1) % KEPT_EVERY == 0:
                self._keep(checkpoint, step + 1)
        self.student.eval()
        return distances

    def nearness(self) -> Nearness:
        """How near the student is, on texts that are not among those it learns."""
        chance = np.random.default_rng(99)
        clean = self.pieces[:JUDGED]
        hurried = [self.reading.mistyped(place, chance) for place in range(len(clean))]
        aims = _seen_from(torch.from_numpy(self._aims(clean)), self.centre)
        found = []
        for pieces in (clean, hurried):
            mine = torch.from_numpy(vectors_of(self.student, pieces))
            found.append(float((_seen_from(mine, self.centre) * aims).sum(-1).mean()))
        return Nearness(round(found[0], 4), round(found[1], 4))

    def _step(self, step: int, turn: int, places: np.ndarray) -> float:
        lesson, reading = self.lesson, self.reading
        chance = np.random.default_rng([lesson.seed, turn, step])
        hurried = chance.random(len(places)) < lesson.mistyped
        clean = [self.pieces[place] for place in places]
        read = [
            reading.mistyped(place, chance) if noised else pieces
            for place, noised, pieces in zip(places, hurried, clean, strict=True)
        ]
        with (
            # The fused kind of attention is made for long texts: on short ones it takes a third
            # of a step.
            sdpa_kernel(SDPBackend.MATH),
            torch.autocast("cpu", dtype=torch.bfloat16, enabled=lesson.halves),
        ):
            loss = self._distance(read, clean, torch.from_numpy(~hurried))
        for group in self._optimiser.param_groups:
            group["lr"] = rate_at(step, lesson)
        self._optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._taught, 1.0)
        self._optimiser.step()
        return loss.item()

    def _distance(
        self, read: list[list[int]], clean: list[list[int]], alike: torch.Tensor
    ) -> torch.Tensor:
        """How far the student is from the teacher; `alike` marks the texts both read alike."""
        numbers, mask = padded(read)
        with torch.no_grad():
            aims, aim = _given(self.teacher, *padded(list(map(self.reading.behind_prefix, clean))))
        states, mine = _given(self.student, numbers, mask)
        behind = len(self.reading.prefix)
        width = min(mask.shape[1], aims[0].shape[1] - behind)
        both = mask[:, :width] & alike[:, None]
        loss = torch.zeros(())
        if both.any():
            for state, wanted in zip(states, aims, strict=True):
                shown = torch.cat([wanted[:, :1], wanted[:, 1 + behind :]], 1)[:, :width][both]
                error = functional.mse_loss(state[:, :width][both], shown)
                loss = loss + self.lesson.states * error / shown.var()
        mine, aim = _seen_from(mine, self.centre), _seen_from(aim, self.centre)
        loss = loss + 2 * (1 - (mine * aim).sum(-1)).mean()
        return loss + 4 * functional.mse_loss(mine @ mine.T, aim @ aim.T)

    def _aims(self, pieces: list[list[int]]) -> np.ndarray:
        return vectors_of(self.teacher, [self.reading.behind_prefix(one) for one in pieces])

    def _without_end(self) -> Iterator[tuple[int, np.ndarray]]:
        """Batches of places, turn after turn, each turn in an order of its own."""
        first = JUDGED if len(self.pieces) > JUDGED + CENTRE_OF else 0
        lengths = [len(one) for one in self.pieces[first:]]
        for turn in itertools.count():
            order = np.random.default_rng([self.lesson.seed, turn])
            for places in batches(lengths, self.lesson.batch, order):
                yield turn, places + first

    def _course(self) -> dict[str, object]:
        return {"texts": self.reading.fingerprint, **asdict(self.lesson)}

    def _keep(self, checkpoint: Path, step: int) -> None:
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        partial = checkpoint.with_suffix(".partial")
        states = [self.student.layers.state_dict(), self._optimiser.state_dict()]
        torch.save({"course": self._course(), "step": step, "states": states}, partial)
        partial.replace(checkpoint)

    def _resume(self, checkpoint: Path) -> int:
        if not checkpoint.exists():
            return 0
        kept = torch.load(checkpoint, weights_only=True)
        if kept["course"] != self._course():
            return 0
        for part, state in zip((self.student.layers, self._optimiser), kept["states"], strict=True):
            part.load_state_dict(state)
        return int(kept["step"])


def halves_pay() -> bool:
    """Whether this processor has half-precision products: a step takes 0.6 of the time or less."""
    able = torch.cpu.get_capabilities()
    return bool(able.get("amx_bf16") or able.get("avx512_bf16"))


def rate_at(step: int, lesson: Lesson) -> float:
    """The learning rate: rising while it warms up, then level, falling in the last steps."""
    left = min(1.0, (lesson.steps - step) / lesson.cooling)
    return lesson.rate * min(1.0, (step + 1) / lesson.warm_up) * max(left, 0.01)


def _given(
    network: Network, numbers: torch.Tensor, mask: torch.Tensor
) -> tuple[list[torch.Tensor], torch.Tensor]:
    """The states after each layer, and the vectors."""
    states, found = network.entered(numbers), []
    for layer in network.each_layer():
        states = layer(states, mask)
        found.append(states)
    return found, network.pooled(states, mask)


def _seen_from(vectors: torch.Tensor, centre: torch.Tensor) -> torch.Tensor:
    return functional.normalize(vectors - centre, dim=-1)
