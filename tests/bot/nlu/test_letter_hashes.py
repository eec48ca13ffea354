"""The letters of a text become hashed columns, the same in a row and in a matrix."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pytest

from bot.nlu.letter_hashes import COLUMNS, letter_matrix, letter_row


def _column(piece: str) -> int:
    return crc32(piece.encode()) % COLUMNS


def test_row_counts_the_pieces_of_each_word_with_its_edges() -> None:
    columns, values = letter_row("Ok")

    pieces = {" ": 2, "o": 1, "k": 1, " o": 1, "ok": 1, "k ": 1, " ok": 1, "ok ": 1, " ok ": 1}
    length = np.sqrt(sum(count**2 for count in pieces.values()))
    expected = {_column(piece): count / length for piece, count in pieces.items()}
    assert dict(zip(columns.tolist(), values.tolist(), strict=True)) == pytest.approx(expected)


def test_row_of_the_same_words_in_other_capitals_and_spaces_is_the_same() -> None:
    first, second = letter_row("Dank  u\n"), letter_row("dank u")

    assert first[0].tolist() == second[0].tolist()
    assert first[1].tolist() == second[1].tolist()


def test_row_of_other_words_is_another() -> None:
    assert letter_row("dank u")[0].tolist() != letter_row("merci")[0].tolist()


@pytest.mark.parametrize("text", ["", " \n"])
def test_row_of_nothing_is_empty(text: str) -> None:
    columns, values = letter_row(text)

    assert (columns.tolist(), values.tolist()) == ([], [])


def test_half_an_emoji_has_a_row() -> None:
    assert len(letter_row("\ud83d")[0]) > 0


def test_matrix_holds_the_rows() -> None:
    texts = ["Wat is een vte?", "", "C'est quoi un ETP ?"]

    matrix = letter_matrix(texts)

    assert matrix.shape == (3, COLUMNS)
    for place, text in enumerate(texts):
        columns, values = letter_row(text)
        assert matrix[place].indices.tolist() == columns.tolist()
        assert matrix[place].data.tolist() == values.tolist()
