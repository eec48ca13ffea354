"""NLP.js, really trained on a few lines; left out where it is not installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.comparison.measuring import measured
from bot.comparison.peers import peers
from bot.nlu.decision import Outcome
from tests.bot.comparison.tiny import EXAMPLES, MESSAGES, SETS

if TYPE_CHECKING:
    from pathlib import Path

NLP_JS = next(peer for peer in peers() if peer.key == "nlp_js")


def test_it_learns_both_languages_and_answers(tmp_path: Path) -> None:
    found = measured(NLP_JS, EXAMPLES, SETS, tmp_path, again=False)
    judged = [one for name in SETS for one in found.judged[name]]

    assert [one.labels[0] for one in judged] == [one.label for one in MESSAGES]
    assert [one.outcome for one in judged] == [Outcome.SURE] * 3 + [Outcome.OUT_OF_SCOPE]
