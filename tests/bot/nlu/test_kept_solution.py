"""A solution is found again by its examples and labels; what cannot be used is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from bot.nlu.kept_solution import PROBES, KeptSolution

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [f"zin {number}" for number in range(40)]
NAMES = ["greet", "deny"] * 20  # sorted: deny, greet
SOLUTION = np.arange(40 * (2 + PROBES), dtype=np.float32).reshape(40, 2 + PROBES)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that holds SOLUTION."""
    found = tmp_path / "new" / "kept.npz"
    KeptSolution(TEXTS, NAMES, found).write(SOLUTION)
    return found


def test_what_was_written_is_read(path: Path) -> None:
    np.testing.assert_array_equal(KeptSolution(TEXTS, NAMES, path).read(), SOLUTION)


def test_order_of_the_examples_does_not_matter(path: Path) -> None:
    found = KeptSolution(TEXTS[::-1], NAMES[::-1], path).read()

    np.testing.assert_array_equal(found, SOLUTION[::-1])


def test_new_example_begins_at_nothing_and_a_removed_one_is_gone(path: Path) -> None:
    found = KeptSolution(["nieuw", *TEXTS[1:]], NAMES, path).read()

    assert found is not None
    assert not found[0].any()
    np.testing.assert_array_equal(found[1:], SOLUTION[1:])


def test_example_with_another_label_is_a_new_one(path: Path) -> None:
    found = KeptSolution(TEXTS, ["deny", *NAMES[1:]], path).read()

    assert found is not None
    assert not found[0].any()


def test_new_label_begins_at_nothing_between_the_others(path: Path) -> None:
    found = KeptSolution([*TEXTS, "tot ziens"], [*NAMES, "goodbye"], path).read()

    assert found is not None
    assert not found[:, 1].any()
    np.testing.assert_array_equal(found[:-1, [0, 2]], SOLUTION[:, :2])
    np.testing.assert_array_equal(found[:-1, 3:], SOLUTION[:, 2:])


def test_label_that_is_gone_takes_its_column_along(path: Path) -> None:
    renamed = ["affirm", *NAMES[1:]]
    KeptSolution(TEXTS, renamed, path).write(np.pad(SOLUTION, ((0, 0), (1, 0))))

    np.testing.assert_array_equal(KeptSolution(TEXTS[1:], NAMES[1:], path).read(), SOLUTION[1:])


def test_solution_of_other_examples_is_not_read(path: Path) -> None:
    others = [*TEXTS[:37], "drie", "andere", "zinnen"]  # 7.5 %

    assert KeptSolution(others, NAMES, path).read() is None
    assert path.exists()


def test_examples_that_say_the_same_have_their_own_signs() -> None:
    signs = KeptSolution(["dag", "dag", "hallo"], ["greet"] * 3).signs

    assert signs.shape == (3, PROBES)
    assert set(np.unique(signs)) == {-1, 1}
    assert len({row.tobytes() for row in signs}) == 3


def test_signs_are_an_examples_own_wherever_it_stands() -> None:
    first, second = KeptSolution(TEXTS, NAMES), KeptSolution(TEXTS[5:], NAMES[5:])

    np.testing.assert_array_equal(first.signs[5:], second.signs)


def _stored(path: Path) -> dict[str, Any]:
    with np.load(path) as stored:
        return dict(stored)


def _too_short(path: Path) -> None:
    np.savez(path, **{**_stored(path), "solution": SOLUTION[:-1]})


def _without_keys(path: Path) -> None:
    np.savez(path, labels=["a"])


def _objects(path: Path) -> None:
    np.savez(path, **{**_stored(path), "solution": np.array([{}], dtype=object)})


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no archive"),
        lambda path: path.write_bytes(path.read_bytes()[:-500]),
        _too_short,
        _without_keys,
        _objects,
    ],
)
def test_damaged_file_is_removed_and_nothing_read(path: Path, damage: Any) -> None:
    damage(path)

    assert KeptSolution(TEXTS, NAMES, path).read() is None
    assert not path.exists()


def test_without_a_file_nothing_is_kept() -> None:
    kept = KeptSolution(TEXTS, NAMES)

    kept.write(SOLUTION)

    assert kept.read() is None
