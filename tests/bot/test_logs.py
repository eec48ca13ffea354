from __future__ import annotations

import asyncio
import io
import json
import logging
from typing import TYPE_CHECKING, Any
from weakref import ref

import pytest
import structlog

from bot.logs import configure_logs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SECRET = "ik heb schulden bij mijn schoonbroer"


@pytest.fixture
def logged() -> Iterator[Callable[[str], io.StringIO]]:
    """Configure the logs into a stream; what was set before is set again at the end."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, structlog.get_config()

    def configure(form: str, stream: io.StringIO | None = None) -> io.StringIO:
        stream = stream or io.StringIO()
        configure_logs(form, stream)
        return stream

    yield configure
    root.handlers[:], root.level = before[0], before[1]
    structlog.configure(**before[2])
    structlog.contextvars.clear_contextvars()


def _lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_json_is_one_object_a_line(logged: Callable[[str], io.StringIO]) -> None:
    stream = logged("json")
    structlog.contextvars.bind_contextvars(request_id="abc")

    structlog.get_logger("cyber4sme.http").info("answered", status=200, path="/chat/sessions")

    (line,) = _lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "answered",
        "status": 200,
        "path": "/chat/sessions",
        "request_id": "abc",
        "level": "info",
        "logger": "cyber4sme.http",
    }


def test_libraries_log_in_the_same_form_with_the_request(
    logged: Callable[[str], io.StringIO],
) -> None:
    stream = logged("json")
    structlog.contextvars.bind_contextvars(request_id="abc")

    logging.getLogger("rasa.core.processor").warning("Circuit breaker tripped for '%s'.", "x")

    (line,) = _lines(stream)
    assert line["event"] == "Circuit breaker tripped for 'x'."
    assert (line["logger"], line["level"]) == ("rasa.core.processor", "warning")
    assert line["request_id"] == "abc"


def test_libraries_are_quiet_about_what_goes_well(
    logged: Callable[[str], io.StringIO],
) -> None:
    stream = logged("json")

    structlog.get_logger("rasa.core.processor").debug("parsed", parse_data_text=_SECRET)
    structlog.get_logger("rasa.core.processor").info("parsed", parse_data_text=_SECRET)
    logging.getLogger("sanic.root").info("Starting worker")
    logging.getLogger("aiohttp").info("x")

    assert stream.getvalue() == ""


@pytest.mark.parametrize("form", ["json", "console"])
def test_who_somebody_is_is_masked_everywhere(
    logged: Callable[[str], io.StringIO], form: str
) -> None:
    stream = logged(form)
    log = structlog.get_logger("cyber4sme.chat")

    log.info("mail jan@bakkerij.be", said=["bel 0476 12 34 56", {"a": "jan@bakkerij.be"}])
    logging.getLogger("rasa").warning("cannot send to %s", "jan@bakkerij.be")
    try:
        raise ValueError("no such address: jan@bakkerij.be")
    except ValueError as error:
        log.error("failed", cause=str(error), exc_info=error)

    text = stream.getvalue()
    assert "bakkerij" not in text
    assert "0476" not in text
    assert text.count("[e-mail]") == 6
    assert text.count("[telephone]") == 1


def test_numbers_stay_numbers(logged: Callable[[str], io.StringIO]) -> None:
    stream = logged("json")

    structlog.get_logger("bot.x").info("y", milliseconds=12.5, checks={"model_loaded": True})

    (line,) = _lines(stream)
    assert (line["milliseconds"], line["checks"]) == (12.5, {"model_loaded": True})


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_stack_trace_shows_no_values(logged: Callable[[str], io.StringIO], form: str) -> None:
    stream = logged(form)

    def fail(typed: str) -> None:
        raise KeyError(len(typed))

    try:
        fail(_SECRET)
    except KeyError as error:
        structlog.get_logger("cyber4sme.http").error("refused", exc_info=error)
        logging.getLogger("sanic.error").exception("also by the web server")

    text = stream.getvalue()
    assert "schoonbroer" not in text
    assert text.count("Traceback (most recent call last)") == 2
    assert text.count("in fail") == 2


def test_configuring_twice_writes_once(logged: Callable[[str], io.StringIO]) -> None:
    first, second = logged("json"), logged("json")

    structlog.get_logger("cyber4sme").info("x")

    assert (first.getvalue(), len(_lines(second))) == ("", 1)


class _Watched(io.StringIO):
    """Counts how often it is written to, and tells who waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0
        self.written: asyncio.Event | None = None

    def write(self, text: str) -> int:
        self.writes += 1
        if self.written:
            self.written.set()
        return super().write(text)


async def _log_and_wait(stream: _Watched, *events: str) -> str:
    """What was written at once."""
    stream.written = asyncio.Event()
    for event in events:
        structlog.get_logger("cyber4sme").info(event)
    at_once = stream.getvalue()
    await asyncio.wait_for(stream.written.wait(), 10)
    return at_once


async def test_lines_of_an_event_loop_are_written_together_a_moment_later(
    logged: Callable[..., io.StringIO],
) -> None:
    stream = _Watched()
    logged("json", stream)

    at_once = await _log_and_wait(stream, "one", "two")

    assert at_once == ""
    assert [line["event"] for line in _lines(stream)] == ["one", "two"]
    assert stream.writes == 1


async def test_a_warning_is_written_at_once_behind_what_came_before(
    logged: Callable[..., io.StringIO],
) -> None:
    stream = logged("json")
    log = structlog.get_logger("cyber4sme")

    log.info("one")
    log.warning("two")

    assert [line["event"] for line in _lines(stream)] == ["one", "two"]


def test_what_an_ended_loop_left_is_written_with_the_next_line(
    logged: Callable[..., io.StringIO],
) -> None:
    stream = _Watched()
    logged("json", stream)

    async def log_and_leave() -> None:
        structlog.get_logger("cyber4sme").info("one")

    asyncio.run(log_and_leave())
    left = stream.getvalue()
    asyncio.run(_log_and_wait(stream, "two"))

    assert left == ""
    assert [line["event"] for line in _lines(stream)] == ["one", "two"]


async def test_what_is_left_is_written_when_the_process_ends(
    logged: Callable[..., io.StringIO],
) -> None:
    stream = logged("json")
    structlog.get_logger("cyber4sme").info("last")

    logging.shutdown([ref(handler) for handler in logging.getLogger().handlers])

    assert [line["event"] for line in _lines(stream)] == ["last"]
