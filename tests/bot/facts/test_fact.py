"""Facts, sources and calls with a flaw are refused when they are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.data_files import DataError
from tests.bot.small import CALLS, load_facts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "quote: minder dan 50",
            "quotee: minder dan 50",
            (
                "facts > limit: the key 'quotee' is not known here. "
                "Use one of all, fr, nl, quote, quotes, source, value."
            ),
        ),
        (
            "limit: {value: 50, source: page",
            "limit: {value: 50, source: somewhere",
            (
                "facts > limit: its source 'somewhere' is not known. "
                "Use one of other, page, or add it to 'sources'."
            ),
        ),
        (
            ", quote: minder dan 50",
            "",
            (
                "facts > limit: its source 'page' and its quotes do not agree. "
                "Quote documents that have a 'file', and only those."
            ),
        ),
        (
            "source: other}",
            "source: other, quote: x}",
            (
                "facts > mailbox: its source 'other' and its quotes do not agree. "
                "Quote documents that have a 'file', and only those."
            ),
        ),
        (
            "limit: {value: 50, source: page, quote: minder dan 50}",
            "limit: {value: 50, source: page, quotes: [{source: page, words: x}]}",
            (
                "facts > limit: it has 'quotes' beside 'source' or 'quote'. "
                "Put all in 'quotes', each with its source and words."
            ),
        ),
        (
            "value: 50",
            "value: fifty",
            "facts > limit: 'value' holds 'fifty'. Write a number, or a date such as 2022-10-31.",
        ),
        (
            "value: 50",
            "value: yes",
            "facts > limit: 'value' holds True. Write a number, or a date such as 2022-10-31.",
        ),
        (
            "limit: {value: 50,",
            "limit: {",
            "facts > limit: it has neither words nor a value. Write nl, fr, or 'all'.",
        ),
        (
            "value: 50",
            "value: 50, nl: vijftig",
            (
                "facts > limit: its words stand under value, nl, source, quote. "
                "Write nl, fr, or 'all' alone, or none beside a 'value'."
            ),
        ),
        (
            "value: 2022-10-31",
            "value: 2022-10-31, nl: 30 oktober 2022, fr: 30 octobre 2022",
            (
                "calls 1 > facts > deadline: its words '30 oktober 2022' do not say its date "
                "2022-10-31. Leave its words out, or write 31 oktober 2022."
            ),
        ),
        (
            "  limit:",
            "  Limit:",
            (
                "facts > Limit: its name cannot be a placeholder. "
                "Use lower case, digits and _, and do not end it in _weekday."
            ),
        ),
        (
            "closes: deadline",
            "closes: limit",
            (
                "calls 1: 'closes' names 'limit', which is not a fact with a date. "
                "Name a fact whose 'value' is a date."
            ),
        ),
        (
            "value: 2022-10-31",
            "value: 2022-07-01",
            "calls 1: it opens on 2022-07-27, after it closes. Correct the two dates.",
        ),
        (
            "date: null",
            "date: soon",
            "sources > other: 'date' holds 'soon'. Write 2023-02-28, 2023-02 or null.",
        ),
        (
            ", date: null",
            "",
            "sources > other: 'date' holds 'nothing'. Write 2023-02-28, 2023-02 or null.",
        ),
        (
            "{nl: Elders, fr: Ailleurs}",
            "{nl: Elders}",
            "sources > other > title: 'fr' holds None, not a text. Write a text under 'fr'.",
        ),
    ],
)
def test_load_refuses_a_flaw_with_its_place_cause_and_remedy(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    """Each message names the file, the fact, what is wrong and what to do."""
    assert CALLS.count(before) == 1

    with pytest.raises(DataError) as error:
        load_facts(tmp_path, CALLS.replace(before, after))

    assert str(error.value) == f"{tmp_path / 'facts.yml'}, {message}"
