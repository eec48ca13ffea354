"""docs/api.md and /chat/openapi.json say what the server does, all of it and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot.channels.errors import STATUS
from bot.settings import PREFIX, PROJECT, Settings
from tests.bot.channels.documented import PAGE, compare, examples, send

if TYPE_CHECKING:
    from bot.trial.client import Client
    from tests.served import Served

_OPENAPI = PROJECT / "bot" / "channels" / "openapi.yml"


def _description() -> dict[str, Any]:
    described: dict[str, Any] = yaml.safe_load(_OPENAPI.read_text("utf-8"))
    return described


@pytest.mark.model
def test_every_example_is_answered_as_it_says(api: Client) -> None:
    known: dict[str, str] = {}
    tried = 0
    for example in examples():
        answer = send(api, example.request, known)
        assert answer.status == example.status, example.request
        if example.answer is None:
            assert answer.content == b"", example.request
        else:
            compare(example.answer, answer.json, known)
        tried += 1

    assert tried == 10


@pytest.mark.model
def test_the_routes_are_those_described_and_those_of_the_pages(app: Served) -> None:
    served = {
        (method, re.sub(r"<(\w+):[^>]*>", r"{\1}", route.uri))
        for route in app.app.router.routes
        for method in route.methods
    }

    described = {
        (method.upper(), path)
        for path, methods in _description()["paths"].items()
        for method in methods
    }
    pages = {(method, path) for path in ("/", "/{name}") for method in ("GET", "HEAD")}
    renamed = {(method, path.replace("{message_id}", "{id}")) for method, path in served}
    assert renamed == described | pages


@pytest.mark.model
def test_the_description_is_served(api: Client) -> None:
    answer = api.call("GET", "/chat/openapi.json")

    assert answer.json == _description()
    assert answer.headers["content-type"] == "application/json"


def test_the_page_names_every_call() -> None:
    described = {
        f"{method.upper()} {path.replace('{id}', '<id>')}"
        for path, methods in _description()["paths"].items()
        for method in methods
    }

    assert {call for call in described if f"`{call}`" not in PAGE.read_text("utf-8")} == set()


def test_the_page_lists_every_error_with_its_status() -> None:
    rows = re.findall(r"^\| (\d{3}) \| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)

    assert {code: int(status) for status, code in rows} == dict(STATUS)
    described = _description()["components"]["schemas"]["Error"]["properties"]["error"]
    assert described["properties"]["code"]["enum"] == list(STATUS)


def test_the_page_lists_every_key_of_a_message() -> None:
    section = PAGE.read_text("utf-8").split("## A message")[1].split("## ")[0]

    keys = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)

    described = _description()["components"]["schemas"]["Message"]["properties"]
    assert keys == list(described)


def test_the_page_names_only_settings_that_exist() -> None:
    named = set(re.findall(rf"{PREFIX}(\w+)", PAGE.read_text("utf-8")))

    assert {name for name in named if not hasattr(Settings, name.lower())} == set()
