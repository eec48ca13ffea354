"""A narrowed network has the units asked for and does nearly what it did.

Needs the packages of requirements-encoder.lock; left out where they are not installed.
"""

from __future__ import annotations

import numpy as np
import pytest
import torch

from bot.encoder.batches import padded, vectors_of
from bot.encoder.narrowing import narrow
from bot.encoder.network import Network, network_from
from bot.encoder.weights import SourceWeights
from tests.bot.encoder.tiny_model import INNER, tiny_file

KEPT = np.arange(0, 40, 2)
PIECES = [[0, 5 + number % 9, 6 + number % 7, 9, 2][: 3 + number % 3] for number in range(60)]


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Threads of torch only wait for each other on so small a network."""
    torch.set_num_threads(1)


def network(inner: int = INNER) -> Network:
    made = network_from(SourceWeights(tiny_file(), "tiny"), KEPT, 8).eval()
    if inner < INNER:
        narrow(made, inner, PIECES)
    return made


def test_every_layer_keeps_so_many_units() -> None:
    for layer in network(48).each_layer():
        assert layer.widened.weight.shape == (48, 64)
        assert layer.narrowed.weight.shape == (64, 48)


def test_narrowed_network_gives_nearly_the_same_vectors() -> None:
    nearness = (vectors_of(network(48), PIECES) * vectors_of(network(), PIECES)).sum(axis=1)

    assert nearness.min() > 0.99


def test_more_units_come_nearer() -> None:
    full = vectors_of(network(), PIECES)

    far, near = (np.abs(vectors_of(network(inner), PIECES) - full).max() for inner in (8, 64))

    assert near < far


def test_units_that_never_vary_go_first_and_are_not_missed() -> None:
    made = network()
    layer = made.each_layer()[1]
    with torch.no_grad():
        layer.widened.weight[64:] = 0  # half of the units give the same for every piece
    before = vectors_of(made, PIECES)
    staying = layer.widened.weight[:64].clone()

    narrow(made, 64, PIECES)

    assert torch.equal(layer.widened.weight, staying)
    # The other layers lose a little; this one must not, so compare what it alone gives.
    assert (vectors_of(made, PIECES) * before).sum(axis=1).min() > 0.99


def test_left_out_prefix_gives_the_other_pieces_the_places_they_had() -> None:
    made = network()
    numbers, _mask = padded([[0, 7, 8, 2]])
    behind, _mask = padded([[0, 11, 12, 7, 8, 2]])
    wanted = made.entered(behind)[:, [0, 3, 4, 5]]

    made.leave_out_prefix(2)

    assert made.positions.shape[0] == 6
    assert torch.equal(made.entered(numbers), wanted)
