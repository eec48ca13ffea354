"""A cut network learns, for real on a tiny model, to give what the full one gives.

Needs the packages of requirements-encoder.lock; left out where they are not installed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from bot.encoder.distilling import Lesson, distance, distil, given, rate_at
from bot.encoder.fine_tuning import padded, vectors_of
from bot.encoder.network import Network, network_from
from bot.encoder.weights import SourceWeights
from tests.bot.encoder.tiny_model import tiny_file

KEPT = np.arange(0, 40, 2)
PIECES = [[0, 5 + number % 4, 6 + number % 3, 9, 2][: 3 + number % 3] for number in range(24)]
LESSON = Lesson(steps=60, batch=8, rate=2e-3, warm_up=5)
BATCH = padded(PIECES, np.arange(8))
NO_CENTRE = torch.zeros(64)


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Threads of torch only wait for each other on so small a network."""
    torch.set_num_threads(1)


def cut(*layers: int) -> Network:
    return network_from(SourceWeights(tiny_file(), "tiny"), KEPT, 8, list(layers)).eval()


def nearness(student: Network, teacher: Network) -> float:
    """The mean cosine of both networks' vectors."""
    return float((vectors_of(student, PIECES) * vectors_of(teacher, PIECES)).sum(axis=1).mean())


def taught(lesson: Lesson, pieces: list[list[int]] = PIECES) -> tuple[Network, list[float]]:
    student = cut(1, 2)
    return student, distil(student, cut(0, 1, 2), pieces, lesson, lambda _: None)


def test_what_is_kept_bears_the_number_of_its_source_layer() -> None:
    found = given(cut(1, 2), *BATCH)

    assert list(found.states) == [1, 2]
    assert found.states[1].shape == (int(BATCH[1].sum()), 64)


def test_a_network_has_no_distance_to_itself_and_a_cut_one_has() -> None:
    full = given(cut(0, 1, 2), *BATCH)

    assert distance(full, full, NO_CENTRE, LESSON).item() == pytest.approx(0, abs=1e-6)
    assert distance(given(cut(1, 2), *BATCH), full, NO_CENTRE, LESSON).item() > 0.01


def test_distilling_brings_the_cut_one_nearer() -> None:
    student, distances = taught(LESSON)

    assert len(distances) == 60
    assert np.mean(distances[-10:]) < np.mean(distances[:3]) / 2
    assert nearness(student, cut(0, 1, 2)) > nearness(cut(1, 2), cut(0, 1, 2))


def test_no_step_leaves_the_cut_one_as_it_is() -> None:
    student, distances = taught(replace(LESSON, steps=0))

    assert distances == []
    assert np.array_equal(vectors_of(student, PIECES), vectors_of(cut(1, 2), PIECES))


def test_without_a_rate_nothing_is_learned() -> None:
    _student, distances = taught(replace(LESSON, rate=0.0))

    assert np.mean(distances[-3:]) == pytest.approx(np.mean(distances[:3]), rel=1e-5)


def test_only_the_layers_change_and_the_teacher_stays() -> None:
    student, teacher = cut(1, 2), cut(0, 1, 2)

    distil(student, teacher, PIECES, LESSON, lambda _: None)

    untouched = cut(1, 2).state_dict()
    changed = {
        name for name, one in student.state_dict().items() if not torch.equal(one, untouched[name])
    }
    assert changed
    assert all(name.startswith("layers.") for name in changed)
    assert np.array_equal(vectors_of(teacher, PIECES), vectors_of(cut(0, 1, 2), PIECES))


def test_distilling_twice_gives_the_same_and_another_seed_another() -> None:
    _first, distances = taught(LESSON)
    _second, again = taught(LESSON)
    _third, other = taught(replace(LESSON, seed=8))

    assert again == distances
    assert other != distances


def test_what_lies_beyond_the_longest_is_not_learned_from() -> None:
    lesson = replace(LESSON, longest=3)

    _short, distances = taught(lesson, [numbers[:3] for numbers in PIECES])
    _long, of_long = taught(lesson)
    _all, of_all = taught(LESSON)

    assert of_long == distances
    assert of_all != distances


@pytest.mark.parametrize(("step", "rate"), [(0, 0.02), (4, 0.1 * 0.96), (50, 0.05), (99, 0.002)])
def test_the_rate_rises_and_then_falls(step: int, rate: float) -> None:
    lesson = Lesson(steps=100, warm_up=5, rate=0.1)

    assert rate_at(step, lesson) == pytest.approx(rate)


def test_progress_is_told_with_the_distance() -> None:
    told: list[str] = []

    distil(cut(1, 2), cut(0, 1, 2), PIECES, LESSON, told.append)

    assert [line.split(": ")[0] for line in told] == ["50/60"]
