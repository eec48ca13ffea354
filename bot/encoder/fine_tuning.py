"""Step 3 of making the encoder: teach the network our catalogue, gently.

A head that starts at the label means is trained with the network and then thrown away: what stays
is an encoder in which messages of one label lie closer together. An anchor pulls every vector
towards where the untouched model put it, so that other subjects keep their places.
"""

from __future__ import annotations

import copy
import math
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any, Protocol

    from bot.encoder.network import Network

    class _Part(Protocol):
        """What a checkpoint keeps: anything of torch that has a state."""

        def state_dict(self) -> dict[str, Any]: ...

        def load_state_dict(self, state_dict: Any) -> Any: ...


PAD = 1


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the outcome besides the data; a changed value is another encoder."""

    seed: int = 7
    epochs: int = 3
    batch: int = 32
    rate: float = 1e-4
    head_rate: float = 2e-3
    warm_up: float = 0.1  # share of the steps
    decay: float = 0.01
    smoothing: float = 0.05
    dropout: float = 0.1
    anchor: float = 0.5  # weight of staying near the untouched vectors
    frozen_layers: int = 0  # so many lowest layers stay as they are
    sharpness: float = 16.0  # the head's first scale
    kept_share: float = 1.0  # of the step from the untouched to the tuned weights
    layers: int = 12  # fewer: only so many, evenly picked, of the source's twelve


class Head(nn.Module):
    """Label scores from the angle between a centred vector and each label's direction."""

    centre: torch.Tensor

    def __init__(self, vectors: torch.Tensor, labels: torch.Tensor, sharpness: float) -> None:
        """Start at the label means of the untouched vectors."""
        super().__init__()
        self.register_buffer("centre", vectors.mean(0))
        centred = self.centred(vectors)
        count = int(labels.max()) + 1
        means = torch.stack([centred[labels == label].mean(0) for label in range(count)])
        self.directions = nn.Parameter(functional.normalize(means, dim=-1))
        self.sharpness = nn.Parameter(torch.tensor(sharpness))

    def centred(self, vectors: torch.Tensor) -> torch.Tensor:
        """The vectors seen from their common centre, at length 1."""
        return functional.normalize(vectors - self.centre, dim=-1)

    def forward(self, centred: torch.Tensor) -> torch.Tensor:
        """Scores (messages, labels)."""
        return self.sharpness * centred @ functional.normalize(self.directions, dim=-1).T


def batches(lengths: list[int], size: int, order: np.random.Generator) -> list[np.ndarray]:
    """Places of all messages in batches of like length, in random order (little padding)."""
    places = order.permutation(len(lengths))
    spans = [places[start : start + 40 * size] for start in range(0, len(places), 40 * size)]
    grouped = [
        span[np.argsort([lengths[place] for place in span], kind="stable")] for span in spans
    ]
    found = [span[start : start + size] for span in grouped for start in range(0, len(span), size)]
    return [found[place] for place in order.permutation(len(found))]


def padded(pieces: list[list[int]], places: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
    """Piece numbers and mask of the chosen messages."""
    longest = max(len(pieces[place]) for place in places)
    numbers = torch.full((len(places), longest), PAD, dtype=torch.long)
    for row, place in enumerate(places):
        numbers[row, : len(pieces[place])] = torch.tensor(pieces[place])
    return numbers, numbers != PAD


def vectors_of(network: Network, pieces: list[list[int]], size: int = 32) -> np.ndarray:
    """The vectors of all messages, in their order."""
    network.eval()
    order = np.argsort([len(numbers) for numbers in pieces], kind="stable")
    vectors = np.empty((len(pieces), network.positions.shape[1]), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), size):
            places = order[start : start + size]
            vectors[places] = network(*padded(pieces, places)).numpy()
    return vectors


