"""The environment, read once into a frozen Settings: what an administrator may change.

Every variable starts with CYBER4SME_; docs/settings.md lists them with their defaults.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PREFIX = "CYBER4SME_"
PROJECT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A variable of the environment that cannot be used; says which, why and what would do."""


@dataclass(frozen=True)
class Settings:
    """What may differ from one installation to the next; each field is one variable."""

    host: str = "127.0.0.1"
    port: int = 8080
    data_directory: Path = PROJECT / "var"
    database_url: str = ""  # empty: an SQLite file in data_directory
    model_directory: Path = PROJECT / "models"
    action_server_url: str = ""  # empty: actions run in the server's own process
    log_format: str = "console"  # or json
    log_message_text: bool = False

    allowed_origins: tuple[str, ...] = ()  # other sites that may embed the widget
    trusted_proxies: tuple[str, ...] = ()  # addresses whose X-Forwarded-For is believed
    secure_cookie: bool = False  # on where the site is served over https
    session_hours: int = 24
    turn_seconds: float = 5.0
    messages_per_minute: int = 30
    sessions_per_hour: int = 60
    open_sessions_per_address: int = 200
    retention_days: int = 90
    today: str = ""  # a date such as 2022-10-01, to see the assistant in another phase of the call

    mailbox: str = ""  # empty: the mailbox named in data/facts.yml
    mail_from: str = ""
    smtp_host: str = ""  # empty: nothing is sent, mails stay held
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_security: str = "starttls"  # or tls, or none
    smtp_timeout_seconds: float = 30.0
    mail_confirmation: bool = False
    mail_retention_days: int = 180
    mails_per_session: int = 3

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the one database."""
        return self.database_url or f"sqlite:///{self.data_directory / 'cyber4sme.db'}"

    def clock(self, real: Callable[[], date]) -> Callable[[], date]:
        """The clock that tells the phase of the call: the real one, or the date that is set."""
        if not self.today:
            return real
        fixed = date.fromisoformat(self.today)
        return lambda: fixed

    def shown_values(self) -> dict[str, object]:
        """What texts may say of these settings, so that the privacy answer stays true."""
        shown: dict[str, object] = {
            "retention_days": self.retention_days,
            "mail_retention_days": self.mail_retention_days,
        }
        return shown | ({"mailbox": self.mailbox} if self.mailbox else {})

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the CYBER4SME_ variables.

        Raises:
            SettingsError: a value of the wrong kind, or a variable nobody reads.
        """
        given = os.environ if environment is None else environment
        known = {PREFIX + f.name.upper(): f for f in fields(cls)}
        unknown = sorted(name for name in given if name.startswith(PREFIX) and name not in known)
        if unknown:
            raise SettingsError(
                f"{unknown[0]} is not a setting of this assistant: "
                "correct its name or remove it; docs/settings.md lists the settings."
            )
        values = {
            f.name: _read(name, given[name], f.default)
            for name, f in known.items()
            if given.get(name, "") != ""
        }
        settings = cls(**values)
        _check_choice("SMTP_SECURITY", settings.smtp_security, ("starttls", "tls", "none"))
        _check_choice("LOG_FORMAT", settings.log_format, ("console", "json"))
        _check_date("TODAY", settings.today)
        return settings


def _read(name: str, text: str, default: Any) -> Any:
    kind = type(default)
    try:
        if kind is bool:
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[
                text.lower()
            ]
        if kind is tuple:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        value = kind(text)
    except (KeyError, ValueError) as error:
        wanted = {bool: "true or false", int: "a whole number", float: "a number"}[kind]
        raise SettingsError(f"{name} is {text!r}, but it must be {wanted}.") from error
    if kind in (int, float) and value <= 0:
        raise SettingsError(f"{name} is {text!r}, but it must be greater than 0.")
    return value


def _check_choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise SettingsError(
            f"{PREFIX}{name} is {value!r}, but it must be one of {', '.join(allowed)}."
        )


def _check_date(name: str, value: str) -> None:
    if not value:
        return
    try:
        date.fromisoformat(value)
    except ValueError as error:
        message = f"{PREFIX}{name} is {value!r}, but it must be a date such as 2022-10-31."
        raise SettingsError(message) from error
