"""The application served over HTTP in this process, on the agent that the tests share."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, Any, Final

from sanic import Sanic

from bot.channels.protocol import Protocol
from bot.server import create_app

if TYPE_CHECKING:
    from rasa.core.agent import Agent

    from bot.settings import Settings

_SECONDS: Final = 30.0


class Served:
    """Runs in a thread of its own from its making until `stop`."""

    def __init__(self, settings: Settings, agent: Agent) -> None:
        Sanic.test_mode = True  # lets a second application have the first one's name
        self.app: Any = create_app(settings, agent)
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._stopping = asyncio.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        if not self._started.wait(_SECONDS):
            raise RuntimeError("The application did not start.")

    def stop(self) -> None:
        """Stop as the server process does, turns that run included; twice is once."""
        if not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(_SECONDS)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        server = await self.app.create_server(
            sock=self._socket, protocol=Protocol, return_asyncio_server=True, access_log=False
        )
        await server.startup()
        await server.before_start()
        await server.after_start()
        self._started.set()
        await self._stopping.wait()
        await server.before_stop()
        await server.close()
        for connection in server.connections:
            connection.abort()
        await server.after_stop()
