"""The examples of docs/api.md: requests and the answers they promise."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.settings import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.trial.client import Answer, Client

PAGE: Final = PROJECT / "docs" / "api.md"
_EXAMPLE: Final = re.compile(
    r"```http\n(?P<request>.*?)```\n\n`(?P<status>\d+)`.*?(?:\n\n```json\n(?P<answer>.*?)```|\n\n|$)",
    re.DOTALL,
)
_NAME: Final = re.compile(r"<([a-z]+)>")
_ANYTHING: Final = "…"


@dataclass(frozen=True)
class Example:
    """One request with the status and, perhaps, the body it is answered with."""

    request: str
    status: int
    answer: Any


def examples() -> Iterator[Example]:
    """Go over the examples of the page, in order."""
    for match in _EXAMPLE.finditer(PAGE.read_text("utf-8")):
        answer = json.loads(match["answer"]) if match["answer"] else None
        yield Example(match["request"], int(match["status"]), answer)


def send(client: Client, request: str, known: dict[str, str]) -> Answer:
    """Send a request as it is written, with what is known in the place of <names>."""
    head, _, body = _NAME.sub(lambda name: known[name[1]], request).strip().partition("\n\n")
    first, *others = head.splitlines()
    method, path = first.split()
    headers = dict(line.split(": ", 1) for line in others)
    return client.call(method, path, body.encode() or None, headers=headers)


def compare(promised: Any, got: Any, known: dict[str, str], where: str = "answer") -> None:
    """Assert that an answer is as promised: `…` is anything, <name> is or becomes known."""
    if promised == _ANYTHING:
        return
    if isinstance(promised, dict):
        rest = {key for key in got if _ANYTHING in promised and key not in promised}
        assert set(promised) - {_ANYTHING} == set(got) - rest, where
        for key in set(promised) - {_ANYTHING}:
            compare(promised[key], got[key], known, f"{where}.{key}")
    elif isinstance(promised, list):
        shown = promised[:-1] if promised and promised[-1] == _ANYTHING else promised
        assert len(got) >= len(shown), where
        assert shown is not promised or len(got) == len(shown), where
        for place, one in enumerate(shown):
            compare(one, got[place], known, f"{where}[{place}]")
    elif isinstance(promised, str) and _NAME.fullmatch(promised):
        assert known.setdefault(promised[1:-1], got) == got, where
    else:
        assert got == promised, where
