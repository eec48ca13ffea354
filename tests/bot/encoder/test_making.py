"""The making of an encoder, run for real on a tiny model: network, fine-tuning, export.

Needs the packages of requirements-encoder.lock; left out where they are not installed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import pytest
import torch

from bot.encoder.__main__ import main
from bot.encoder.export import export, float_graph
from bot.encoder.fine_tuning import FineTuning, Recipe, batches, padded, vectors_of
from bot.encoder.network import Network, network_from
from bot.encoder.weights import SourceWeights
from tests.bot.encoder.tiny_model import LAYERS, WIDTH, tiny_file

if TYPE_CHECKING:
    from pathlib import Path

    from bot.encoder.weights import Blocks

KEPT = np.arange(0, 40, 2)
RECIPE = Recipe(epochs=3, batch=4, rate=1e-3, dropout=0.1, layers=LAYERS)
PIECES = [[0, 5 + number % 4, 6 + number % 3, 9, 2][: 3 + number % 3] for number in range(24)]
LABELS = [f"label{number % 4}" for number in range(24)]


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Threads of torch only wait for each other on so small a network."""
    torch.set_num_threads(1)


@pytest.fixture
def source() -> SourceWeights:
    return SourceWeights(tiny_file(), "tiny")


@pytest.fixture
def network(source: SourceWeights) -> Network:
    return network_from(source, KEPT, positions=8).eval()


@pytest.fixture
def words(source: SourceWeights) -> Blocks:
    return source.blocks("emb.word", WIDTH).rows(KEPT)


def run_model(model: bytes | str, pieces: list[int]) -> np.ndarray:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    vector: np.ndarray = session.run(None, {"pieces": np.array([pieces], dtype=np.int64)})[0][0]
    return vector


def trained(
    source: SourceWeights, work: Path, recipe: Recipe = RECIPE
) -> tuple[Network, list[str]]:
    network = network_from(source, KEPT, positions=8)
    told: list[str] = []
    training = FineTuning(network, PIECES, LABELS, recipe)
    training.run(work / "checkpoint.pt", "data", told.append)
    return network, told


def test_padding_does_not_change_a_vector(network: Network) -> None:
    alone = vectors_of(network, [PIECES[0]])[0]

    beside = vectors_of(network, [PIECES[0], PIECES[2]])[0]

    assert np.allclose(alone, beside, atol=1e-6)


def test_exact_graph_gives_the_networks_vectors(network: Network, words: Blocks) -> None:
    model = float_graph(network, words).SerializeToString()

    for pieces in PIECES[:3]:
        assert np.allclose(run_model(model, pieces), vectors_of(network, [pieces])[0], atol=1e-5)


def test_exported_file_is_near_the_networks_vectors(
    network: Network, words: Blocks, tmp_path: Path
) -> None:
    export(network, words, tmp_path / "encoder.onnx")

    for pieces in PIECES[:3]:
        found = run_model(str(tmp_path / "encoder.onnx"), pieces)
        assert found @ vectors_of(network, [pieces])[0] == pytest.approx(1.0, abs=0.01)


def test_cut_network_has_the_chosen_layers(source: SourceWeights) -> None:
    cut = network_from(source, KEPT, 8, layers=[0, 2])
    full = network_from(source, KEPT, 8)

    assert len(cut.each_layer()) == 2
    assert torch.equal(cut.each_layer()[1].widened.weight, full.each_layer()[2].widened.weight)


def test_training_twice_gives_the_same_network(source: SourceWeights, tmp_path: Path) -> None:
    first, _told = trained(source, tmp_path / "first")

    second, _told = trained(source, tmp_path / "second")

    assert np.array_equal(vectors_of(first, PIECES), vectors_of(second, PIECES))


def test_training_learns_labels_that_no_single_piece_gives_away(
    source: SourceWeights, tmp_path: Path
) -> None:
    labels = [f"label{(number % 4 + number % 3) % 2}" for number in range(24)]
    network = network_from(source, KEPT, positions=8)
    told: list[str] = []

    FineTuning(network, PIECES, labels, replace(RECIPE, epochs=40)).run(
        tmp_path / "checkpoint.pt", "data", told.append
    )

    shares = [float(line.split("% of")[0].split()[-1]) for line in told]
    assert shares[0] < 80
    assert shares[-1] > 95


def test_interrupted_training_ends_where_an_uninterrupted_one_does(
    source: SourceWeights, tmp_path: Path
) -> None:
    class StoppedError(Exception):
        pass

    def stop_after_two(line: str) -> None:
        if line.startswith("epoch 2/3"):
            raise StoppedError

    network = network_from(source, KEPT, positions=8)
    with pytest.raises(StoppedError):
        FineTuning(network, PIECES, LABELS, RECIPE).run(
            tmp_path / "broken" / "checkpoint.pt", "data", stop_after_two
        )

    resumed, told = trained(source, tmp_path / "broken")
    whole, _told = trained(source, tmp_path / "whole")

    assert told[0] == "resumed after epoch 2"
    assert np.allclose(vectors_of(resumed, PIECES), vectors_of(whole, PIECES), atol=1e-6)


def test_checkpoint_of_another_recipe_is_left_alone(source: SourceWeights, tmp_path: Path) -> None:
    trained(source, tmp_path)

    _network, told = trained(source, tmp_path, replace(RECIPE, seed=8))

    assert told[0].startswith("epoch 1/3")


def test_frozen_layers_and_words_stay(source: SourceWeights, tmp_path: Path) -> None:
    before = network_from(source, KEPT, positions=8).state_dict()

    network, _told = trained(source, tmp_path, replace(RECIPE, frozen_layers=2))

    changed = {
        name
        for name, weight in network.state_dict().items()
        if not torch.equal(weight, before[name])
    }
    assert changed
    assert all(name.startswith("layers.2.") for name in changed)


def test_no_kept_share_is_the_untouched_network(source: SourceWeights, tmp_path: Path) -> None:
    network, _told = trained(source, tmp_path, replace(RECIPE, kept_share=0.0))

    untouched = network_from(source, KEPT, positions=8)
    assert np.array_equal(vectors_of(network, PIECES), vectors_of(untouched, PIECES))


def test_batches_hold_every_message_once() -> None:
    lengths = [1 + number % 7 for number in range(50)]

    found = batches(lengths, 8, np.random.default_rng(1))

    assert sorted(np.concatenate(found).tolist()) == list(range(50))
    assert max(len(places) for places in found) == 8


def test_padding_masks_what_is_no_text() -> None:
    numbers, mask = padded([[0, 5, 2], [0, 2]], np.array([0, 1]))

    assert numbers.tolist() == [[0, 5, 2], [0, 2, 1]]
    assert mask.tolist() == [[True, True, True], [True, True, False]]


def test_check_of_a_folder_without_an_encoder_ends_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["check", "--target", str(tmp_path)])

    assert status == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'artifact.json'} is missing")
