from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from typing import TYPE_CHECKING, Final

import pytest

from bot.__main__ import StartError, address_of, check_room, listen
from bot.settings import PREFIX, PROJECT, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COPIED: Final = ("bot", "actions", "data", "config.yml", "domain.yml", "endpoints.yml")


def test_listen_takes_the_port_at_once() -> None:
    with listen(Settings(port=0)) as listening:
        port = listening.getsockname()[1]

        assert address_of(listening) == f"http://127.0.0.1:{port}/"
        with pytest.raises(StartError) as refused:
            listen(Settings(port=port))

    assert str(refused.value) == (
        f"127.0.0.1:{port} cannot be used (Address already in use): stop the program that uses "
        "it, or choose others with CYBER4SME_PORT and CYBER4SME_HOST."
    )


@pytest.mark.parametrize(
    ("host", "shown"), [("0.0.0.0", "127.0.0.1"), ("::1", "[::1]"), ("::", "[::1]")]
)
def test_the_address_is_one_that_a_browser_takes(host: str, shown: str) -> None:
    with listen(Settings(host=host, port=0)) as listening:
        assert address_of(listening) == f"http://{shown}:{listening.getsockname()[1]}/"


def test_check_room_makes_the_folder(tmp_path: Path) -> None:
    check_room(tmp_path / "a" / "b")

    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_check_room_refuses_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "free")  # noqa: PYI024 - as shutil gives it
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(5 * 2**20))

    with pytest.raises(StartError, match="Only 5 MB are free in .* but conversations need 200 MB"):
        check_room(tmp_path)


def test_check_room_refuses_what_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StartError, match="cannot be written .* CYBER4SME_DATA_DIRECTORY"):
        check_room(tmp_path / "file" / "below")


def _start(project: Path, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    given = {PREFIX + name.upper(): value for name, value in settings.items()}
    own = {
        f"{PREFIX}PORT": "0",
        f"{PREFIX}DATA_DIRECTORY": str(folder / "data"),
        f"{PREFIX}MODEL_DIRECTORY": str(folder / "models"),
        "PYTHONPATH": str(project),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=project,
        env=kept | own | given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _assert_sentence(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """One sentence on standard error says it all, and the exit status says it failed."""
    lines = done.stderr.strip().splitlines()
    assert (done.returncode, len(lines)) == (1, 1), done.stderr + done.stdout
    assert lines[0].startswith("cyber4sme: ")
    for part in parts:
        assert part in lines[0]


@pytest.mark.services
@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ({"port": "many"}, ["CYBER4SME_PORT is 'many'", "whole number"]),
        ({"prot": "1"}, ["CYBER4SME_PROT is not a setting", "docs/settings.md"]),
        ({"data_directory": "/proc/nowhere"}, ["/proc/nowhere", "CYBER4SME_DATA_DIRECTORY"]),
        ({"host": "no such host"}, ["no such host:0 cannot be used", "CYBER4SME_HOST"]),
    ],
)
def test_a_bad_setting_is_one_sentence(
    tmp_path: Path, settings: dict[str, str], parts: list[str]
) -> None:
    _assert_sentence(_start(PROJECT, tmp_path, **settings), *parts)


@pytest.mark.services
def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])

        _assert_sentence(
            _start(PROJECT, tmp_path, port=port), f"127.0.0.1:{port}", "stop the program"
        )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, to break things in."""
    folder = tmp_path_factory.mktemp("copy")
    left_out = shutil.ignore_patterns("node_modules", "__pycache__", "*.pyc")
    for name in _COPIED:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, folder / name, ignore=left_out)
        else:
            shutil.copy(PROJECT / name, folder / name)
    shutil.copy(PROJECT / "requirements.lock", folder / "requirements.lock")
    return folder


@pytest.fixture
def broken(copy: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The copy with one file broken: (its path, what it is replaced by or what is added)."""
    name, old, new = request.param
    file = copy / name
    whole = file.read_text("utf-8")
    assert old in whole
    file.write_text(whole.replace(old, new, 1), "utf-8")
    yield copy
    file.write_text(whole, "utf-8")


@pytest.mark.services
@pytest.mark.parametrize(
    ("broken", "parts"),
    [
        (("data/facts.yml", "\nfacts:\n", "\nfacts: [\n"), ["facts.yml"]),
        (("data/texts/faq.yml", "utter_faq/deadline:", "utter_faq/deadline: 7\nx:"), ["faq.yml"]),
        (("config.yml", "pipeline:", "pipeline: ["), ["config.yml"]),
        (("config.yml", "LanguageIdentifier", "LanguageGuesser"), ["LanguageGuesser"]),
        (("domain.yml", "intents:", "intents: ["), ["domain.yml"]),
        (("data/stories/rules.yml", "rules:", "rules: ["), ["rules.yml"]),
    ],
    indirect=["broken"],
    ids=["facts", "texts", "config", "component", "domain", "rules"],
)
def test_a_broken_file_is_one_sentence(broken: Path, tmp_path: Path, parts: list[str]) -> None:
    _assert_sentence(_start(broken, tmp_path), *parts)


@pytest.mark.model
def test_a_damaged_model_is_one_sentence(tmp_path: Path) -> None:
    from bot.training import fingerprint

    models = tmp_path / "models"
    models.mkdir()
    (models / "current.tar.gz").write_bytes(b"not a model")
    (models / "current.fingerprint").write_text(fingerprint(), "utf-8")

    _assert_sentence(_start(PROJECT, tmp_path), "current.tar.gz cannot be used", "remove it")


@pytest.mark.model
@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ({"database_url": "mysql://x"}, ["CYBER4SME_DATABASE_URL", "sqlite or postgresql"]),
        (
            {"database_url": "postgresql://nobody@127.0.0.1:1/none"},
            ["database", "127.0.0.1"],
        ),
        ({"smtp_host": "localhost"}, ["CYBER4SME_SMTP_HOST", "CYBER4SME_MAIL_FROM is empty"]),
        ({"mailbox": "nobody"}, ["CYBER4SME_MAILBOX is 'nobody'"]),
    ],
    ids=["unknown database", "no database", "no sender", "no mailbox"],
)
def test_what_shows_only_when_it_is_used_is_one_sentence(
    settings_of_models: str, tmp_path: Path, settings: dict[str, str], parts: list[str]
) -> None:
    done = _start(PROJECT, tmp_path, model_directory=settings_of_models, **settings)

    _assert_sentence(done, *parts)


@pytest.fixture(scope="module")
def settings_of_models() -> str:
    """The folder of the current model, trained when there is none."""
    from bot.training import ensure_model

    models = Settings.from_environment().model_directory
    ensure_model(models, progress=True)
    return str(models)
