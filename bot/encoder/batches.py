"""Texts as the network in torch takes them: many at once, those of like length together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

if TYPE_CHECKING:
    from bot.encoder.network import Network

PAD = 1


def batches(lengths: list[int], size: int, order: np.random.Generator) -> list[np.ndarray]:
    """Places of all messages in batches of like length, in random order (little padding)."""
    places = order.permutation(len(lengths))
    spans = [places[start : start + 40 * size] for start in range(0, len(places), 40 * size)]
    grouped = [
        span[np.argsort([lengths[place] for place in span], kind="stable")] for span in spans
    ]
    found = [span[start : start + size] for span in grouped for start in range(0, len(span), size)]
    return [found[place] for place in order.permutation(len(found))]


def padded(pieces: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Piece numbers and mask (True on text) of these messages, shape (messages, longest)."""
    longest = max(map(len, pieces))
    numbers = torch.full((len(pieces), longest), PAD, dtype=torch.long)
    for row, one in enumerate(pieces):
        numbers[row, : len(one)] = torch.tensor(one)
    return numbers, numbers != PAD


def vectors_of(network: Network, pieces: list[list[int]], size: int = 32) -> np.ndarray:
    """The vectors of all messages, in their order."""
    network.eval()
    order = np.argsort([len(numbers) for numbers in pieces], kind="stable")
    vectors = np.empty((len(pieces), network.positions.shape[1]), dtype=np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), size):
            places = order[start : start + size]
            vectors[places] = network(*padded([pieces[place] for place in places])).numpy()
    return vectors
