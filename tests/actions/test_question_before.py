from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.conversation import question_before

PERSON = ("contact_human", "Je veux parler à quelqu'un")


def _said(intent: str, text: str, **metadata: Any) -> dict[str, Any]:
    parsed = {"intent": {"name": intent}}
    return {"event": "user", "text": text, "parse_data": parsed, "metadata": metadata}


def _answered(response: str) -> dict[str, Any]:
    return {"event": "bot", "text": "...", "metadata": {"response": response}}


def _interview(name: str | None) -> dict[str, Any]:
    return {"event": "active_loop", "name": name}


CHECK = [_interview("eligibility_form"), _answered("utter_ask_eligibility_form_theme")]
AGAIN = _answered("utter_ask_eligibility_form_theme")


@pytest.mark.parametrize(
    ("events", "question"),
    [
        ([], None),
        ([_said("faq", "Le budget ?"), _answered("utter_faq/budget")], "Le budget ?"),
        ([_said("faq", "Le budget ?", choice="faq/budget")], None),
        ([_said("greet", "Bonjour"), _answered("utter_greet")], None),
        ([_said("nlu_fallback", "Et un prêt ?"), _answered("utter_clarify")], "Et un prêt ?"),
        ([_said("faq", "Un ?"), _said("faq", "Deux ?")], "Deux ?"),
        # An answer to the interview, whatever it looks like by itself.
        ([*CHECK, _said("faq", "formation"), AGAIN], None),
        ([*CHECK, _said("nlu_fallback", "60 %"), AGAIN], None),
        # A question inside of it, answered or declined as one.
        (
            [*CHECK, _said("faq", "Le budget ?"), _answered("utter_faq/budget"), AGAIN],
            "Le budget ?",
        ),
        (
            [*CHECK, _said("faq", "Le maximum ?"), _answered("utter_declined_maximum"), AGAIN],
            "Le maximum ?",
        ),
        ([_said("faq", "Le budget ?"), *CHECK, _said("faq", "formation"), AGAIN], "Le budget ?"),
        ([*CHECK, _interview(None), _said("faq", "Et après ?")], "Et après ?"),
    ],
)
def test_question_before_is_the_last_that_was_asked(
    events: list[dict[str, Any]], question: str | None
) -> None:
    latest = _said(*PERSON)
    tracker = Tracker("c", {}, {}, [*events, latest], False, None, {}, None)

    assert question_before(tracker) == question
