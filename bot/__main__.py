"""`make run`: check, train when needed, start everything, say where the page is."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NoReturn

from bot.late_imports import put_off
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from rasa.core.agent import Agent

    from bot.mail.route import Route
    from bot.texts.generator import TextGenerator

_FREE_MEGABYTES: Final = 200
_ARENAS: Final = -8  # glibc's M_ARENA_MAX
_BACKLOG: Final = 100
_SWITCH_SECONDS: Final = 0.00005
_TRAINING: Final = (
    "import sys; from bot.logs import hush_warnings; hush_warnings();"
    "from bot.training import main; sys.exit(main())"
)
_EVERY_ADDRESS: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - told to visitors, not bound


class StartError(RuntimeError):
    """The assistant cannot start; says why and what to do."""


def main() -> int:
    """Run the assistant; the exit status is 0 after a clean stop, 1 with one sentence of why."""
    put_off()  # before anything is imported that would import it
    # The network's thread waits at most so long for the interpreter, at its start and its end.
    sys.setswitchinterval(_SWITCH_SECONDS)
    from bot.logs import hush_warnings

    logging.basicConfig(level=logging.WARNING)
    hush_warnings()
    # One message at a time is computed; more threads would only take memory.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _keep_memory_together()
    signal.signal(signal.SIGTERM, _stop)
    started = time.monotonic()
    try:
        settings = Settings.from_environment()
        with listen(settings) as listening:
            check_room(settings.data_directory)
            _serve(settings, listening, started)
    except (SettingsError, StartError) as error:
        sys.stderr.write(f"cyber4sme: {' '.join(str(error).split())}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def listen(settings: Settings) -> socket.socket:
    """Take the port at once, so that nobody else can while the model is trained or loaded.

    Raises:
        StartError: the port or the address cannot be had.
    """
    try:
        found = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        return socket.create_server(
            (settings.host, settings.port), family=found[0][0], backlog=_BACKLOG
        )
    except OSError as error:
        # Names that are not found have numbers of their own, below zero.
        cause = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        message = (
            f"{settings.host}:{settings.port} cannot be used ({cause}): stop the program "
            "that uses it, or choose others with CYBER4SME_PORT and CYBER4SME_HOST."
        )
        raise StartError(message) from error


def check_room(folder: Path, needed: int = _FREE_MEGABYTES) -> None:
    """Look whether conversations can be kept in a folder.

    Raises:
        StartError: it cannot be made or written, or the disk is full.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
        free = shutil.disk_usage(folder).free // 2**20
    except OSError as error:
        message = (
            f"The folder {folder} cannot be written ({error.strerror}): "
            "make it writable, or choose another one with CYBER4SME_DATA_DIRECTORY."
        )
        raise StartError(message) from error
    if free < needed:
        message = (
            f"Only {free} MB are free in {folder}, but conversations need {needed} MB: "
            "free some space, or choose another folder with CYBER4SME_DATA_DIRECTORY."
        )
        raise StartError(message)


def _serve(settings: Settings, listening: socket.socket, started: float) -> None:
    model = _model(settings)
    agent, route = _loaded(settings, model)
    # Importing Rasa takes seconds: only after everything cheap was checked.
    from bot.server import create_app, run

    def ready() -> None:
        print(
            f"The assistant is ready after {time.monotonic() - started:.1f} s: "
            f"{address_of(listening)}  (stop it with Ctrl-C)\n{route.describe()}",
            flush=True,
        )

    run(create_app(settings, agent, route), listening, ready)


def _model(settings: Settings) -> Path:
    """The current model, trained by a process of its own: this one stays as small as it starts."""
    from bot.data_files import DataError
    from bot.facts.calls import Facts
    from bot.settings import PROJECT
    from bot.texts.rendering import Texts
    from bot.training import current_model

    model = current_model(settings.model_directory)
    if model is not None:
        return model
    try:
        # A slip in the texts is told at once, not after the training.
        Texts.load(PROJECT / "data" / "texts", Facts.load(PROJECT / "data" / "facts.yml"))
    except DataError as error:
        raise StartError(str(error)) from error
    # It says itself how far it is, and what went wrong.
    trained = subprocess.run([sys.executable, "-c", _TRAINING], cwd=PROJECT, check=False)  # noqa: S603
    if trained.returncode:
        sys.exit(1)
    model = current_model(settings.model_directory)
    if model is None:
        raise StartError("The files of the model changed while it was trained: start again.")
    return model


def _loaded(settings: Settings, model: Path) -> tuple[Agent, Route]:
    from rasa.engine.exceptions import GraphComponentException
    from rasa.shared.exceptions import RasaException

    from bot.channels.turns import warm_up
    from bot.data_files import DataError
    from bot.database import DatabaseError
    from bot.encoder.artifact import ArtifactError
    from bot.logs import configure_logs
    from bot.mail.route import RouteError
    from bot.server import load_agent
    from bot.texts.generator import shared_texts

    configure_logs(settings.log_format, for_good=True)
    try:
        texts = shared_texts()
        route = _route(settings, texts)
        agent = load_agent(settings, model, texts=texts)
        if not settings.action_server_url:  # it may start after us
            asyncio.run(warm_up(agent))
        _give_back_memory()
    except (ArtifactError, DataError, DatabaseError, RouteError) as error:
        raise StartError(str(error)) from error
    except (GraphComponentException, RasaException, EOFError, OSError) as error:
        message = (
            f"The model {model} cannot be used ({_in_one_line(error)}): "
            "remove it and start again, then a new one is trained."
        )
        raise StartError(message) from error
    return agent, route


def _keep_memory_together() -> None:
    """Have all threads take memory from one place: each would keep some for itself."""
    with suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL("libc.so.6").mallopt(_ARENAS, 1)


def _give_back_memory() -> None:
    """Return to the system what loading needed; what stays is never looked through again."""
    gc.collect()
    gc.freeze()
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _route(settings: Settings, texts: TextGenerator) -> Route:
    from bot.languages import DEFAULT
    from bot.mail.route import Route

    return Route.from_settings(settings, texts.facts.in_language(DEFAULT)["mailbox"])


def _in_one_line(error: BaseException) -> str:
    cause = error.__cause__ or error
    return " ".join(f"{type(cause).__name__}: {cause}".split())


def address_of(listening: socket.socket) -> str:
    """The address of the page, as a browser takes it."""
    host, port = listening.getsockname()[:2]
    host = _EVERY_ADDRESS.get(host, host)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _stop(number: int, frame: Any) -> NoReturn:  # noqa: ARG001 - the signature of a signal handler
    """Stop before the server runs as on Ctrl-C; when it runs, it takes the signals itself."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
