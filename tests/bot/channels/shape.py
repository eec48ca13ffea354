"""The one function that holds every error of the API to its shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bot.channels.cleaning import MAXIMUM_CHARACTERS
from bot.channels.errors import STATUS
from bot.facts.calls import Facts
from bot.settings import PROJECT
from bot.texts.rendering import Texts

if TYPE_CHECKING:
    from bot.trial.client import Answer

_FACTS: Final = Facts.load(PROJECT / "data" / "facts.yml")
_TEXTS: Final = Texts.load(PROJECT / "data" / "texts", _FACTS)

EVERY_ANSWER: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def assert_error(answer: Answer, code: str, language: str = "nl") -> None:
    """The answer is this error, in this language, and tells nothing else."""
    assert (answer.status, answer.json) == (STATUS[code], error_body(code, language))
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert_headers(answer)


def assert_headers(answer: Answer) -> None:
    """The headers that every answer carries, whatever it is."""
    assert {name: answer.headers.get(name) for name in EVERY_ANSWER} == EVERY_ANSWER
    assert re.fullmatch("Origin(, Accept-Encoding)?", answer.headers["vary"])
    assert re.fullmatch("[0-9a-f]{16}", answer.headers["x-request-id"])
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


def error_body(code: str, language: str) -> dict[str, Any]:
    """The body of an error: nothing but its code and a sentence for the visitor."""
    sentence = _TEXTS.render(
        f"utter_error_{code}", language, "closed", {"maximum_characters": MAXIMUM_CHARACTERS}
    ).text
    return {"error": {"code": code, "message": sentence}}
