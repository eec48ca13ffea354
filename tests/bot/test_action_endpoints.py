"""What an action returns is held to Rasa's own schema."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import ValidationError, validate
from rasa.core.actions.action import RemoteAction

from bot.action_endpoints import check_schema_once

_SLOT = {"event": "slot", "name": "language", "value": "nl", "timestamp": None}
_UTTERED = {"event": "bot", "text": "ja", "data": {}, "metadata": {}}


@pytest.mark.parametrize(
    ("result", "valid"),
    [
        ({"events": [_SLOT, _UTTERED], "responses": [{"text": "ja"}]}, True),
        ({"events": [], "responses": []}, True),
        ({"responses": []}, True),
        ({"events": [{"event": "slot", "name": "language"}]}, False),
        ({"events": [_SLOT, {"event": "slot", "name": 3, "value": "nl"}]}, False),
        ({"events": [{"event": "nothing"}]}, False),
        ({"events": [{"name": "language"}]}, False),
        ({"events": [_SLOT | {"timestamp": "now"}]}, False),
        ({"events": _SLOT}, False),
    ],
)
def test_result_of_an_action_is_judged_as_rasa_judges_it(
    result: dict[str, Any],
    valid: bool,  # noqa: FBT001 - a row of the table
) -> None:
    check_schema_once()

    assert _is_valid(lambda: validate(result, RemoteAction.action_response_format_spec())) is valid
    assert _is_valid(lambda: RemoteAction("any", None)._validate_action_result(result)) is valid


def _is_valid(judge: Any) -> bool:
    try:
        judge()
    except ValidationError:
        return False
    return True
