"""python -m bot.mail release: nothing that is held goes out without a yes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from bot.mail.command_line import main
from tests.bot.mail.installation import environment, states, with_server  # noqa: F401 - a fixture
from tests.bot.mail.samples import MAILBOX, put, route_for

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


def answer(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words))


@pytest.mark.parametrize("words", ["n\n", "\n", "perhaps\n", ""])
def test_release_sends_nothing_without_a_yes(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    (receipt,) = put(engine, route_for())
    with_server(monkeypatch)
    answer(monkeypatch, words)

    assert main(["release", receipt.reference]) == 1

    assert states(engine) == ["held"]


@pytest.mark.parametrize("words", ["y\n", "YES\n"])
def test_release_queues_after_a_yes(
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
) -> None:
    receipt, _ = put(engine, route_for(), number=2)
    with_server(monkeypatch)
    answer(monkeypatch, words)

    assert main(["release", receipt.reference]) == 0

    assert states(engine) == ["queued", "held"]
    out = capsys.readouterr().out
    assert out.startswith(f"{receipt.reference}  to {MAILBOX}  [{receipt.reference}]")
    assert out.endswith("Really send 1 held? [y/N] 1 queued: a worker sends them at once.\n")


def test_release_of_all_without_a_question(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    put(engine, route_for(), number=2)
    with_server(monkeypatch)

    assert main(["release", "--all", "--yes"]) == 0

    assert states(engine) == ["queued", "queued"]


def test_release_without_a_server_is_refused(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    put(engine, route_for())

    assert main(["release", "--all", "--yes"]) == 2

    assert "cannot be released. CYBER4SME_SMTP_HOST is not set" in capsys.readouterr().err
    assert states(engine) == ["held"]


def test_release_to_the_real_mailbox_by_a_test_server_is_refused(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(engine, route_for(mailbox=""))
    with_server(monkeypatch)

    assert main(["release", "--all", "--yes"]) == 2

    assert "is the department's real mailbox" in capsys.readouterr().err
    assert states(engine) == ["held"]


def test_release_of_nothing_held(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    put(engine, route_for(25))

    assert main(["release", "--all"]) == 0

    assert capsys.readouterr().out == "No such mail is held. Nothing was changed.\n"
