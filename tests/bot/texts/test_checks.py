"""Texts that could not be shown as they should are refused when they are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.data_files import DataError
from tests.bot.small import LABELS, TEXTS, load_texts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "tot {deadline}.\n    closed",
            "tot {dedline}.\n    closed",
            (
                "utter_deadline: no fact or value fills {dedline}. "
                "Correct the name, or add 'dedline' to the facts of the call 2022."
            ),
        ),
        (
            "{later} projecten",
            "{latter} projecten",
            (
                "utter_deadline > more: no fact or value fills {latter}. "
                "Correct the name, or add the fact to the facts file."
            ),
        ),
        (
            "Geen jury.",
            "Geen {jury.",
            (
                "utter_declined: a brace in 'Geen {jury.' is not part of a placeholder. "
                "Write a placeholder as {fact_id}, and no other braces."
            ),
        ),
        (
            "  source: page\n",
            "  source: elsewhere\n",
            (
                "utter_deadline: {deadline} comes from page, but the text names elsewhere. Name "
                "that source too, or give the call 2022 a source of its own under the id of one "
                "that is named."
            ),
        ),
        (
            "  source: page\n",
            "  source: nowhere\n",
            "utter_deadline: its source 'nowhere' is not known. Use one of elsewhere, page.",
        ),
        (
            "closed: [results]",
            "closed: [winners]",
            (
                "utter_deadline: the choice 'winners' has no label in its languages. "
                "Add the label, or leave the choice out."
            ),
        ),
        (
            "  de: Bitte",
            "  choices: [results]\n  de: Bitte",
            (
                "utter_other_language: the choice 'results' has no label in its languages. "
                "Add the label, or leave the choice out."
            ),
        ),
        (
            "  de: Bitte an {mailbox}.\n",
            "",
            "utter_other_language: it has words in: en. Write nl, fr; or, to others, de, en.",
        ),
        (
            "  nl: Geen jury.\n",
            "",
            "utter_declined: it has words in: fr. Write nl, fr; or, to others, de, en.",
        ),
        (
            "    closed: Indienen kon tot {deadline}.\n",
            "",
            (
                "utter_deadline: 'nl' is written for upcoming, open. "
                "Write it for upcoming, open, closed."
            ),
        ),
        (
            "upcoming, open: Indienen",
            "upcoming, later: Indienen",
            (
                "utter_deadline > nl: the key 'upcoming, later' names no phase, or one named "
                "before. Name each of upcoming, open, closed once."
            ),
        ),
        (
            "upcoming, open: Indienen",
            "upcoming, closed: Indienen",
            (
                "utter_deadline > nl: the key 'closed' names no phase, or one named before. "
                "Name each of upcoming, open, closed once."
            ),
        ),
        (
            '    fr: {closed: "Plus',
            '    fr: {open: "Plus',
            "utter_deadline > more: 'fr' is written for open. Write it for closed.",
        ),
        (
            "  phrases: {nl: [jury]",
            "  phrases: {de: [jury]",
            "utter_declined > phrases: the key 'de' is not known here. Use one of fr, nl.",
        ),
    ],
)
def test_load_refuses_a_flaw_with_its_place_cause_and_remedy(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    """Each message names the file, the text, what is wrong and what to do."""
    assert TEXTS.count(before) == 1

    with pytest.raises(DataError) as error:
        load_texts(tmp_path, TEXTS.replace(before, after))

    assert str(error.value) == f"{tmp_path / 'texts' / 'some.yml'}, {message}"


def test_load_refuses_a_label_that_needs_facts(tmp_path: Path) -> None:
    """A button is short and the same for every call."""
    with pytest.raises(DataError) as error:
        load_texts(tmp_path, labels=LABELS.replace("Resultaten", "'Na {deadline}'"))

    cause = "a label has a placeholder. Write a label that needs no facts."
    assert str(error.value) == f"{tmp_path / 'texts' / 'labels.yml'}, results: {cause}"


def test_load_refuses_one_name_in_two_files(tmp_path: Path) -> None:
    """The later one would silently win."""
    load_texts(tmp_path)
    other = tmp_path / "texts" / "more.yml"
    other.write_text("utter_privacy: {nl: a, fr: b}\n", encoding="utf-8")

    with pytest.raises(DataError) as error:
        load_texts(tmp_path)

    some = tmp_path / "texts" / "some.yml"
    cause = f"it stands in {other} too. Keep one of them."
    assert str(error.value) == f"{some}, utter_privacy: {cause}"
