"""What a program tries that read /chat/openapi.json: every answer is as described, none a crash.

Bounded and always the same: the examples are not drawn at random.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from bot.settings import PROJECT
from bot.trial.client import Client, Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.served import Served

pytestmark = pytest.mark.model

_DESCRIPTION = PROJECT / "bot" / "channels" / "openapi.yml"
# A text that is too long is refused by a status of its own.
_REFUSALS = {"expected-statuses": [400, 401, 403, 404, 405, 413]}
_SCHEMA = schemathesis.openapi.from_dict(
    yaml.safe_load(_DESCRIPTION.read_text("utf-8")),
    config=schemathesis.Config.from_dict({"checks": {"negative_data_rejection": _REFUSALS}}),
)
# What is as described may still be refused: a choice that was never offered, say.
_NOT_PROMISED = [positive_data_acceptance]


@pytest.fixture(scope="module")
def token(app: Served) -> Iterator[Callable[[], str]]:
    """A token that opens a conversation: a new one when the last was deleted."""
    client = Client(app.url)
    visits = [Visit(client, "nl")]

    def current() -> str:
        if visits[-1].call("GET", "/chat/messages").status != 200:
            visits.append(Visit(client, "nl"))
        return visits[-1].token

    yield current
    client.close()


@_SCHEMA.parametrize()
@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case: Any, app: Served, token: Callable[[], str]) -> None:
    case.call_and_validate(
        base_url=app.url,
        headers={"Authorization": f"Bearer {token()}"},
        excluded_checks=_NOT_PROMISED,
    )
