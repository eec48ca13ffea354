"""A peer is trained and asked in its own processes, and an old training is used again."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.comparison.measuring import PeerError, filled, measured, run, trained
from bot.comparison.peers import Peer, peers
from bot.evaluation.figures import figures
from bot.nlu.decision import Outcome
from tests.bot.comparison.tiny import EXAMPLES, MESSAGES, SETS

if TYPE_CHECKING:
    from pathlib import Path

CHARACTERS = next(peer for peer in peers() if peer.key == "characters")
# Trains by writing down that it did.
NOTING = replace(
    CHARACTERS,
    train=(sys.executable, "-c", "open(r'{folder}/runs', 'a').write('x')"),
)


def test_the_simplest_peer_learns_and_answers(tmp_path: Path) -> None:
    found = measured(CHARACTERS, EXAMPLES, SETS, tmp_path, again=False)
    judged = [one for name in SETS for one in found.judged[name]]

    assert [one.message for one in judged] == MESSAGES
    assert [one.labels[0] for one in judged] == [one.label for one in MESSAGES]
    assert [one.outcome for one in judged] == [Outcome.SURE] * 3 + [Outcome.OUT_OF_SCOPE]
    assert figures(judged).out_of_scope_declined == 1.0
    assert found.training.seconds >= 0.1
    assert found.training.processor_seconds >= 0.1
    assert found.ready_seconds > 0
    assert [one for one in found.answered.milliseconds if one <= 0] == []


def test_a_training_on_the_same_examples_is_not_repeated(tmp_path: Path) -> None:
    first = trained(NOTING, EXAMPLES, tmp_path, again=False)

    assert trained(NOTING, EXAMPLES, tmp_path, again=False) == first
    assert (tmp_path / "runs").read_text("utf-8") == "x"


def test_a_training_is_repeated_when_asked_for(tmp_path: Path) -> None:
    for _ in range(2):
        trained(NOTING, EXAMPLES, tmp_path, again=True)

    assert (tmp_path / "runs").read_text("utf-8") == "xx"


def test_a_training_is_repeated_for_other_examples(tmp_path: Path) -> None:
    first = trained(NOTING, EXAMPLES, tmp_path, again=False)
    fewer = replace(EXAMPLES, texts=[text.upper() for text in EXAMPLES.texts])

    assert trained(NOTING, fewer, tmp_path, again=False).made_of != first.made_of
    assert (tmp_path / "runs").read_text("utf-8") == "xx"


def test_a_failed_training_leaves_none_to_use_again(tmp_path: Path) -> None:
    trained(NOTING, EXAMPLES, tmp_path, again=False)
    broken = replace(CHARACTERS, train=(sys.executable, "-c", "raise SystemExit('no room')"))

    with pytest.raises(PeerError):
        trained(broken, EXAMPLES, tmp_path, again=True)

    assert not (tmp_path / "trained.json").exists()


def test_a_failure_shows_the_last_words(tmp_path: Path) -> None:
    with pytest.raises(PeerError, match=r"character n-grams.* ended with 3; .*the disk is full"):
        run(
            CHARACTERS,
            [sys.executable, "-c", "print('the disk is full'); raise SystemExit(3)"],
            tmp_path,
        )


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PeerError, match="no-such-program cannot be started"):
        run(CHARACTERS, ["no-such-program"], tmp_path)


def test_places_are_put_in_the_commands(tmp_path: Path) -> None:
    assert filled(("learn", "{folder}/model"), {"folder": tmp_path}) == [
        "learn",
        f"{tmp_path}/model",
    ]


@pytest.mark.parametrize("peer", peers(), ids=lambda peer: peer.key)
def test_every_peer_is_told_where_things_are(peer: Peer, tmp_path: Path) -> None:
    places = dict.fromkeys(("examples", "folder", "messages", "answers"), tmp_path)

    assert str(tmp_path) in filled(peer.train, places)
    assert filled(peer.answer, places)[-3:] == [str(tmp_path)] * 3
