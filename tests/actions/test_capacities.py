"""Three things are asked in one question, each stays an answer, and no check grows too long."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from actions import capacities
from actions.capacities import ALL, EACH, PARTS, REST, TOGETHER, WHICH
from actions.eligibility_form import CONFIRMED, EligibilityInterview
from actions.eligibility_questions import QUESTIONS, UNKNOWN
from bot.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = Path(__file__).parent
ASK: Final = "ask"
ENOUGH: Final = 0.95
ROWS: Final = 40
MOST_QUESTIONS: Final = 8
INTERVIEW: Final = EligibilityInterview()

IN, OUT, NOT = "in_house", "outsourced", "neither"


def each(expertise: str, needs: str, experience: str) -> dict[str, str]:
    """Return an answer to each of the three."""
    return {"expertise": expertise, "needs": needs, "experience": experience}


def written(read: str | dict[str, str] | None) -> str:
    """Write what was read as the tables do."""
    if isinstance(read, dict):
        return ",".join(f"{part}={read[part]}" for part in PARTS if part in read)
    return read or ASK


def rows(language: str) -> list[tuple[str, str]]:
    """Read the table of a language: an answer, and what it says; `ask` where nobody can be sure.

    What is not said of one of the three is asked next; a bare `outsourced` or `neither` too.
    """
    table = (FOLDER / f"capacities_{language}.tsv").read_text("utf-8").splitlines()[1:]
    return [(answer, expected) for answer, expected in (row.split("\t") for row in table)]


def says_more_than(found: str, expected: str) -> bool:
    """Whether something was read that was not said; to leave it open and ask is never wrong."""
    said = set() if expected == ASK else {*expected.split(",")}
    whole = {f"{part}={found}" for part in PARTS} | {found}
    told = whole & said or {*found.split(",")}
    asks = {ASK, OUT, NOT} & {found}
    return not asks and not told <= said


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_to_all_three_are_understood(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """At least 95 % as they were meant; of the others nothing is taken for what it is not."""
    table = [(answer, meant, written(capacities.read(TOGETHER, answer, language)))
             for answer, meant in rows(language)]  # fmt: skip
    right = [answer for answer, meant, found in table if same(found, meant)]
    wrong = [row for row in table if not same(row[2], row[1]) and says_more_than(row[2], row[1])]
    with capsys.disabled():
        print(f"\nall three at once, {language}: {len(right)}/{len(table)}")  # noqa: T201 - figures

    assert wrong == []
    assert len(right) / len(table) >= ENOUGH
    assert len({answer for answer, _ in rows(language)}) == len(table) >= ROWS


def same(found: str, expected: str) -> bool:
    """Compare; all three in one place may be said at once, or one by one."""
    return found == expected or ",".join(f"{part}={found}" for part in PARTS) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "de ervaring", {"experience": WHICH}),
        ("nl", "alle drie", ALL),
        ("nl", "weet ik niet", UNKNOWN),
        ("nl", "kennis via een partner en de rest zelf", each(IN, OUT, IN)),
        ("nl", "paars", None),
        ("fr", "l'expérience", {"experience": WHICH}),
        ("fr", "toutes les trois", ALL),
        ("fr", "je ne sais pas", UNKNOWN),
        ("fr", "violet", None),
    ],
)
def test_which_of_the_three(language: str, text: str, expected: object) -> None:
    """A name is enough."""
    assert capacities.read(WHICH, text, language) == expected


@pytest.mark.parametrize(
    ("slot", "value", "before", "expected"),
    [
        (TOGETHER, IN, {}, {**each(IN, IN, IN), TOGETHER: IN}),
        (TOGETHER, UNKNOWN, {}, {**each(UNKNOWN, UNKNOWN, UNKNOWN), TOGETHER: UNKNOWN}),
        (TOGETHER, OUT, {}, {TOGETHER: OUT}),
        (TOGETHER, {"needs": NOT}, {}, {"needs": NOT, TOGETHER: EACH}),
        (WHICH, "needs", {TOGETHER: OUT}, {**each(IN, OUT, IN), TOGETHER: OUT}),
        (WHICH, "needs", {TOGETHER: NOT}, {**each(IN, NOT, IN), TOGETHER: NOT}),
        (WHICH, ALL, {TOGETHER: NOT}, {**each(NOT, NOT, NOT), TOGETHER: NOT}),
        (WHICH, UNKNOWN, {TOGETHER: OUT}, {**each(UNKNOWN, UNKNOWN, UNKNOWN), TOGETHER: OUT}),
        (REST, IN, {"needs": OUT}, {"expertise": IN, "experience": IN}),
        (REST, {"expertise": IN}, {"needs": OUT}, {"expertise": IN, "experience": UNKNOWN}),
    ],
)
def test_answers_that_one_answer_stands_for(
    slot: str, value: Any, before: dict[str, Any], expected: dict[str, Any]
) -> None:
    """What was answered before stays as it is."""
    assert capacities.answers_by(slot, value, before) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, TOGETHER),
        ({TOGETHER: OUT}, WHICH),
        ({TOGETHER: NOT}, WHICH),
        ({"expertise": IN}, REST),
        ({"expertise": IN, "needs": IN, TOGETHER: OUT}, "experience"),
    ],
)
def test_question_that_is_asked(answers: dict[str, Any], expected: str) -> None:
    """All three together, the two that are left, or the one that is corrected."""
    assert capacities.question_for(answers) == expected


@pytest.mark.parametrize("value", ["needs", ALL, UNKNOWN])
def test_button_holds_its_answer(value: str) -> None:
    """One that does not exist holds none."""
    assert capacities.chosen(WHICH, value) == value
    assert capacities.chosen(TOGETHER, "needs") is None


def _ways(slot: str) -> list[Any]:
    """Answers to a question that part the ways: all of those that decide what follows."""
    if slot in capacities.ASKED:
        typed = [dict.fromkeys(parts, OUT) for parts in ((PARTS[0],), PARTS[:2], PARTS)]
        return [IN, OUT, NOT, UNKNOWN, *typed]
    question = QUESTIONS[slot]
    return [*question.choices, UNKNOWN] if question.choices else [0.0, 50.0, UNKNOWN]


def _routes(answers: dict[str, Any], asked: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every way through the check by its questions; answers that part nothing count once."""
    slot = INTERVIEW.open_question(answers)
    if slot is None or slot == CONFIRMED:
        yield asked
        return
    seen: set[tuple[str | None, tuple[str, ...]]] = set()
    for value in _ways(slot):
        if slot == WHICH and value in (IN, OUT, NOT):
            value = ALL  # noqa: PLW2901 - its own answer for all
        after = answers | dict(INTERVIEW.spread({slot: value}, answers))
        INTERVIEW.tidy(after)
        opened = tuple(one for one in QUESTIONS if after.get(one) is None)
        way = (INTERVIEW.open_question(after), opened)
        if way not in seen:
            seen.add(way)
            yield from _routes(after, (*asked, slot))


def test_no_route_asks_more_than_eight_questions() -> None:
    """Through every answer, by buttons and by typing, the region of theme 5 included."""
    routes = set(_routes({}, ()))

    assert max(len(one) for one in routes) == MOST_QUESTIONS
    assert max((one for one in routes), key=len)[-1] == "region"
    assert {one[0] for one in routes} == {"path"}
    assert len(routes) > MOST_QUESTIONS


def test_a_route_without_the_question_to_all_three_would_be_too_long() -> None:
    """Asked one by one, theme 5 takes nine."""
    assert sum(one.path in (None, "applicant") for one in QUESTIONS.values()) > MOST_QUESTIONS
