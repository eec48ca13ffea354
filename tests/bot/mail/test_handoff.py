"""What may enter a mail: bot/mail/handoff.py."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mail.handoff import (
    EligibilitySummary,
    HandoffError,
    TranscriptLine,
    clean_text,
)
from tests.bot.mail.samples import NOW, a_full_handoff, a_handoff

LINE_FIELDS = ("topic", "name", "firm", "page")
LINE_BREAKS = ("\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")


def refusal(**changes: Any) -> tuple[str, str]:
    with pytest.raises(HandoffError) as caught:
        a_handoff(**changes)
    return caught.value.field, caught.value.code


@pytest.mark.parametrize("field", LINE_FIELDS)
@pytest.mark.parametrize("line_break", LINE_BREAKS)
def test_a_line_break_is_refused_where_a_header_could_be_made_of_it(
    field: str, line_break: str
) -> None:
    injected = f"Jan{line_break}Bcc: everybody@example.com"

    assert refusal(**{field: injected}) == (field, "line_break")


@pytest.mark.parametrize("line_break", LINE_BREAKS)
@pytest.mark.parametrize("place", ["jan@bakkerij.be{}Bcc: x@example.be", "jan{}@bakkerij.be"])
def test_a_line_break_in_the_address_is_refused(place: str, line_break: str) -> None:
    assert refusal(email=place.format(line_break)) == ("email", "not_an_address")


@pytest.mark.parametrize(
    "email",
    [
        "",
        "jan",
        "jan@bakkerij",
        "jan@bakkerij.be, piet@x.be",
        "Jan <jan@bakkerij.be>",
        "andré@bakkerij.be",
        f"{'x' * 65}@bakkerij.be",
        '"jan\\" Bcc:"@bakkerij.be',
    ],
)
def test_what_is_no_single_address_is_refused(email: str) -> None:
    assert refusal(email=email) == ("email", "not_an_address")


def test_an_address_with_a_domain_in_other_letters_is_kept_as_a_mail_needs_it() -> None:
    assert a_handoff(email="jan@café.be").email == "jan@xn--caf-dma.be"


@pytest.mark.parametrize("field", LINE_FIELDS)
def test_a_line_is_tidied(field: str) -> None:
    handoff = a_handoff(**{field: "  Jan \t\x00 \u202ePeeters\u200b \n"})

    assert getattr(handoff, field) == "Jan Peeters"


def test_a_question_of_2000_characters_is_accepted_and_of_2001_refused() -> None:
    assert a_handoff(question="x" * 2_000).question == "x" * 2_000
    assert refusal(question="x" * 2_001) == ("question", "too_long")


def test_a_question_of_100_kilobytes_is_refused_with_a_clear_error() -> None:
    with pytest.raises(HandoffError) as caught:
        a_handoff(question="x" * 102_400)

    assert str(caught.value) == "The question has 102400 characters. Keep it within 2000."


@pytest.mark.parametrize("question", ["", "  \n ", "\x00\x1b", "\u200b\u202e"])
def test_a_question_without_words_is_refused(question: str) -> None:
    assert refusal(question=question) == ("question", "missing")


def test_a_question_keeps_its_lines_and_loses_what_cannot_be_seen() -> None:
    typed = "één\r\ntwee\n\n\tdrie\x00\x1b[31m\u202evier\ud800 👩\u200d🚒"

    assert a_handoff(question=typed).question == "één\ntwee\n\n\tdrie[31mvier 👩\u200d🚒"


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"reference": "C4S-2026-7F3K9"}, ("reference", "not_a_reference")),
        ({"reference": "C4S-2026-7F3K9Q\n"}, ("reference", "not_a_reference")),
        ({"preferred_language": "xx"}, ("preferred_language", "not_spoken")),
        ({"topic": " "}, ("topic", "missing")),
        ({"topic": "x" * 121}, ("topic", "too_long")),
        ({"name": "x" * 121}, ("name", "too_long")),
        ({"firm": "x" * 121}, ("firm", "too_long")),
        ({"page": "x" * 501}, ("page", "too_long")),
        ({"time": datetime(2026, 1, 1)}, ("time", "missing")),  # noqa: DTZ001
        (
            {"eligibility": EligibilitySummary("unclear", ("a\nb",))},
            ("answers", "line_break"),
        ),
        (
            {"eligibility": EligibilitySummary("unclear", (), ("x" * 501,))},
            ("reasons", "too_long"),
        ),
        ({"eligibility": EligibilitySummary("unclear", ("x",) * 41)}, ("answers", "too_long")),
    ],
)
def test_a_handoff_refuses(changes: dict[str, object], refused: tuple[str, str]) -> None:
    assert refusal(**changes) == refused


def test_a_language_that_is_not_spoken_is_refused() -> None:
    handoff = a_handoff()

    with pytest.raises(HandoffError, match=r"The language is 'xx'\. Use one of nl, fr"):
        type(handoff)(**{**vars(handoff), "language": "xx"})


def test_an_empty_name_firm_and_page_are_accepted() -> None:
    handoff = a_handoff(name="", firm=" ", page="")

    assert (handoff.name, handoff.firm, handoff.page) == ("", "", "")


def test_a_very_long_message_of_the_transcript_is_cut() -> None:
    handoff = a_handoff(transcript=(TranscriptLine("visitor", NOW, "x" * 50_000),))

    assert handoff.transcript == (TranscriptLine("visitor", NOW, "x" * 4_000),)


def test_a_handoff_shows_nobodys_words() -> None:
    shown = repr(a_full_handoff())

    for words in ("jan@bakkerij.be", "Jan Peeters", "Bakkerij", "school", "eerste", "federatie"):
        assert words not in shown


def test_the_same_question_of_the_same_person_is_known_again() -> None:
    first = a_handoff(question="Kon een  school\nook indienen?", email="Jan@bakkerij.be")
    again = a_handoff(question="kon een school ook indienen?", reference="C4S-2026-777777")

    assert first.question_hash() == again.question_hash()


@pytest.mark.parametrize(
    "changes", [{"question": "Kon een school niet indienen?"}, {"email": "piet@bakkerij.be"}]
)
def test_another_question_or_person_is_another_one(changes: dict[str, str]) -> None:
    assert a_handoff(**changes).question_hash() != a_handoff().question_hash()


@given(st.text(max_size=200))
def test_clean_text_leaves_what_any_mail_and_database_can_hold(text: str) -> None:
    cleaned = clean_text(text)

    cleaned.encode()
    assert "\x00" not in cleaned
    assert "\r" not in cleaned
    assert clean_text(cleaned) == cleaned
