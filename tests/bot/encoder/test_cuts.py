"""Smaller encoders are made, for real from a tiny model: the right layers stay, nothing is lost.

Needs the packages of requirements-encoder.lock; left out where they are not installed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from bot.encoder.artifact import MODEL, origin_of, verified
from bot.encoder.build import Source
from bot.encoder.cuts import CUTS, Cut, Lessons, cut_network, make_cuts
from bot.encoder.distilling import Lesson
from bot.encoder.examples import Examples
from bot.encoder.runtime import MOST_PIECES
from bot.encoder.weights import SourceWeights, WeightsError
from tests.bot.encoder.tiny_model import tiny_file

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ["<s>", "<pad>", "</s>", "<unk>", "query", ":", "wat", "kost", "dat", "waar", "is", "het"]
EXAMPLES = Examples(["wat kost dat", "waar is het"], ["price", "place"], ["nl", "nl"])
LESSONS = Lessons(EXAMPLES, ["wat is dat"], Lesson(steps=4, batch=2, warm_up=1))


def words_alone() -> dict[str, Any]:
    """A tokenizer of a dozen whole words."""
    words = Tokenizer(WordLevel({word: place for place, word in enumerate(WORDS)}, "<unk>"))
    words.pre_tokenizer = Whitespace()
    described: dict[str, Any] = json.loads(words.to_str())
    return described


@pytest.fixture
def source() -> Source:
    torch.set_num_threads(1)
    weights = SourceWeights(tiny_file(positions=MOST_PIECES), "tiny")
    return Source(weights, np.arange(0, 40, 2), words_alone())


def test_a_cut_keeps_its_layers_in_their_order_and_no_other(source: Source) -> None:
    full = source.network(3).each_layer()

    cut = cut_network(source, Cut((0, 2))).each_layer()

    assert len(cut) == 2
    for mine, theirs in zip(cut, (full[0], full[2]), strict=True):
        assert torch.equal(mine.widened.weight, theirs.widened.weight)
    assert not torch.equal(cut[1].widened.weight, full[1].widened.weight)


def test_a_layer_that_the_source_does_not_have_is_refused(source: Source) -> None:
    with pytest.raises(WeightsError, match="tiny holds no tensor l3"):
        cut_network(source, Cut((0, 3)))


@pytest.mark.parametrize("name", CUTS)
def test_the_cuts_on_offer_rise_through_the_source_to_its_last_layer(name: str) -> None:
    layers = CUTS[name].layers

    assert list(layers) == sorted(set(layers))
    assert name.startswith(f"{len(layers)}-layers")
    assert layers[-1] == 11


def test_each_cut_is_written_whole_and_says_what_it_is(source: Source, tmp_path: Path) -> None:
    told: list[str] = []
    cuts = {"plain": Cut((1, 2)), "taught": Cut((1, 2), distilled=True)}

    make_cuts(cuts, source, LESSONS, tmp_path, told.append)

    plain, taught = (verified(tmp_path / name) for name in cuts)
    assert plain[MODEL] != taught[MODEL]
    assert origin_of(tmp_path / "plain").settings == {"layers": [1, 2], "epochs": 0}
    assert origin_of(tmp_path / "taught").settings["distilled"]["steps"] == 4
    assert (tmp_path / "taught" / "learned.txt").read_text() == ""
    assert [line.split(" ")[0] for line in told] == [
        "plain:",
        "plain:",
        "taught:",
        "distilling:",
        "taught:",
    ]
    assert told[3] == "distilling: learns from 3 texts"


def test_only_the_cuts_asked_for_are_made(source: Source, tmp_path: Path) -> None:
    make_cuts({"plain": Cut((2,))}, source, LESSONS, tmp_path, lambda _: None)

    assert [path.name for path in tmp_path.iterdir()] == ["plain"]
