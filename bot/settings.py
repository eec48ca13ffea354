"""The environment, read once into a frozen Settings: what an administrator may change.

Every variable starts with CYBER4SME_; docs/settings.md lists them with their defaults.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, field, fields
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PREFIX: Final = "CYBER4SME_"
PROJECT: Final = Path(__file__).resolve().parent.parent

_MOST_PORTS: Final = 65_535


class SettingsError(ValueError):
    """A variable of the environment that cannot be used; says which, why and what would do."""


@dataclass(frozen=True)
class Settings:
    """What may differ from one installation to the next; each field is one variable."""

    host: str = "127.0.0.1"
    port: int = 8080  # 0: any free one; the address is printed
    data_directory: Path = PROJECT / "var"
    database_url: str = ""  # empty: an SQLite file in data_directory
    model_directory: Path = PROJECT / "models"
    action_server_url: str = ""  # empty: actions run in the server's own process
    log_format: str = "console"  # or json
    log_message_text: bool = False

    allowed_origins: tuple[str, ...] = ()  # other sites that may embed the widget
    trusted_proxies: tuple[str, ...] = ()  # addresses or networks whose X-Forwarded-For is believed
    secure_cookie: bool = False  # on where the site is served over https
    session_hours: int = 24
    turn_seconds: float = 4.5  # then the visitor gets an apology: within 5 seconds in all
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
        _check(settings)
        return settings


def _read(name: str, text: str, default: Any) -> Any:
    kind = type(default)
    try:
        if kind is bool:
            return _TRUTH[text.lower()]
        if kind is tuple:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        value = kind(text)
    except (KeyError, ValueError) as error:
        wanted = {bool: "true or false", int: "a whole number", float: "a number"}[kind]
        raise SettingsError(f"{name} is {text!r}, but it must be {wanted}.") from error
    if kind is int or kind is float:
        _check_number(name, text, value)
    return value


_TRUTH: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
# Zero has a meaning of its own there.
_MAY_BE_ZERO: Final = frozenset({f"{PREFIX}PORT"})


def _check_number(name: str, text: str, value: float) -> None:
    if value < 0 or not math.isfinite(value) or (value == 0 and name not in _MAY_BE_ZERO):
        raise SettingsError(f"{name} is {text!r}, but it must be a number greater than 0.")
    if name.endswith("_PORT") and value > _MOST_PORTS:
        raise SettingsError(f"{name} is {text!r}, but ports end at {_MOST_PORTS}.")


def _check(settings: Settings) -> None:
    _check_choice("SMTP_SECURITY", settings.smtp_security, ("starttls", "tls", "none"))
    _check_choice("LOG_FORMAT", settings.log_format, ("console", "json"))
    _check_date("TODAY", settings.today)
    for origin in settings.allowed_origins:
        _check_origin("ALLOWED_ORIGINS", origin)
    for address in settings.trusted_proxies:
        _check_network("TRUSTED_PROXIES", address)
    if settings.action_server_url:
        _check_web_address("ACTION_SERVER_URL", settings.action_server_url)
    if settings.session_hours > settings.retention_days * 24:
        raise SettingsError(
            f"{PREFIX}SESSION_HOURS is {settings.session_hours}, but conversations are deleted "
            f"after {PREFIX}RETENTION_DAYS = {settings.retention_days} days: make it shorter."
        )


def _check_choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        _refuse(name, value, f"one of {', '.join(allowed)}")


def _check_date(name: str, value: str) -> None:
    try:
        date.fromisoformat(value or "2022-10-31")
    except ValueError:
        _refuse(name, value, "a date such as 2022-10-31")


def _check_origin(name: str, value: str) -> None:
    parts = _parts(value)
    if parts.scheme not in ("http", "https") or value != f"{parts.scheme}://{parts.netloc}".lower():
        _refuse(name, value, "an origin as browsers write it, such as https://economie.fgov.be")


def _check_network(name: str, value: str) -> None:
    try:
        ip_network(value, strict=False)
    except ValueError:
        _refuse(name, value, "an address or a network, such as 10.0.0.7 or 10.0.0.0/24")


def _check_web_address(name: str, value: str) -> None:
    parts = _parts(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path in ("", "/"):
        _refuse(name, value, "an address with its path, such as http://localhost:5055/webhook")


def _parts(value: str) -> Any:
    try:
        return urlsplit(value)
    except ValueError:
        return urlsplit("")


def _refuse(name: str, value: str, wanted: str) -> None:
    raise SettingsError(f"{PREFIX}{name} is {value!r}, but it must be {wanted}.")
