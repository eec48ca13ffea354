"""The web server's line to a browser, with one hole of Sanic 21.12 closed.

A request line with bytes that are no text made the server hang up with a stack trace in its log.
"""

from __future__ import annotations

from sanic.http import Http
from sanic.server import HttpProtocol


class _Reading(Http):
    """Reads requests; one that cannot be read is refused like any other."""

    def create_empty_request(self) -> None:
        """Stand in for a request that could not be read, for the error that is sent back."""
        try:
            super().create_empty_request()
        except UnicodeEncodeError:
            self.url = None
            super().create_empty_request()


class Protocol(HttpProtocol):
    """Sanic's own, with our reading."""

    __slots__ = ()

    def _setup_connection(self) -> None:
        super()._setup_connection()
        self._http = _Reading(self)  # type: ignore[misc] # a slot of the base class
