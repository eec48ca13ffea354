"""The making of the encoder, run for real on a tiny model.

Needs the packages of requirements-encoder.lock; left out where they are not installed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from bot.encoder import __main__ as command
from bot.encoder.__main__ import main
from bot.encoder.artifact import ARTIFACT, MODEL, TOKENIZER, origin_of
from bot.encoder.batches import batches, padded, vectors_of
from bot.encoder.build import BuildError, Made, Source, complete
from bot.encoder.examples import Examples
from bot.encoder.export import export, float_graph
from bot.encoder.network import Network, network_from
from bot.encoder.runtime import MOST_PIECES, MessageEncoder
from bot.encoder.sentences import Sentences
from bot.encoder.vocabulary import pruned
from bot.encoder.weights import SourceWeights
from tests.bot.encoder.tiny_model import INNER, LAYERS, WIDTH, tiny_file

if TYPE_CHECKING:
    from pathlib import Path

    from bot.encoder.weights import Blocks

KEPT = np.arange(0, 40, 2)
WORDS = ["▁que", "ry", ":", "▁wat", "▁kost", "▁dat", "▁waar", "▁is", "▁het"]
EXAMPLES = Examples(["wat kost dat", "waar is het", "dat"], ["a", "b", "c"], ["nl"] * 3)
SENTENCES = Sentences(["wat kost dat", "waar is het", "dat is wat"] * 8, ["nl"] * 24)
PIECES = [[0, 5 + number % 4, 6 + number % 3, 9, 2][: 3 + number % 3] for number in range(24)]


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Threads of torch only wait for each other on so small a network."""
    torch.set_num_threads(1)


@pytest.fixture
def source() -> SourceWeights:
    return SourceWeights(tiny_file(positions=MOST_PIECES + 3), "tiny")


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


@pytest.fixture
def untouched_source(source: SourceWeights) -> Source:
    """The tiny model with a tokenizer of a few of the committed one's pieces."""
    described: dict[str, Any] = json.loads((ARTIFACT / TOKENIZER).read_text(encoding="utf-8"))
    numbers = {piece: place for place, (piece, _score) in enumerate(described["model"]["vocab"])}
    wanted = {numbers[word] for word in WORDS}
    others = (number for number in range(4, len(numbers)) if number not in wanted)
    wanted |= {0, 1, 2, 3, *(next(others) for _ in range(len(KEPT) - 4 - len(wanted)))}
    return Source(source, KEPT, pruned(described, sorted(wanted)))


@pytest.fixture
def folder(untouched_source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command with a tiny source and few examples; gives where it puts what it makes."""
    known: dict[str, Any] = {
        "WORK": tmp_path,
        "read_examples": lambda _: EXAMPLES,
        "unpack_and_prune": lambda _texts, _tell: untouched_source,
        "fetch": lambda _lock, _folder: None,
        "read_sentences": lambda _folder, _seed: SENTENCES,
        "measured": lambda encoder, _few_shot, texts: {"vectors": len(encoder.encode_batch(texts))},
    }
    for name, value in known.items():
        monkeypatch.setattr(command, name, value)
    return tmp_path / "artifact"


def sizes(folder: Path) -> dict[str, tuple[int, ...]]:
    """The shapes of the exported file's matrices and places."""
    constants = onnx.load(folder / MODEL).graph.initializer
    return {one.name.removesuffix("_quantized"): tuple(one.dims) for one in constants}


def made(source: Source) -> Made:
    """The untouched network, as if it had been taught."""
    return Made(source.network(MOST_PIECES), SENTENCES, {}, {})


def test_make_teaches_the_network_and_exports_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["make", "--steps", "40", "--target", str(folder), "--threads", "1"]) == 0

    found, origin = sizes(folder), origin_of(folder)
    assert [found[f"layer{layer}.widened.weight"] for layer in range(LAYERS)] == [
        (WIDTH, INNER)
    ] * LAYERS
    assert found["positions"] == (MOST_PIECES, WIDTH)
    assert (origin.settings["steps"], origin.settings["cooling"]) == (40, 25)
    assert (origin.sentences, origin.examples) == (24, 3)
    assert origin.figures["nearness"] > 0.9
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == [
        "sentences:",
        "distil:",
        "distil:",
        "export:",
        "check:",
        "made",
        "check:",
    ]


def test_making_twice_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for target in (folder, tmp_path / "again"):
        main(["make", "--steps", "20", "--target", str(target), "--threads", "1"])

    for name in (MODEL, TOKENIZER):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_the_exported_encoder_gives_the_networks_vectors(
    untouched_source: Source, tmp_path: Path
) -> None:
    network = made(untouched_source)

    complete(untouched_source, network, EXAMPLES, tmp_path, print)

    read = untouched_source.cut()(["dat"])
    exact = vectors_of(network.network, read)[0]
    assert MessageEncoder(tmp_path).encode("dat") @ exact == pytest.approx(1.0, abs=0.01)


def test_the_teacher_reads_behind_its_prefix(untouched_source: Source) -> None:
    assert untouched_source.cut()(["query: dat"])[0][1:4] == untouched_source.prefix()


def test_making_and_runtime_cut_a_text_alike(untouched_source: Source, tmp_path: Path) -> None:
    complete(untouched_source, made(untouched_source), EXAMPLES, tmp_path, print)

    texts = ["wat kost dat", "dat", ""]
    assert untouched_source.cut()(texts) == [MessageEncoder(tmp_path).pieces(one) for one in texts]


def test_an_encoder_that_strays_from_its_network_is_refused(
    untouched_source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.encoder.build.NEAREST", 1.01)

    with pytest.raises(BuildError, match=r"8-bit vectors strayed .*at least 1\.01"):
        complete(untouched_source, made(untouched_source), EXAMPLES, tmp_path, print)


def test_batches_hold_every_message_once() -> None:
    lengths = [1 + number % 7 for number in range(50)]

    found = batches(lengths, 8, np.random.default_rng(1))

    assert sorted(np.concatenate(found).tolist()) == list(range(50))
    assert max(len(places) for places in found) == 8


def test_padding_masks_what_is_no_text() -> None:
    numbers, mask = padded([[0, 5, 2], [0, 2]])

    assert numbers.tolist() == [[0, 5, 2], [0, 2, 1]]
    assert mask.tolist() == [[True, True, True], [True, True, False]]


def test_check_of_a_folder_without_an_encoder_ends_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["check", "--target", str(tmp_path)])

    assert status == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'artifact.json'} is missing")
