from __future__ import annotations

import json

import pytest
from sanic.exceptions import (
    InvalidUsage,
    MethodNotSupported,
    NotFound,
    PayloadTooLarge,
    SanicException,
    ServiceUnavailable,
)
from sqlalchemy.exc import OperationalError

from bot.channels.errors import STATUS, ChatError, code_of, error_response
from tests.bot.channels.shape import error_body


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ChatError("too_many", "x"), "too_many"),
        (NotFound("x"), "not_found"),
        (MethodNotSupported("x", "PUT", ["GET"]), "method_not_allowed"),
        (PayloadTooLarge("x"), "too_long"),
        (InvalidUsage("x"), "malformed"),
        (SanicException("x", 417), "malformed"),
        (SanicException("x", 502), "internal"),
        (ServiceUnavailable("x"), "unavailable"),
        (OperationalError("select", {}, Exception("disk full")), "unavailable"),
        (ConnectionError("no action server"), "unavailable"),
        (KeyError("slot"), "internal"),
        (RecursionError(), "internal"),
    ],
)
def test_code_of(error: Exception, code: str) -> None:
    assert code_of(error) == code


def test_error_response_tells_the_sentence_and_nothing_of_the_cause() -> None:
    answer = error_response(ChatError("internal", "secret"), "Sorry.")

    assert answer.status == 500
    assert json.loads(answer.body or b"") == {"error": {"code": "internal", "message": "Sorry."}}
    assert dict(answer.headers) == {}


def test_error_response_tells_how_long_to_wait() -> None:
    assert error_response(ChatError("too_many", "x", 7), "y").headers["Retry-After"] == "7"


def test_error_response_tells_what_is_allowed() -> None:
    error = MethodNotSupported("x", "PUT", ["GET"])

    assert error_response(error, "y").headers["Allow"] == "GET"


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_code_has_a_sentence_with_the_mailbox(language: str) -> None:
    sentences = [error_body(code, language)["error"]["message"] for code in STATUS]

    assert len(set(sentences)) == len(STATUS)
    assert [one for one in sentences if "cyber4sme@economie.fgov.be" not in one] == []
