"""Examples are read in a fixed order; folds are fair; the fingerprint follows the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.encoder.examples import Examples, ExamplesError, held_fold, read_examples

if TYPE_CHECKING:
    from pathlib import Path

FILE = """version: "3.1"
nlu:
- intent: greet
  examples: |
    - {first}
    - {second}
- intent: thank
  examples: |
    - {third}
- synonym: kmo
  examples: |
    - kleine onderneming
"""


def write(directory: Path, language: str, *texts: str) -> None:
    path = directory / language / "dialogue.yml"
    path.parent.mkdir(exist_ok=True)
    content = FILE.format(first=texts[0], second=texts[1], third=texts[2])
    path.write_text(content, encoding="utf-8")


@pytest.fixture
def both(tmp_path: Path) -> Path:
    write(tmp_path, "nl", "dag", "hallo", "merci hé")
    write(tmp_path, "fr", "bonjour", "bonjour", "merci")
    return tmp_path


def test_reading_keeps_order_and_drops_repeats_and_synonyms(both: Path) -> None:
    assert read_examples(both) == Examples(
        texts=["bonjour", "merci", "dag", "hallo", "merci hé"],
        labels=["greet", "thank", "greet", "greet", "thank"],
        languages=["fr", "fr", "nl", "nl", "nl"],
    )


def test_fingerprint_is_the_same_for_the_same_data_in_another_order(both: Path) -> None:
    examples = read_examples(both)
    turned = Examples(examples.texts[::-1], examples.labels[::-1], examples.languages[::-1])

    assert turned.fingerprint() == examples.fingerprint()


@pytest.mark.parametrize("part", ["texts", "labels", "languages"])
def test_fingerprint_changes_with_any_changed_value(both: Path, part: str) -> None:
    examples = read_examples(both)
    changed = Examples(examples.texts[:], examples.labels[:], examples.languages[:])
    getattr(changed, part)[2] += "x"

    assert changed.fingerprint() != examples.fingerprint()


def test_chosen_examples_are_the_marked_ones(both: Path) -> None:
    marks = np.array([False, True, False, True, False])

    assert read_examples(both).chosen(marks) == Examples(
        ["merci", "hallo"], ["thank", "greet"], ["fr", "nl"]
    )


def test_held_fold_takes_a_fifth_of_every_label_and_language() -> None:
    labels = ["greet"] * 10 + ["thank"] * 10
    languages = (["nl"] * 5 + ["fr"] * 5) * 2
    examples = Examples([str(number) for number in range(20)], labels, languages)

    held = held_fold(examples, 5, seed=3)

    groups = sorted(zip(*(np.array(part)[held] for part in (labels, languages)), strict=True))
    assert groups == [("greet", "fr"), ("greet", "nl"), ("thank", "fr"), ("thank", "nl")]
    assert np.array_equal(held, held_fold(examples, 5, seed=3))


def test_every_example_is_held_in_exactly_one_fold(both: Path) -> None:
    examples = read_examples(both)

    folds = np.stack([held_fold(examples, 3, 7, number) for number in range(3)])

    assert folds.sum(axis=0).tolist() == [1] * len(examples.texts)


def test_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExamplesError, match="holds no <language>/"):
        read_examples(tmp_path)


@pytest.mark.parametrize("content", ["nlu: [", "stories: []", "nlu:\n- intent: greet\n", "nlu: 3"])
def test_file_of_another_form_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "odd.yml").write_text(content, encoding="utf-8")

    with pytest.raises(ExamplesError, match=r"odd\.yml cannot be read as training data"):
        read_examples(tmp_path)
