"""Many visitors at once: each hears answers to its own questions, in its own language."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from bot.trial.check import check_milliseconds
from bot.trial.visitors import Visitor, read_sentences

if TYPE_CHECKING:
    from tests.served import Served

_VISITORS = 50
_TURNS = 4


@pytest.mark.model
def test_fifty_visitors_hear_only_their_own(app: Served) -> None:
    sentences = read_sentences()
    visitors = [Visitor(number, app.url, sentences, _TURNS) for number in range(_VISITORS)]

    with ThreadPoolExecutor(_VISITORS) as pool:
        faults = list(pool.map(lambda visitor: visitor.visit(), visitors))

    assert [fault for one in faults for fault in one] == []
    assert {len(visitor.milliseconds) for visitor in visitors} == {_TURNS}


@pytest.mark.model
def test_typed_checks_end_in_a_verdict(app: Served) -> None:
    """One in each language; a check that does not would raise."""
    assert len(check_milliseconds(app.url, 2)) == 16
