"""Other websites: each is a page of its own origin, as strict as its webmaster wants."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Self


class Site:
    """A website on a free port, with HTML by path in `pages`; `policy` is sent with each of them.

    The encoding is the one that a page names itself.
    """

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.policy = "default-src 'none'"
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = site.pages.get(self.path)
                body = (page or "").encode()
                self.send_response(404 if page is None else 200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Security-Policy", site.policy)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Print nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        """Open the site."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
