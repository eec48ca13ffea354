"""A network learns, for real on a tiny model, to read mistyped what its teacher reads well.

Needs the packages of requirements-encoder.lock; left out where they are not installed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from bot.encoder.batches import vectors_of
from bot.encoder.distilling import Distilling, Lesson, Reading, rate_at
from bot.encoder.network import Network, network_from
from bot.encoder.sentences import Sentences
from bot.encoder.weights import SourceWeights
from tests.bot.encoder.tiny_model import tiny_file

if TYPE_CHECKING:
    from pathlib import Path

KEPT = np.arange(0, 40, 2)
LESSON = Lesson(steps=60, cooling=20, batch=8, rate=2e-3, warm_up=5, longest=6)
TEXTS = ["abc de", "de fghi", "b c d", "ihg fed", "aa bb", "e", "ghi de bc", "fe dc ba"]
SENTENCES = Sentences(TEXTS, ["nl", "fr"] * 4)

PREFIX = [15, 16]


def cut(texts: list[str]) -> list[list[int]]:
    """A piece for every letter."""
    return [[0, *(4 + ord(letter) % 11 for letter in text), 2] for text in texts]


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Threads of torch only wait for each other on so small a network."""
    torch.set_num_threads(1)


def full() -> Network:
    return network_from(SourceWeights(tiny_file(), "tiny"), KEPT, 16).eval()


def reading(lesson: Lesson = LESSON) -> Reading:
    return Reading(SENTENCES, cut, PREFIX, lesson)


def course(lesson: Lesson = LESSON) -> Distilling:
    student = full()
    student.leave_out_prefix(len(PREFIX))
    return Distilling(student, full(), reading(lesson), lesson)


def run(made: Distilling, folder: Path) -> list[float]:
    return made.run(folder / "checkpoint.pt", lambda _: None)


def test_the_teacher_reads_behind_the_prefix() -> None:
    assert reading().behind_prefix([0, 7, 8, 2]) == [0, 15, 16, 7, 8, 2]


def test_left_out_prefix_gives_the_other_pieces_the_places_they_had() -> None:
    network = full()
    wanted = network.entered(torch.tensor([[0, 11, 12, 7, 8, 2]]))[:, [0, 3, 4, 5]]

    network.leave_out_prefix(2)

    assert network.positions.shape[0] == 14
    assert torch.equal(network.entered(torch.tensor([[0, 7, 8, 2]])), wanted)


def test_a_long_text_is_read_from_its_start_and_keeps_its_end_mark() -> None:
    assert reading().of(["abcdefgh"]) == [[*cut(["abcd"])[0]]]


def test_the_student_learns_to_read_bare_and_mistyped_texts(tmp_path: Path) -> None:
    made = course()
    before = made.nearness()

    distances = run(made, tmp_path)

    assert len(distances) == 60
    assert np.mean(distances[-10:]) < np.mean(distances[:10]) / 2
    assert made.nearness().clean > before.clean
    assert made.nearness().mistyped > before.mistyped


def test_only_the_layers_change_and_the_teacher_stays(tmp_path: Path) -> None:
    made = course()
    untouched = {name: one.clone() for name, one in made.student.state_dict().items()}

    run(made, tmp_path)

    changed = {
        name
        for name, one in made.student.state_dict().items()
        if not torch.equal(one, untouched[name])
    }
    assert changed
    assert all(name.startswith("layers.") for name in changed)
    assert np.array_equal(vectors_of(made.teacher, cut(TEXTS)), vectors_of(full(), cut(TEXTS)))


def test_distilling_twice_gives_the_same_and_another_seed_another(tmp_path: Path) -> None:
    distances = run(course(), tmp_path / "first")

    assert run(course(), tmp_path / "second") == distances
    assert run(course(replace(LESSON, seed=8)), tmp_path / "third") != distances


def test_interrupted_course_ends_where_an_uninterrupted_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StoppedError(Exception):
        pass

    def stop(line: str) -> None:
        if line.startswith("40/"):
            raise StoppedError

    monkeypatch.setattr("bot.encoder.distilling.TOLD_EVERY", 20)
    monkeypatch.setattr("bot.encoder.distilling.KEPT_EVERY", 10)
    with pytest.raises(StoppedError):
        course().run(tmp_path / "broken" / "checkpoint.pt", stop)
    resumed, whole = course(), course()
    told: list[str] = []

    resumed.run(tmp_path / "broken" / "checkpoint.pt", told.append)
    run(whole, tmp_path / "whole")

    assert told[0] == "resumed after step 30"
    assert np.allclose(
        vectors_of(resumed.student, cut(TEXTS)), vectors_of(whole.student, cut(TEXTS)), atol=1e-6
    )


def test_in_half_precision_it_learns_as_well(tmp_path: Path) -> None:
    made, exact = course(replace(LESSON, halves=True)), course()

    distances, exactly = run(made, tmp_path / "halves"), run(exact, tmp_path / "exact")

    assert distances != exactly
    assert made.nearness().clean == pytest.approx(exact.nearness().clean, abs=0.01)


def test_checkpoint_of_another_lesson_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.encoder.distilling.KEPT_EVERY", 10)
    run(course(), tmp_path)

    distances = run(course(replace(LESSON, rate=1e-3)), tmp_path)

    assert len(distances) == 60


@pytest.mark.parametrize(
    ("step", "rate"), [(0, 0.02), (4, 0.1), (80, 0.1), (90, 0.05), (99, 0.005)]
)
def test_the_rate_rises_stays_and_falls(step: int, rate: float) -> None:
    lesson = Lesson(steps=100, cooling=20, warm_up=5, rate=0.1)

    assert rate_at(step, lesson) == pytest.approx(rate)
