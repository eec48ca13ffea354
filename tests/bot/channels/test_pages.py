"""What the server serves beside conversations: its pages, the widget, and how it is."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest

from tests.bot.channels.shape import assert_headers

if TYPE_CHECKING:
    from bot.trial.client import Answer, Client

pytestmark = pytest.mark.model


def test_the_widget_is_served_to_any_site_and_kept_until_it_changes(api: Client) -> None:
    page = api.call("GET", "/")

    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert_headers(page)
    assert page.headers["cross-origin-resource-policy"] == "cross-origin"
    again = api.call("GET", "/", headers={"If-None-Match": page.headers["etag"]})
    assert (again.status, again.content) == (304, b"")
    assert api.call("HEAD", "/").headers["content-length"] == str(len(page.content))


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip, deflate, br", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0.001", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("br", False),
        ("", False),
    ],
)
def test_a_page_is_packed_for_who_takes_it(api: Client, *, accepted: str, packed: bool) -> None:
    plain = api.call("GET", "/index.css")

    answer = api.call("GET", "/index.css", headers={"Accept-Encoding": accepted})

    assert answer.headers["vary"] == plain.headers["vary"] == "Origin, Accept-Encoding"
    assert answer.headers.get("content-encoding") == ("gzip" if packed else None)
    assert (gzip.decompress(answer.content) if packed else answer.content) == plain.content
    assert (answer.headers["etag"] != plain.headers["etag"]) is packed
    again = api.call(
        "GET",
        "/index.css",
        headers={"Accept-Encoding": accepted, "If-None-Match": answer.headers["etag"]},
    )
    assert (again.status, again.content) == (304, b"")


def test_the_page_has_no_inline_script_or_style(api: Client) -> None:
    page = api.call("GET", "/").content.decode()

    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", page) == []


def test_health_and_ready(api: Client) -> None:
    health, ready = api.call("GET", "/health"), api.call("GET", "/ready")

    assert (health.status, ready.status) == (200, 200)
    assert_headers(health)
    assert_headers(ready)


def test_every_answer_has_an_id_of_its_own(api: Client) -> None:
    answers: list[Answer] = [api.call("GET", "/health") for _ in range(5)]

    assert len({answer.headers["x-request-id"] for answer in answers}) == 5
