"""Numbers, dates and typography as each language writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.languages import DEFAULT, LANGUAGES, OTHER_LANGUAGES


def test_dutch_and_french_are_spoken_and_dutch_is_the_default() -> None:
    """The two languages of the calls; others are only recognised."""
    assert (tuple(LANGUAGES), DEFAULT, OTHER_LANGUAGES) == (("nl", "fr"), "nl", ("de", "en"))


@pytest.mark.parametrize(
    ("code", "value", "written"),
    [
        ("nl", 50, "50"),
        ("nl", 49.5, "49,5"),
        ("nl", 49.0, "49"),
        ("nl", Decimal("49.01"), "49,01"),
        ("nl", 2022, "2022"),
        ("nl", 10_600_000, "10.600.000"),
        ("nl", 0, "0"),
        ("nl", -12_345.5, "-12.345,5"),
        ("fr", 49.5, "49,5"),
        ("fr", 2022, "2022"),
        ("fr", 10_600_000, "10\u00a0600\u00a0000"),
    ],
)
def test_number_is_written_as_in_the_language(code: str, value: float, written: str) -> None:
    """Decimal comma, groups from five digits on, no needless decimals."""
    assert LANGUAGES[code].number(value) == written


@pytest.mark.parametrize(
    ("code", "day", "written", "with_weekday"),
    [
        ("nl", date(2022, 7, 27), "27 juli 2022", "woensdag 27 juli 2022"),
        ("nl", date(2022, 11, 1), "1 november 2022", "dinsdag 1 november 2022"),
        ("fr", date(2022, 7, 27), "27 juillet 2022", "mercredi 27 juillet 2022"),
        ("fr", date(2022, 11, 1), "1er novembre 2022", "mardi 1er novembre 2022"),
    ],
)
def test_date_is_written_in_full(code: str, day: date, written: str, with_weekday: str) -> None:
    """French says "1er"; Dutch does not."""
    language = LANGUAGES[code]

    assert (language.long_date(day), language.weekday_date(day)) == (written, with_weekday)


@pytest.mark.parametrize(
    ("code", "typed", "shown"),
    [
        ("nl", "kmo's: wat nu?", "kmo’s: wat nu?"),
        ("nl", "zo'n 'woord'", "zo’n 'woord'"),
        ("fr", "L'appel : « oui » ! 49 %", "L’appel\u00a0: «\u00a0oui\u00a0»\u00a0! 49\u00a0%"),
        ("fr", "d'{applicants} ; qui ?", "d’{applicants}\u00a0; qui\u00a0?"),
        ("fr", "https://economie.fgov.be", "https://economie.fgov.be"),
    ],
)
def test_typeset_sets_apostrophes_and_spaces_that_hold_on(
    code: str, typed: str, shown: str
) -> None:
    """What an editor types plainly is shown as it should, twice typeset no different."""
    language = LANGUAGES[code]

    assert (language.typeset(typed), language.typeset(shown)) == (shown, shown)


@pytest.mark.parametrize("code", LANGUAGES)
def test_row_is_complete(code: str) -> None:
    """Twelve months and seven days, each another word."""
    language = LANGUAGES[code]

    assert (language.code, len(set(language.months)), len(set(language.weekdays))) == (code, 12, 7)
