"""Each style is seen where it is, and not where it is not."""

from __future__ import annotations

import pytest

from bot.evaluation.styles import style_shares, styles
from bot.nlu.spelling import Spelling

SPELLING = Spelling({"deadline": 9})


@pytest.mark.parametrize(
    ("style", "shown", "not_shown"),
    [
        ("terse (1-4 words)", "deadline oproep 2022 ?", "tot wanneer kon je nog indienen"),
        ("long (20 words or more)", "woord " * 20, "woord " * 19),
        (
            "a remark, not a question",
            "Ons dossier was pas in november klaar.",
            "Wanneer was uw dossier klaar",
        ),
        ("colloquial words", "kunt ge da uitleggen", "kunt u dat uitleggen"),
        ("chat abbreviations", "wnr was het", "wanneer was het"),
        ("formal words", "Gelieve mij in te lichten.", "Licht mij in."),
        ("no capital, no full stop", "dag allemaal", "Dag allemaal."),
        ("all capitals", "WANNEER?", "KMO?"),
        ("a word that looks misspelt", "deadlien", "deadline"),
    ],
)
def test_style(style: str, shown: str, not_shown: str) -> None:
    test = styles(SPELLING)[style]

    assert test(shown)
    assert not test(not_shown)


def test_shares() -> None:
    shares = style_shares(["DEADLINE", "Wat was de uiterste datum van de oproep?"], SPELLING)

    assert shares["all capitals"] == 0.5
    assert shares["long (20 words or more)"] == 0.0
