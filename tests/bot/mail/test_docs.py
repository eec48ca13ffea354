"""docs/mail.md says what there is: settings, states, commands."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from bot.mail.command_line import _parser
from bot.mail.handoff import LINE_LIMIT, QUESTION_LIMIT
from bot.mail.message import TRANSCRIPT_LINES
from bot.mail.outbox import STATES
from bot.mail.retry import RetryPlan
from bot.mail.worker import Pace
from bot.settings import PROJECT, Settings

PAGE = (PROJECT / "docs" / "mail.md").read_text()
COMMANDS = re.findall(r"python -m bot\.mail ([^#\n]+)", PAGE)


def rows(first: str) -> dict[str, str]:
    """The first two columns of the table whose first heading is this."""
    table = PAGE.split(f"| {first}", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    cells = [line.strip("| ").split(" | ") for line in table]
    return {row[0]: row[1] for row in cells}


def test_every_state_is_explained() -> None:
    assert [name.strip("`") for name in rows("state")] == list(STATES)


def test_every_mail_setting_is_explained_with_its_default() -> None:
    named = {
        name: default
        for names, default in rows("variable").items()
        for name in re.findall("`([A-Z_]+)`", names)
    }
    about_mail = [field for field in fields(Settings) if re.match("mail|smtp", field.name)]

    assert set(named) == {*(field.name.upper() for field in about_mail), "DATABASE_URL"}
    for field in about_mail:
        if isinstance(field.default, bool):
            assert named[field.name.upper()] == f"`{str(field.default).lower()}`"
        elif isinstance(field.default, (int, float)):
            assert float(named[field.name.upper()]) == field.default
    assert named["SMTP_SECURITY"] == f"`{Settings.smtp_security}`"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shown_is_understood(command: str) -> None:
    assert _parser().parse_args(command.split())


def test_every_command_is_shown() -> None:
    known = _parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]

    assert {command.split()[0] for command in COMMANDS} == set(known or ())


def test_the_numbers_are_those_of_the_code() -> None:
    pace = Pace()
    assert f"every {pace.renewal.seconds} seconds" in PAGE
    assert f"after {pace.stale.seconds // 60} minutes of silence" in PAGE
    assert f"{RetryPlan().attempts} attempts in some four days" in PAGE
    assert f"at most {RetryPlan().longest.seconds // 3600} hours" in PAGE
    assert f"at most {QUESTION_LIMIT:,} characters, a name or a firm {LINE_LIMIT}" in PAGE
    assert f"its last {TRANSCRIPT_LINES} messages" in PAGE


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"(?:bot|data)/[a-z_/]+(?:\.[a-z]+)?", PAGE)))
)
def test_every_path_named_is_there(path: str) -> None:
    assert (PROJECT / path).exists()
