"""Where the custom actions run: in the server's own process, or on an action server.

Rasa logs a failing action and goes on as if it had said nothing. Both endpoints here remember the
failure for the turn, so that the visitor gets an honest sentence instead of silence.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from typing import Any
from urllib.parse import urljoin

from aiohttp import ClientError
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

_failures: ContextVar[list[Exception]] = ContextVar("action_failures")


def watch_failures() -> list[Exception]:
    """Start a turn: return the list that the failures of its actions are put in."""
    failures: list[Exception] = []
    _failures.set(failures)
    return failures


class InProcessActions(EndpointConfig):
    """Runs the actions of a package by a function call instead of over HTTP."""

    def __init__(self, package: str = "actions") -> None:
        super().__init__()
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(
        self,
        method: str = "post",  # noqa: ARG002 - the signature of an HTTP endpoint
        subpath: str | None = None,  # noqa: ARG002
        content_type: str | None = "application/json",  # noqa: ARG002
        compress: bool = False,  # noqa: ARG002, FBT001, FBT002
        **kwargs: Any,
    ) -> Any:
        """Run the action named in the call; its failure is remembered and raised."""
        try:
            return await self._executor.run(kwargs["json"])
        except Exception as error:
            _remember(error)
            raise


class RemoteActions(EndpointConfig):
    """An action server elsewhere (`rasa run actions`), by its address."""

    async def is_reachable(self) -> bool:
        """Whether the action server answers its health check."""
        try:
            async with self.session() as session, session.get(urljoin(self.url, "/health")) as answer:
                return bool(answer.ok)
        except (ClientError, OSError, asyncio.TimeoutError):
            return False

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Call the action server; its failure is remembered and raised."""
        try:
            return await super().request(*args, **kwargs)
        except Exception as error:
            _remember(error)
            raise


def _remember(error: Exception) -> None:
    failures = _failures.get(None)
    if failures is not None:
        failures.append(error)