class FineTuning:
    """One training run: epochs with progress, a checkpoint after each, resumed where it stopped."""

    def __init__(
        self, network: Network, pieces: list[list[int]], labels: list[str], recipe: Recipe
    ) -> None:
        """Prepare the run; the given network is trained in place."""
        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.network = network
        self.pieces = pieces
        names = sorted(set(labels))
        self.labels = torch.tensor([names.index(label) for label in labels])
        self.untouched = copy.deepcopy(network.layers.state_dict())
        first = torch.from_numpy(vectors_of(network, pieces))
        self.head = Head(first, self.labels, recipe.sharpness)
        self.anchors = self.head.centred(first)
        for layer in network.each_layer():
            layer.dropout = recipe.dropout
        network.requires_grad_(False)
        network.layers[recipe.frozen_layers :].requires_grad_(True)
        self._tuned = [weight for weight in network.parameters() if weight.requires_grad]
        self._optimiser = torch.optim.AdamW(
            [
                {"params": self._tuned, "lr": recipe.rate},
                {"params": self.head.parameters(), "lr": recipe.head_rate},
            ],
            weight_decay=recipe.decay,
            fused=True,
        )
        self._steps = recipe.epochs * math.ceil(len(pieces) / recipe.batch)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimiser, self._share_of_rate)

    def run(self, checkpoint: Path, fingerprint: str, tell: Callable[[str], None]) -> None:
        """Train to the end, going on from the checkpoint when it belongs to this very run."""
        run = {"data": fingerprint, **asdict(self.recipe)}
        del run["kept_share"]  # applied afterwards: trying another share needs no new training
        done = self._resume(checkpoint, run)
        if done:
            tell(f"resumed after epoch {done}")
        for epoch in range(done, self.recipe.epochs):
            started = time.monotonic()
            loss, right = self._epoch(epoch)
            self._keep(checkpoint, run, epoch + 1)
            seconds = time.monotonic() - started
            tell(
                f"epoch {epoch + 1}/{self.recipe.epochs}: loss {loss:.3f}, "
                f"{right:.1%} of the examples right, {seconds:.0f} s"
            )
        self._step_back()

    def _epoch(self, epoch: int) -> tuple[float, float]:
        self.network.train()
        torch.manual_seed(self.recipe.seed * 1000 + epoch)  # a resumed epoch repeats its dropout
        order = np.random.default_rng([self.recipe.seed, epoch])
        losses, right = [], 0
        for places in batches([len(numbers) for numbers in self.pieces], self.recipe.batch, order):
            loss, hits = self._step(places)
            losses.append(loss)
            right += hits
        return float(np.mean(losses)), right / len(self.pieces)

    def _step(self, places: np.ndarray) -> tuple[float, int]:
        numbers, mask = padded(self.pieces, places)
        lowest = self.recipe.frozen_layers
        with torch.no_grad():
            states = self.network.through(self.network.entered(numbers), mask, 0, lowest)
        states = self.network.through(states, mask, lowest, len(self.network.layers))
        centred = self.head.centred(self.network.pooled(states, mask))
        scores = self.head(centred)
        labels = self.labels[places]
        loss = functional.cross_entropy(scores, labels, label_smoothing=self.recipe.smoothing)
        distance = 1 - (centred * self.anchors[places]).sum(-1).mean()
        loss = loss + self.recipe.anchor * distance
        self._optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._tuned, 1.0)
        self._optimiser.step()
        self._schedule.step()
        return loss.item(), int((scores.argmax(-1) == labels).sum())

    def _share_of_rate(self, step: int) -> float:
        rising = max(1, int(self.recipe.warm_up * self._steps))
        if step < rising:
            return (step + 1) / rising
        return max(0.0, (self._steps - step) / max(1, self._steps - rising))

    def _parts(self) -> dict[str, _Part]:
        return {
            "layers": self.network.layers,
            "head": self.head,
            "optimiser": self._optimiser,
            "schedule": self._schedule,
        }

    def _keep(self, checkpoint: Path, run: dict[str, object], epoch: int) -> None:
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        partial = checkpoint.with_suffix(".partial")
        states = {name: part.state_dict() for name, part in self._parts().items()}
        torch.save({"run": run, "epoch": epoch, **states}, partial)
        partial.replace(checkpoint)

    def _resume(self, checkpoint: Path, run: dict[str, object]) -> int:
        if not checkpoint.exists():
            return 0
        kept = torch.load(checkpoint, weights_only=True)
        if kept["run"] != run:
            return 0
        for name, part in self._parts().items():
            part.load_state_dict(kept[name])
        return int(kept["epoch"])

    def _step_back(self) -> None:
        """Go only the kept share of the way from the untouched to the tuned weights."""
        share = self.recipe.kept_share
        with torch.no_grad():
            for name, weight in self.network.layers.state_dict().items():
                weight.copy_(torch.lerp(self.untouched[name], weight, share))
