"""The pages beside the API: the built widget and the page that shows it."""

from __future__ import annotations

import gzip
import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from sanic import Blueprint, Request, response
from sanic.exceptions import NotFound

from bot.settings import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from sanic.response import HTTPResponse

WIDGET: Final = PROJECT / "bot" / "widget"
_FOLDERS: Final = (WIDGET / "dist", WIDGET / "pages")

_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FOR_EVERY_SITE: Final = {
    # Any site may load the script; who may use the API is checked when it is called.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "no-cache",
    "Vary": "Accept-Encoding",
}
# Not for who says `gzip;q=0`: that one must not have it.
_TAKES_GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?![.\d]))")


class _Served(NamedTuple):
    """A file as it is, packed, and the mark that changes with it."""

    plain: bytes
    packed: bytes
    mark: str


def pages() -> Blueprint:
    """The routes `/`, `/widget.js` and the few files the pages need."""
    routes = Blueprint("pages", strict_slashes=True)
    routes.add_route(_index, "/", methods=["GET", "HEAD"])
    names = "/<name:[a-z0-9.-]+[.](?:html|css|js|svg)>"
    routes.add_route(_named, names, methods=["GET", "HEAD"])
    return routes


async def _index(request: Request) -> HTTPResponse:
    return _file(request, WIDGET / "pages" / "index.html")


async def _named(request: Request, name: str) -> HTTPResponse:
    for folder in _FOLDERS:
        if (folder / name).is_file():
            return _file(request, folder / name)
    raise NotFound("not a file of the widget")


def _file(request: Request, path: Path) -> HTTPResponse:
    served = _served(path, path.stat().st_mtime_ns)
    packed = _TAKES_GZIP.search(request.headers.get("accept-encoding", "").lower()) is not None
    mark = f'"{served.mark}{"-gzip" if packed else ""}"'
    headers = _FOR_EVERY_SITE | {"ETag": mark}
    if request.headers.get("if-none-match") == mark:
        return response.empty(304, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    content = served.packed if packed else served.plain
    return response.raw(content, content_type=_TYPES[path.suffix], headers=headers)


@lru_cache(maxsize=16)
def _served(path: Path, changed: int) -> _Served:
    """Read and pack a file once, until it is another one."""
    del changed
    plain = path.read_bytes()
    mark = hashlib.sha256(plain).hexdigest()[:20]
    return _Served(plain, gzip.compress(plain, mtime=0), mark)
