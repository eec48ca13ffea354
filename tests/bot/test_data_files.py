"""Data files that cannot be used are refused with place, cause and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.data_files import DataError, read

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, text: str) -> Path:
    """Put a file on disk as an editor would."""
    file = folder / "some.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_read_returns_the_root_with_its_place(tmp_path: Path) -> None:
    """Sections know the way to themselves."""
    root = read(write(tmp_path, "a:\n  b: {c: word}\n  d: [one, two]\n"))

    below = root.section("a")
    assert below.place == ("a",)
    assert below.section("b").text("c") == "word"
    assert below.texts("d") == ("one", "two")
    assert below.texts("absent") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2\n", "'a' stands twice, the second time on line 2. Keep one of them."),
        ("b: {c: 1, c: 2}\n", "'c' stands twice, the second time on line 1. Keep one of them."),
        ("- a\n", "its root is not a mapping of names. Write 'name: ...' lines."),
        ("1: a\n", "its root is not a mapping of names. Write 'name: ...' lines."),
        ("", "its root is not a mapping of names. Write 'name: ...' lines."),
    ],
)
def test_read_refuses_a_file_without_one_meaning(tmp_path: Path, text: str, message: str) -> None:
    """YAML itself would keep the last of two equal keys and say nothing."""
    file = write(tmp_path, text)

    with pytest.raises(DataError) as error:
        read(file)

    assert str(error.value) == f"{file}: {message}"


def test_read_names_the_line_that_is_not_yaml(tmp_path: Path) -> None:
    """A slip such as an unclosed bracket is told with its place."""
    file = write(tmp_path, "a: [1\nb: 2\n")

    with pytest.raises(DataError) as error:
        read(file)

    cause = "is not valid YAML: did not find expected ',' or ']' on line 2. Correct that line."
    assert str(error.value) == f"{file}: {cause}"


def test_read_refuses_another_encoding(tmp_path: Path) -> None:
    """An editor that saves in Latin-1 would spoil every accent."""
    file = tmp_path / "some.yml"
    file.write_bytes("a: été".encode("latin-1"))

    with pytest.raises(DataError, match=r"some\.yml: is not text in UTF-8 .*Save it as UTF-8\.$"):
        read(file)


def test_read_names_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The remedy is to put it there."""
    file = tmp_path / "none.yml"

    with pytest.raises(DataError) as error:
        read(file)

    cause = "cannot be read (No such file or directory). Put the file there, readable."
    assert str(error.value) == f"{file}: {cause}"


def test_section_refuses_what_it_does_not_expect(tmp_path: Path) -> None:
    """Wrong kinds and unknown keys are told with the way to them."""
    file = write(tmp_path, "a: {b: 1, c: [x], d: {1: y}, e: ''}\n")
    section = read(file).section("a")

    for attempt, message in (
        (lambda: section.text("b"), "'b' holds 1, not a text. Write a text under 'b'."),
        (lambda: section.text("e"), "'e' holds '', not a text. Write a text under 'e'."),
        (lambda: section.texts("b"), "'b' holds 1, not a text. Write a text, or a list."),
        (
            lambda: section.section("c"),
            "'c' holds ['x'], not a mapping of names. Write 'name: ...' lines under 'c'.",
        ),
        (
            lambda: section.section("d"),
            "'d' holds {1: 'y'}, not a mapping of names. Write 'name: ...' lines under 'd'.",
        ),
        (lambda: section.sections("b"), "'b' holds 1, not a list. Write a list under 'b'."),
        (
            lambda: section.require_only({"b", "c", "d"}),
            "the key 'e' is not known here. Use one of b, c, d.",
        ),
    ):
        with pytest.raises(DataError) as error:
            attempt()
        assert str(error.value) == f"{file}, a: {message}"
