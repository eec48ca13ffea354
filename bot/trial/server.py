"""The real server as a process of its own: a free port, and a data folder that is thrown away."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.settings import PREFIX, PROJECT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from typing_extensions import Self

_READY: Final = re.compile(r"ready after ([0-9.]+) s: (http://\S+)")
# Set outside, they hold for a trial as well; every other setting of the installation does not.
_KEPT: Final = frozenset({f"{PREFIX}MODEL_DIRECTORY"})
# A visitor of a trial is many visitors: they all come from one address.
_NO_LIMITS: Final = {
    f"{PREFIX}MESSAGES_PER_MINUTE": "1000000",
    f"{PREFIX}SESSIONS_PER_HOUR": "1000000",
    f"{PREFIX}OPEN_SESSIONS_PER_ADDRESS": "1000000",
}
_START_SECONDS: Final = 300.0
_STOP_SECONDS: Final = 20.0


class TrialError(RuntimeError):
    """The server did not start, or did not stop; holds all that it printed."""


class TrialServer:
    """A context manager: the server is ready inside of it, and gone behind it.

    `settings` are variables without their prefix, such as `session_hours="1"`.
    """

    def __init__(self, folder: Path | None = None, **settings: str) -> None:
        self._temporary = None if folder else tempfile.TemporaryDirectory(prefix="cyber4sme-")
        self.folder = folder or Path(self._temporary.name if self._temporary else "")
        self._environment = _environment(self.folder, settings)
        self._lines: list[str] = []
        self._settled = threading.Event()
        self.url = ""
        self.seconds_to_ready = 0.0  # as the server itself counts them

    def __enter__(self) -> Self:
        """Start, and wait until it is ready."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, and throw the data folder away when it was ours."""
        self.stop()
        if self._temporary:
            self._temporary.cleanup()

    def start(self, seconds: float = _START_SECONDS) -> None:
        """Start the process and wait for its address.

        Raises:
            TrialError: it ended or stayed silent; with all that it printed.
        """
        self._settled.clear()
        self.url = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot"],
            cwd=PROJECT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        self._settled.wait(seconds)
        if not self.url:
            self.stop(signal.SIGKILL)
            raise TrialError(f"The server did not start:\n{self.output()}")

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Stop it as an administrator would, and return its exit status.

        Raises:
            TrialError: it does not stop.
        """
        if self.process.poll() is None:
            self.process.send_signal(by)
        try:
            status = self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired as error:
            self.process.kill()
            self.process.wait()
            raise TrialError(f"The server did not stop:\n{self.output()}") from error
        self._reading.join()
        return status

    def output(self) -> str:
        """All it has printed so far, on both streams."""
        return "".join(self._lines)

    def memory(self) -> int:
        """Resident memory of the process in megabytes."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text("utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) // 1024
        raise TrialError("The server is gone.")

    def _read(self) -> None:
        stream: Any = self.process.stdout
        with stream:
            for line in stream:
                self._lines.append(line)
                ready = _READY.search(line)
                if ready:
                    self.seconds_to_ready, self.url = float(ready[1]), ready[2].rstrip("/")
                    self._settled.set()
        self._settled.set()


def _environment(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(PREFIX) or name in _KEPT
    }
    given = {PREFIX + name.upper(): value for name, value in settings.items()}
    own = {f"{PREFIX}PORT": "0", f"{PREFIX}DATA_DIRECTORY": str(folder), "PYTHONUNBUFFERED": "1"}
    return inherited | _NO_LIMITS | own | given


def milliseconds_since(start: float) -> float:
    """Milliseconds since a reading of time.perf_counter()."""
    return (time.perf_counter() - start) * 1000
