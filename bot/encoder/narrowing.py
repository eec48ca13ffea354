"""Step 2 of making the candidate: half of each layer's inner units go, with little lost.

Of a layer's inner units those stay whose share in what the layer adds varies most from piece to
piece. What the others gave is then told from those that stay, by a regression over real text: most
of it was told twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn

from bot.encoder.batches import padded

if TYPE_CHECKING:
    from bot.encoder.network import Layer, Network

SIZE = 32  # texts at once
RIDGE = 1e-3  # of the mean variance: keeps the regression from trusting what hardly varies


def narrow(network: Network, inner: int, pieces: list[list[int]]) -> None:
    """Leave every layer so many inner units, in place, chosen and refitted on these texts."""
    active = _active(network, sorted(pieces, key=len))
    for layer, given in zip(network.each_layer(), active, strict=True):
        _narrow(layer, inner, given)


@torch.no_grad()
def _active(network: Network, pieces: list[list[int]]) -> list[torch.Tensor]:
    """What the inner units of each layer give, shape (pieces of all texts, units)."""
    found: list[list[torch.Tensor]] = [[] for _ in network.layers]
    for start in range(0, len(pieces), SIZE):
        numbers, mask = padded(pieces[start : start + SIZE])
        states = network.entered(numbers)
        for kept, layer in zip(found, network.each_layer(), strict=True):
            kept.append(layer.active(layer.attend(states, mask))[mask])
            states = layer(states, mask)
    return [torch.cat(kept) for kept in found]


@torch.no_grad()
def _narrow(layer: Layer, inner: int, active: torch.Tensor) -> None:
    mean = active.mean(0)
    spread = active.T @ active / len(active) - mean[:, None] * mean
    told = layer.narrowed.weight
    kept = (spread.diag() * told.square().sum(0)).topk(inner).indices.sort().values
    among = spread[kept][:, kept]
    among += RIDGE * among.diag().mean() * torch.eye(inner)
    weight = torch.linalg.solve(among, spread[kept] @ told.T).T
    bias = layer.narrowed.bias + told @ mean - weight @ mean[kept]
    layer.widened = _linear(layer.widened.weight[kept], layer.widened.bias[kept])
    layer.narrowed = _linear(weight, bias)


def _linear(weight: torch.Tensor, bias: torch.Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight.copy_(weight)
    made.bias.copy_(bias)
    return made
