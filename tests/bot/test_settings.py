from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import PREFIX, PROJECT, Settings, SettingsError

_PAGE = (PROJECT / "docs" / "settings.md").read_text("utf-8")
_ROW = re.compile(rf"^\| `{PREFIX}(\w+)` \| (?:`([^`]*)`)? ?\| (.+) \|$", re.MULTILINE)


def _read(**given: str) -> Settings:
    return Settings.from_environment({PREFIX + name: value for name, value in given.items()})


def _as_written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value.relative_to(PROJECT)) if isinstance(value, Path) else str(value)


def test_the_page_lists_every_setting_with_its_default() -> None:
    rows = {name.lower(): default for name, default, _ in _ROW.findall(_PAGE)}

    assert rows == {one.name: _as_written(one.default) for one in fields(Settings)}


def test_the_page_names_no_setting_that_is_not_there() -> None:
    named = {name.lower() for name in re.findall(rf"{PREFIX}(\w+)", _PAGE)} - {""}

    assert named == {one.name for one in fields(Settings)}


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()
    assert _read(PORT="", ALLOWED_ORIGINS="", TODAY="") == Settings()


def test_other_variables_are_left_alone() -> None:
    assert Settings.from_environment({"PATH": "/bin", "cyber4sme_port": "x"}) == Settings()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"PORT": "0"}, {"port": 0}),
        ({"TURN_SECONDS": "2.5"}, {"turn_seconds": 2.5}),
        ({"SECURE_COOKIE": "TRUE"}, {"secure_cookie": True}),
        ({"SECURE_COOKIE": "no"}, {"secure_cookie": False}),
        ({"DATA_DIRECTORY": "/srv/data"}, {"data_directory": Path("/srv/data")}),
        (
            {"ALLOWED_ORIGINS": " https://a.be , http://localhost:3000,"},
            {"allowed_origins": ("https://a.be", "http://localhost:3000")},
        ),
        (
            {"TRUSTED_PROXIES": "10.0.0.7,10.1.0.0/16,2001:db8::/32"},
            {"trusted_proxies": ("10.0.0.7", "10.1.0.0/16", "2001:db8::/32")},
        ),
        (
            {"ACTION_SERVER_URL": "http://actions:5055/webhook"},
            {"action_server_url": "http://actions:5055/webhook"},
        ),
    ],
)
def test_values_are_read(given: dict[str, str], expected: dict[str, Any]) -> None:
    assert _read(**given) == Settings(**expected)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"PORT": "http"}, "PORT is 'http', but it must be a whole number"),
        ({"PORT": "-1"}, "PORT is '-1', but it must be a number greater than 0"),
        ({"PORT": "70000"}, "PORT is '70000', but ports end at 65535"),
        ({"SMTP_PORT": "0"}, "SMTP_PORT is '0', but it must be a number greater than 0"),
        ({"TURN_SECONDS": "soon"}, "TURN_SECONDS is 'soon', but it must be a number"),
        ({"TURN_SECONDS": "nan"}, "TURN_SECONDS is 'nan', but it must be a number greater than 0"),
        ({"TURN_SECONDS": "inf"}, "TURN_SECONDS is 'inf', but it must be a number greater than 0"),
        ({"RETENTION_DAYS": "0"}, "RETENTION_DAYS is '0', but it must be a number greater than 0"),
        ({"SECURE_COOKIE": "maybe"}, "SECURE_COOKIE is 'maybe', but it must be true or false"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is 'xml', but it must be one of console, json"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY is 'ssl', but it must be one of starttls"),
        ({"TODAY": "31/10/2022"}, "TODAY is '31/10/2022', but it must be a date such as"),
        ({"ALLOWED_ORIGINS": "*"}, "ALLOWED_ORIGINS is '*', but it must be an origin"),
        ({"ALLOWED_ORIGINS": "https://a.be/"}, "ALLOWED_ORIGINS is 'https://a.be/', but"),
        ({"ALLOWED_ORIGINS": "https://A.be"}, "ALLOWED_ORIGINS is 'https://A.be', but"),
        ({"ALLOWED_ORIGINS": "https://[a"}, "ALLOWED_ORIGINS is 'https://[a', but"),
        ({"TRUSTED_PROXIES": "proxy"}, "TRUSTED_PROXIES is 'proxy', but it must be an address"),
        ({"ACTION_SERVER_URL": "actions:5055"}, "ACTION_SERVER_URL is 'actions:5055', but"),
        ({"ACTION_SERVER_URL": "http://actions:5055"}, "such as http://localhost:5055/webhook"),
        ({"SESSION_HOURS": "49", "RETENTION_DAYS": "2"}, "SESSION_HOURS is 49, but"),
        ({"PROT": "8080"}, "PROT is not a setting of this assistant"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_in_a_sentence(
    given: dict[str, str], says: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        _read(**given)

    message = str(refused.value)
    assert message.startswith(PREFIX)
    assert says in message
    assert message.endswith(".")
    assert "\n" not in message


@given(
    st.sampled_from([one.name.upper() for one in fields(Settings)]),
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30),
)
def test_any_value_is_read_or_refused(name: str, value: str) -> None:
    try:
        _read(**{name: value})
    except SettingsError as refused:
        assert name in str(refused)


def test_the_password_is_not_shown() -> None:
    assert "geheim" not in repr(_read(SMTP_PASSWORD="geheim"))


def test_the_clock_is_real_unless_a_day_is_set() -> None:
    today = date(2024, 5, 6)

    assert Settings().clock(lambda: today)() == today
    assert _read(TODAY="2022-10-01").clock(lambda: today)() == date(2022, 10, 1)


def test_the_database_is_a_file_of_the_data_folder_unless_another_is_named() -> None:
    assert _read(DATA_DIRECTORY="/srv").database == "sqlite:////srv/cyber4sme.db"
    assert _read(DATABASE_URL="postgresql://a@b/c").database == "postgresql://a@b/c"
