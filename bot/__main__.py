"""`make run`: check, train when needed, start everything, say where the page is."""

from __future__ import annotations

import logging
import shutil
import socket
import sys
import time
import warnings
from typing import TYPE_CHECKING

from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

_FREE_MEGABYTES = 200


class StartError(RuntimeError):
    """The assistant cannot start; says why and what to do."""


def main() -> int:
    """Run the assistant; the exit status is 0 after a clean stop, 1 with one sentence of why."""
    warnings.filterwarnings("ignore")
    logging.basicConfig(level=logging.WARNING)
    try:
        settings = Settings.from_environment()
        check_machine(settings)
        _serve(settings)
    except (SettingsError, StartError) as error:
        return _fail(error)
    except KeyboardInterrupt:
        return 0
    return 0


def check_machine(settings: Settings) -> None:
    """Look first: a free port, and room on the disk.

    Raises:
        StartError: with the cause and the remedy.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            message = (
                f"{settings.host}:{settings.port} cannot be used ({error.strerror}): stop the "
                "program that uses it, or choose another port with CYBER4SME_PORT."
            )
            raise StartError(message) from error
    _check_room(settings.data_directory)


def _check_room(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free // 2**20
    except OSError as error:
        message = (
            f"The folder {folder} cannot be made ({error.strerror}): "
            "make it writable, or choose another one with CYBER4SME_DATA_DIRECTORY."
        )
        raise StartError(message) from error
    if free < _FREE_MEGABYTES:
        message = (
            f"Only {free} MB are free in {folder}, but conversations need {_FREE_MEGABYTES} MB: "
            "free some space, or choose another folder with CYBER4SME_DATA_DIRECTORY."
        )
        raise StartError(message)


def _serve(settings: Settings) -> None:
    from bot.training import TrainingError, ensure_model  # noqa: PLC0415 - after the cheap checks

    try:
        model = ensure_model(settings.model_directory, progress=True)
    except TrainingError as error:
        raise StartError(str(error)) from error

    started = time.monotonic()
    # Importing Rasa takes seconds: only after everything cheap was checked.
    from bot.data_files import DataError  # noqa: PLC0415
    from bot.database import DatabaseError  # noqa: PLC0415
    from bot.logs import configure_logs  # noqa: PLC0415
    from bot.server import create_app, load_agent, run  # noqa: PLC0415

    configure_logs(settings.log_format)
    try:
        app = create_app(settings, load_agent(settings, model))
    except (DataError, DatabaseError) as error:
        raise StartError(str(error)) from error

    def ready() -> None:
        print(
            f"The assistant is ready after {time.monotonic() - started:.1f} s: "
            f"http://{settings.host}:{settings.port}/  (stop it with Ctrl-C)",
            flush=True,
        )

    run(settings, app, ready)


def _fail(error: Exception) -> int:
    print(f"cyber4sme: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
