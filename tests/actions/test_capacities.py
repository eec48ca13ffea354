"""Three things are asked in one question, each stays an answer, and no check grows too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from actions import capacities
from actions.capacities import ALL, EACH, PARTS, REST, TOGETHER, WHICH
from actions.eligibility_form import CONFIRMED, EligibilityInterview
from actions.eligibility_questions import QUESTIONS, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_QUESTIONS: Final = 8
INTERVIEW: Final = EligibilityInterview()

IN, OUT, NOT = "in_house", "outsourced", "neither"


def each(expertise: str, needs: str, experience: str) -> dict[str, str]:
    """Return an answer to each of the three."""
    return {"expertise": expertise, "needs": needs, "experience": experience}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "alles zelf", each(IN, IN, IN)),
        ("nl", "ja", None),
        ("nl", "alle drie uitbesteed", each(OUT, OUT, OUT)),
        ("nl", "uitbesteed", OUT),
        ("nl", "nee", NOT),
        ("nl", "geen idee", UNKNOWN),
        ("nl", "expertise hebben we zelf, de rest besteden we uit", each(IN, OUT, OUT)),
        ("nl", "deskundigheid via een partner, kennis en ervaring in huis", each(OUT, IN, IN)),
        ("nl", "enkel de ervaring besteden we uit", each(IN, IN, OUT)),
        ("nl", "alles zelf behalve de ervaring", {"expertise": IN, "needs": IN}),
        ("nl", "expertise niet, kennis wel en ervaring ook", each(NOT, IN, IN)),
        ("nl", "zelf: expertise en kennis", {"expertise": IN, "needs": IN}),
        ("nl", "we hebben zelf expertise, kennis en ervaring", each(IN, IN, IN)),
        ("nl", "ervarring besteden we uit", {"experience": OUT}),
        ("nl", "de kennis van de behoeften hadden we niet", {"needs": NOT}),
        ("nl", "we hadden een partner voor de expertise", {"expertise": OUT}),
        ("nl", "kennis kunnen we via de sectorfederatie krijgen", None),
        ("nl", "ja maar deels uitbesteed", None),
        ("nl", "da doen we zelf, maar de expertise komt van een externe", each(OUT, IN, IN)),
        ("nl", "ja, expertise hebben we zelf", {"expertise": IN}),
        ("nl", "nee, de ervaring besteden we uit", {"experience": OUT}),
        ("nl", "paars", None),
        ("fr", "tout en interne", each(IN, IN, IN)),
        ("fr", "oui", None),
        ("fr", "tout est sous-traité", each(OUT, OUT, OUT)),
        ("fr", "sous-traité", OUT),
        ("fr", "non", NOT),
        ("fr", "aucune idée", UNKNOWN),
        ("fr", "l'expertise en interne, le reste en sous-traitance", each(IN, OUT, OUT)),
        (
            "fr",
            "expertise par un partenaire, connaissance et expérience en interne",
            each(OUT, IN, IN),
        ),
        ("fr", "on sous-traite seulement l'expérience", each(IN, IN, OUT)),
        ("fr", "tout en interne sauf l'expérience", {"expertise": IN, "needs": IN}),
        ("fr", "pas d'expertise, mais les deux autres oui", each(NOT, IN, IN)),
        ("fr", "nous avons l'expertise, la connaissance et l'expérience", each(IN, IN, IN)),
        ("fr", "expertiise sous traitée", {"expertise": OUT}),
        ("fr", "on n'avait pas d'expérience", {"experience": NOT}),
        ("fr", "en partie", None),
        ("nl", "wij hebben dat allemaal zelf in huis", each(IN, IN, IN)),
        ("nl", "alles in huis", each(IN, IN, IN)),
        ("nl", "alles intern", each(IN, IN, IN)),
        ("nl", "alle drie zelf", each(IN, IN, IN)),
        ("nl", "we doen alles zelf", each(IN, IN, IN)),
        ("nl", "allemaal eigen mensen", each(IN, IN, IN)),
        ("nl", "jaja", None),
        ("nl", "ja hoor", None),
        ("nl", "neen", NOT),
        ("nl", "niks van da alles", each(NOT, NOT, NOT)),
        ("nl", "geen van de drie", each(NOT, NOT, NOT)),
        ("nl", "weet ik niet", UNKNOWN),
        ("nl", "da weet ik nie", UNKNOWN),
        ("nl", "alles via een partner", each(OUT, OUT, OUT)),
        ("nl", "alles uitbesteed", each(OUT, OUT, OUT)),
        ("nl", "alles door een extern bureau", each(OUT, OUT, OUT)),
        ("nl", "ervaring zelf, expertise via onderaannemer", {"expertise": OUT, "experience": IN}),
        ("nl", "expertise zelf", {"expertise": IN}),
        ("nl", "expertise via een freelancer", {"expertise": OUT}),
        ("nl", "kennis zelf, ervaring zelf, expertise uitbesteed", each(OUT, IN, IN)),
        ("nl", "de expertise kopen we in, de rest is van ons", {"expertise": OUT}),
        ("nl", "expertise niet, de rest wel", each(NOT, IN, IN)),
        ("nl", "we missen enkel de ervaring", None),
        ("nl", "ervaring ontbreekt", {"experience": NOT}),
        ("nl", "zelf de kennis en de ervaring, expertise door derden", each(OUT, IN, IN)),
        ("nl", "alles zelf, behalve de expertise, die besteden we uit", each(OUT, IN, IN)),
        ("fr", "on a tout chez nous", each(IN, IN, IN)),
        ("fr", "tout en interne chez nous", each(IN, IN, IN)),
        ("fr", "les trois en interne", each(IN, IN, IN)),
        ("fr", "on fait tout nous-mêmes", each(IN, IN, IN)),
        ("fr", "oui oui", None),
        ("fr", "ouais", None),
        ("fr", "nan", NOT),
        ("fr", "rien de tout ça", each(NOT, NOT, NOT)),
        ("fr", "aucun des trois", each(NOT, NOT, NOT)),
        ("fr", "jsp", UNKNOWN),
        ("fr", "je sais pas", UNKNOWN),
        ("fr", "tout par un partenaire", each(OUT, OUT, OUT)),
        ("fr", "tout est externalisé", each(OUT, OUT, OUT)),
        ("fr", "les trois par un bureau externe", each(OUT, OUT, OUT)),
        (
            "fr",
            "expérience en interne, expertise par un sous-traitant",
            {"expertise": OUT, "experience": IN},
        ),
        ("fr", "l'expertise oui", {"expertise": IN}),
        ("fr", "expertise via un freelance", {"expertise": OUT}),
        ("fr", "connaissance interne, expérience interne, expertise externe", each(OUT, IN, IN)),
        ("fr", "l'expertise on l'achète, le reste c'est nous", each(OUT, IN, IN)),
        ("fr", "pas l'expertise mais le reste oui", {"needs": IN, "experience": IN}),
        ("fr", "il nous manque juste l'expérience", {"experience": NOT}),
        ("fr", "l'expérience nous manque", {"experience": NOT}),
        (
            "fr",
            "la connaissance et l'expérience nous-mêmes, l'expertise par des tiers",
            each(OUT, IN, IN),
        ),
        ("fr", "tout en interne, sauf l'expertise qui est sous-traitée", each(OUT, IN, IN)),
        ("fr", "violet", None),
    ],
)
def test_answer_to_all_three(language: str, text: str, expected: object) -> None:
    """Each is read by itself where it is named; where nothing is sure, nothing is read."""
    assert capacities.read(TOGETHER, text, language) == expected


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
