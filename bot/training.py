"""`make train`: one model for both languages, trained only when something it is made of changed."""

from __future__ import annotations

import hashlib
import logging
import sys
import time
import warnings
from typing import TYPE_CHECKING

from bot.late_imports import put_off
from bot.logs import hush_warnings
from bot.settings import PROJECT, Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODEL = "current"

# What a model is made of. Facts and texts are read at run time and need no training.
_INGREDIENTS = (
    "config.yml",
    "domain.yml",
    "requirements.lock",
    "data/nlu/**/*.yml",
    "data/stories/*.yml",
    "data/languages/*.txt",
    "bot/nlu/*.py",
    "bot/languages.py",
    "bot/encoder/artifact/*.json",
)


class TrainingError(RuntimeError):
    """The model could not be trained; says which file, why, and what to do."""


def fingerprint(project: Path = PROJECT) -> str:
    """The checksum of all that a model is made of."""
    digest = hashlib.sha256()
    for path in _ingredients(project):
        digest.update(str(path.relative_to(project)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def current_model(directory: Path) -> Path | None:
    """The model's file when it is made of the files as they are now, else None."""
    model, mark = directory / f"{MODEL}.tar.gz", directory / f"{MODEL}.fingerprint"
    if model.exists() and mark.exists() and mark.read_text("utf-8").strip() == fingerprint():
        return model
    return None


def train(directory: Path) -> Path:
    """Train a model and return its file.

    Raises:
        TrainingError: a broken file, or no room on the disk.
    """
    mark = directory / f"{MODEL}.fingerprint"
    mark.unlink(missing_ok=True)
    made_of = fingerprint()
    try:
        path = _train(directory)
    except OSError as error:
        message = (
            f"The model could not be written to {directory}: {error.strerror}. "
            "Free some space or set CYBER4SME_MODEL_DIRECTORY, and train again."
        )
        raise TrainingError(message) from error
    mark.write_text(made_of, "utf-8")
    return path


def _train(directory: Path) -> Path:
    put_off()
    # Importing Rasa takes seconds: only when a model is really made.
    import rasa.shared.exceptions
    import rasa.shared.utils.io
    import rasa.utils.log_utils

    from bot.engine.light_trainer import train_graph
    from bot.engine.light_training_data import merge_lightly

    merge_lightly()
    rasa.utils.log_utils.configure_structlog(logging.WARNING)
    _quiet()
    path = directory / f"{MODEL}.tar.gz"
    try:
        # Read once before, for Rasa names no file where it reads this one.
        rasa.shared.utils.io.read_yaml_file(PROJECT / "config.yml")
        train_graph(
            PROJECT / "config.yml",
            PROJECT / "domain.yml",
            [PROJECT / "data" / "nlu", PROJECT / "data" / "stories"],
            path,
        )
    except (rasa.shared.exceptions.RasaException, ImportError, ValueError) as error:
        cause = " ".join(str(error).split())
        message = (
            f"The model could not be trained: {cause.rstrip('.')}. "
            "Correct config.yml or the file named here, and train again."
        )
        raise TrainingError(message) from error
    return path


def _ingredients(project: Path) -> Iterator[Path]:
    for pattern in _INGREDIENTS:
        yield from sorted(project.glob(pattern))


def _quiet() -> None:
    """Rasa and its libraries warn about their own old parts; that is nothing for the reader."""
    warnings.filterwarnings("ignore")
    logging.getLogger("rasa").setLevel(logging.WARNING)


def ensure_model(directory: Path, *, progress: bool) -> Path:
    """The current model's file, trained now when there is none."""
    model = current_model(directory)
    if model is not None:
        return model
    if progress:
        print("Training the model (a minute or two the first time) ...", flush=True)
    started = time.monotonic()
    model = train(directory)
    if progress:
        print(f"Trained in {time.monotonic() - started:.0f} s.", flush=True)
    return model


def main() -> int:
    """Train when needed; the exit status is 0 when a current model stands there."""
    hush_warnings()
    try:
        settings = Settings.from_environment()
        if current_model(settings.model_directory):
            print("The model is current: nothing changed since it was trained.")
        else:
            ensure_model(settings.model_directory, progress=True)
    except (SettingsError, TrainingError) as error:
        print(f"cyber4sme: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
