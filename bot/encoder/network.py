"""The network in torch: BERT with mean pooling, whose word vectors and positions stay as they are.

Only making the encoder needs this; the assistant runs the exported file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from bot.encoder.weights import Shape, SourceWeights


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float) -> None:
        """Sizes only; the weights are read into it."""
        super().__init__()
        self.heads = heads
        self.queries_keys_values = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, eps=epsilon)
        self.widened = nn.Linear(width, inner)
        self.narrowed = nn.Linear(inner, width)
        self.narrowed_norm = nn.LayerNorm(width, eps=epsilon)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """States (messages, pieces, width) to states; mask (messages, pieces) is True on text."""
        states = self.attend(states, mask)
        return self.narrowed_norm(states + self.narrowed(self.active(states)))

    def attend(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The layer's first half: every piece has looked at the others."""
        messages, pieces, width = states.shape
        parts = self.queries_keys_values(states).view(messages, pieces, 3, self.heads, -1)
        queries, keys, values = parts.permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(
            queries, keys, values, attn_mask=mask[:, None, None, :]
        )
        attended = self.attended(attended.transpose(1, 2).reshape(messages, pieces, width))
        return self.attended_norm(states + attended)

    def active(self, states: torch.Tensor) -> torch.Tensor:
        """What the inner units give for the states after the first half."""
        return functional.gelu(self.widened(states))


class Network(nn.Module):
    """From piece numbers to one vector of length 1 a message."""

    def __init__(self, shape: Shape) -> None:
        """Sizes only; the weights are read into it."""
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Parameter(torch.zeros(shape.positions, shape.width))
        self.words_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.layers = nn.ModuleList(
            Layer(shape.width, shape.heads, shape.inner, shape.epsilon) for _ in range(shape.layers)
        )

    def each_layer(self) -> list[Layer]:
        """The layers from the lowest to the highest."""
        return [layer for layer in self.layers if isinstance(layer, Layer)]

    def entered(self, pieces: torch.Tensor) -> torch.Tensor:
        """The states before the first layer."""
        states = self.words(pieces) + self.positions[: pieces.shape[1]]
        return self.words_norm(states)

    def leave_out_prefix(self, pieces: int) -> None:
        """Give each text the places it has behind so many pieces of prefix, which goes.

        A text's vector then comes near the one it had behind the prefix; the rest must be learned.
        """
        places = torch.cat([self.positions[:1], self.positions[1 + pieces :]])
        self.positions = nn.Parameter(places.detach().clone())

    def pooled(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The mean over the message's pieces, at length 1."""
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        return functional.normalize(mean, dim=-1)

    def forward(self, pieces: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Vectors (messages, width) of piece numbers (messages, pieces)."""
        states = self.entered(pieces)
        for layer in self.each_layer():
            states = layer(states, mask)
        return self.pooled(states, mask)


def network_from(source: SourceWeights, kept: np.ndarray, positions: int) -> Network:
    """The source's network with the kept pieces and so many positions."""
    shape = source.shape
    network = Network(replace(shape, vocabulary=len(kept), positions=positions))
    with torch.no_grad():
        words = source.blocks("emb.word", shape.width).rows(kept).values()
        _put(network.words.weight, words)
        table = source.vector("emb.pos").reshape(-1, shape.width)[:positions]
        # The source adds the vector of "first sentence" everywhere: one constant, taken in here.
        _put(network.positions, table + source.vector("emb.type")[: shape.width])
        _put(network.words_norm.weight, source.vector("emb.ln.w"))
        _put(network.words_norm.bias, source.vector("emb.ln.b"))
        for number, layer in enumerate(network.each_layer()):
            _fill(layer, source, f"l{number}.", shape)
    return network


def _fill(layer: Layer, source: SourceWeights, prefix: str, shape: Shape) -> None:
    parts = [source.matrix(f"{prefix}{part}.w", shape.width) for part in "qkv"]
    _put(layer.queries_keys_values.weight, np.concatenate(parts))
    biases = [source.vector(f"{prefix}{part}.b") for part in "qkv"]
    _put(layer.queries_keys_values.bias, np.concatenate(biases))
    linear = {"ao": layer.attended, "fi": layer.widened, "fo": layer.narrowed}
    for name, part in linear.items():
        _put(part.weight, source.matrix(f"{prefix}{name}.w", part.in_features))
        _put(part.bias, source.vector(f"{prefix}{name}.b"))
    for name, norm in {"aln": layer.attended_norm, "oln": layer.narrowed_norm}.items():
        _put(norm.weight, source.vector(f"{prefix}{name}.w"))
        _put(norm.bias, source.vector(f"{prefix}{name}.b"))


def _put(parameter: torch.Tensor, values: np.ndarray) -> None:
    if tuple(parameter.shape) != values.shape:
        raise ValueError(
            f"A tensor of shape {values.shape} does not fit {tuple(parameter.shape)}: "
            "the source is another model than the network is written for."
        )
    parameter.copy_(torch.from_numpy(values))
