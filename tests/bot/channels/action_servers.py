"""Action servers that fail, each in its own way; they are real servers on real ports."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def silent() -> Iterator[str]:
    """One that takes every call and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield _address(listening)


@contextmanager
def dead() -> Iterator[str]:
    """One that is not there: its port was taken and given back."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = _address(listening)
    yield address


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """One that gives every call the same answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield _address(server.socket)
        server.shutdown()
        thread.join()


def _address(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}/webhook"
