"""What is said too early is kept, and tells the path only where nobody else could say it."""

from __future__ import annotations

from typing import Any

import pytest

from actions.early_answers import early_answers, with_path


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "de helft besteden we uit", {"path": "applicant", "outsourcing_share": 50.0}),
        ("fr", "la moitié est sous-traitée", {"path": "applicant", "outsourcing_share": 50.0}),
        (
            "nl",
            "kennis en ervaring zelf, expertise via een partner",
            {
                "path": "applicant",
                "expertise": "outsourced",
                "needs": "in_house",
                "experience": "in_house",
            },
        ),
        ("nl", "40 % besteden we uit", {"path": "applicant", "outsourcing_share": 40.0}),
        ("fr", "un tiers est sous-traité", {"path": "applicant", "outsourcing_share": 33.33}),
        (
            "nl",
            "expertise en ervaring: alles zelf",
            {"path": "applicant", "expertise": "in_house", "experience": "in_house"},
        ),
        # A small firm looks for training too: what it is about is kept, the path is asked.
        ("nl", "opleiding", {"theme": 3}),
        ("fr", "formation", {"theme": 3}),
    ],
)
def test_answer_to_a_later_question_is_kept(
    language: str, text: str, expected: dict[str, Any]
) -> None:
    """With the path where only a project has such an answer."""
    assert early_answers("path", text, language, {}) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "ondersteuning"),
        ("nl", "12"),
        ("nl", "de helft"),
        ("nl", "we hebben geen kennis en geen ervaring"),
        ("nl", "hulp voor mijn zaak"),
        ("nl", "een kleine bakkerij met 12 mensen en een externe informaticus"),
        ("nl", "ik ben zelfstandige en doe alles zelf"),
        ("nl", "kunnen we de helft uitbesteden?"),
        ("nl", "opleiding?"),
        ("fr", "nous sommes 12 et nous avons un informaticien externe"),
        ("fr", "je suis indépendant et je fais tout moi-même"),
        ("fr", "peut-on sous-traiter la moitié ?"),
        ("fr", "accompagnement"),
        ("fr", "la moitié"),
        ("fr", "ni connaissance ni expérience"),
        ("fr", "aucune idée"),
    ],
)
def test_what_help_seekers_say_as_well_tells_nothing(language: str, text: str) -> None:
    """Nothing is taken for the answer to a question that was not asked."""
    assert early_answers("path", text, language, {}) == {}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "we zijn met 5 en werken met een externe consultant", {}),
        ("fr", "nous sommes cinq, avec un consultant externe", {}),
        ("nl", "we besteden een vijfde uit", {"outsourcing_share": 20.0}),
        ("fr", "20 pour cent en sous-traitance", {"outsourcing_share": 20.0}),
    ],
)
def test_people_are_no_share(language: str, text: str, expected: dict[str, Any]) -> None:
    """Only a percentage or a part of a whole is one, once the path is known too."""
    assert early_answers("organisation_kind", text, language, {}) == expected


def test_what_was_told_for_sure_stays() -> None:
    """And a theme of one's own is a project's."""
    assert early_answers("path", "qqq", "nl", {"theme": 2}) == {"path": "applicant", "theme": 2}
    assert with_path({"fte": 12.0, "sector": "traditional"}) == {
        "fte": 12.0,
        "sector": "traditional",
    }
