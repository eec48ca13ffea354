"""The web server's line to a browser, with some holes of Sanic 21.12 closed.

- A request line with bytes that are no text, or with what is no address, made it hang up with a
  stack trace in its log.
- A body of a length below zero kept the whole server busy for ever.
- A body whose length was told twice was read by one of the two: a proxy may have read the other.
- Bytes that trickle in kept a line open for as long as they did; now a request has its time.
"""

from __future__ import annotations

import re
from typing import Final

from httptools import HttpParserInvalidURLError
from sanic.exceptions import InvalidUsage
from sanic.http import Http, Stage
from sanic.server import HttpProtocol

_LENGTH: Final = re.compile(r"[0-9]{1,18}", re.ASCII)


class _Reading(Http):
    """Reads requests; one that cannot be read is refused like any other."""

    async def http1_request_header(self) -> None:
        """Read a head, and refuse one that leaves any doubt where its body ends."""
        try:
            await super().http1_request_header()
        except HttpParserInvalidURLError as error:
            raise InvalidUsage("the address in the request line is none") from error
        lengths = self.request.headers.getall("content-length", [])
        codings = self.request.headers.getall("transfer-encoding", [])
        told = lengths + codings
        known = codings == ["chunked"] or (not codings and _LENGTH.fullmatch("".join(lengths)))
        if told and (len(told) > 1 or not known):
            self.request_body = None  # where it ends is not known, so it is not read
            raise InvalidUsage(f"the length of the body is told as {ascii(told)[:100]}")

    def create_empty_request(self) -> None:
        """Stand in for a request that could not be read, for the error that is sent back."""
        try:
            super().create_empty_request()
        except (UnicodeEncodeError, HttpParserInvalidURLError):
            self.url = None
            super().create_empty_request()


class Protocol(HttpProtocol):
    """Sanic's own, with our reading, and a time limit for a request that begins with its start."""

    __slots__ = ()

    def data_received(self, data: bytes) -> None:
        """Take what came in; only the first of a request begins its time."""
        reading = getattr(self, "_http", None)  # not there yet on a line just opened
        if reading is None or reading.stage is Stage.IDLE:
            super().data_received(data)
            return
        began = self._time  # type: ignore[has-type] # a slot of the base class, as below
        super().data_received(data)
        self._time = began  # type: ignore[misc]

    def _setup_connection(self) -> None:
        super()._setup_connection()
        self._http = _Reading(self)  # type: ignore[misc] # a slot of the base class
