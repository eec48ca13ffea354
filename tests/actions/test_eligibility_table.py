"""The decision table in the docs is the one the rules give."""

from __future__ import annotations

import pytest

from actions.eligibility_rules import Thresholds
from actions.eligibility_table import FACTS, PAGE, TABLES, thresholds_of, with_tables
from bot.facts.calls import Facts


def test_documented_tables_are_up_to_date() -> None:
    """Otherwise: python -m actions.eligibility_table."""
    page = PAGE.read_text(encoding="utf-8")

    assert with_tables(page, thresholds_of(Facts.load(FACTS))) == page


def test_tables_follow_the_thresholds() -> None:
    """A changed fact changes the page."""
    page = PAGE.read_text(encoding="utf-8")

    changed = with_tables(page, Thresholds(subcontracting_max=30, fte_limit=250))

    assert "| `outsourcing_share` | `outsourcing_share` | 30.01 | does_not_qualify |" in changed
    assert "| `outsourcing_share` | `outsourcing_share` | 30.01 |" not in page


@pytest.mark.parametrize("name", TABLES)
def test_page_without_a_marker_is_refused(name: str) -> None:
    """The text around the tables is kept, so the markers must be there."""
    page = PAGE.read_text(encoding="utf-8").replace(f"<!-- {name}: end -->", "")

    with pytest.raises(ValueError, match=f"has no '<!-- {name}: start -->'"):
        with_tables(page, Thresholds(49, 50))


def test_thresholds_are_the_facts() -> None:
    """The check and the answers cannot disagree."""
    assert thresholds_of(Facts.load(FACTS)) == Thresholds(subcontracting_max=49, fte_limit=50)
