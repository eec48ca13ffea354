"""A second call is added as data alone: its phase, its answers and its sources follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.data_files import DataError
from bot.facts.calls import Facts
from bot.facts.sources import SourceLine
from bot.texts.rendering import Texts

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def two_calls(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    """Load the product's texts with a call of 2024 added to its facts, as data only."""
    content: dict[str, Any] = yaml.safe_load((PROJECT / "data" / "facts.yml").read_text("utf-8"))
    later: dict[str, Any] = {
        "id": "2024",
        "opens": "launch_date",
        "closes": "deadline",
        "sources": {
            name: {"title": {"nl": f"{name} nl", "fr": f"{name} fr"}, "date": day, "file": "x.txt"}
            for name, day in (
                ("department_page", date(2024, 6, 1)),
                ("press_release", date(2024, 3, 2)),
            )
        },
        "facts": {
            name: fact
            for name, fact in content["calls"][0]["facts"].items()
            if "later" not in name and "second" not in name
        },
    }
    source = {"source": "press_release", "quote": "x"}
    later["facts"] |= {
        "call_year": {"value": 2024, "quotes": later["facts"]["call_year"]["quotes"]},
        "launch_date": {"value": date(2024, 3, 1), "source": "department_page", "quote": "x"},
        "deadline": {"value": date(2024, 4, 30), **source},
        "budget": {"nl": "2 miljoen euro", "fr": "2 millions d'euros", **source},
    }
    content["calls"].append(later)
    file = tmp_path_factory.mktemp("calls") / "facts.yml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return Texts.load(PROJECT / "data" / "texts", Facts.load(file))


@pytest.mark.parametrize(
    ("today", "text"),
    [
        (
            date(2022, 10, 31),
            "U kunt uw projectvoorstel nog indienen. De uiterste datum is 31 oktober 2022.",
        ),
        (
            date(2023, 6, 1),
            (
                "De oproepen gaan open op 1 maart 2024. Vanaf dan kunt u uw projectvoorstel "
                "indienen. De uiterste datum is 30 april 2024."
            ),
        ),
        (
            date(2024, 4, 30),
            "U kunt uw projectvoorstel nog indienen. De uiterste datum is 30 april 2024.",
        ),
        (
            date(2024, 5, 1),
            (
                "De uiterste datum om een projectvoorstel in te dienen, was 30 april 2024. Die "
                "datum is voorbij: u kunt niet meer deelnemen."
            ),
        ),
    ],
)
def test_second_call_added_as_data_changes_phase_and_answer(
    two_calls: Texts, today: date, text: str
) -> None:
    """No code knows the first call's dates."""
    call = two_calls.facts.current_call(today)

    rendered = two_calls.render("utter_faq/deadline", "nl", call.phase(today), call=call)

    assert rendered.text == text


def test_second_call_shows_its_own_source_and_not_what_is_known_of_the_first(
    two_calls: Texts,
) -> None:
    """The winners of 2022 are not those of 2024."""
    first, second = two_calls.facts.calls

    of_first = two_calls.render("utter_faq/results", "fr", "closed", call=first)
    of_second = two_calls.render("utter_faq/results", "fr", "closed", call=second)

    assert of_second.sources == (
        SourceLine("department_page", "department_page fr", date(2024, 6, 1)),
    )
    assert of_second.more is None
    assert of_first.more is not None
    assert "31 mai 2023" in of_first.more.text


def test_render_with_several_calls_asks_for_the_call(two_calls: Texts) -> None:
    """Which call is meant cannot be told from the phase."""
    with pytest.raises(DataError) as error:
        two_calls.render("utter_faq/deadline", "nl", "open")

    message = "There are several calls (2022, 2024). Pass facts.current_call(today)."
    assert str(error.value) == message


def test_second_call_without_a_fact_that_a_text_needs_is_refused(tmp_path: Path) -> None:
    """The message says which fact to add, and where."""
    content: dict[str, Any] = yaml.safe_load((PROJECT / "data" / "facts.yml").read_text("utf-8"))
    facts = dict(content["calls"][0]["facts"])
    del facts["budget"]
    content["calls"].append({**content["calls"][0], "id": "2024", "facts": facts})
    file = tmp_path / "facts.yml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    with pytest.raises(DataError) as error:
        Texts.load(PROJECT / "data" / "texts", Facts.load(file))

    assert str(error.value).endswith(
        "utter_faq/budget: no fact or value fills {budget}. "
        "Correct the name, or add 'budget' to the facts of the call 2024."
    )
