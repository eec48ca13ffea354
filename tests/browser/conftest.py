"""A real browser, a real server, a real mail server: what the visits share.

The browser is asked for by one package at a time: while Playwright runs, the thread has an event
loop that the asynchronous tests of other folders would trip over.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect, sync_playwright

from bot.settings import PROJECT, Settings
from bot.training import ensure_model
from bot.trial.server import TrialServer
from tests.bot.mail.smtp_server import SmtpTestServer
from tests.browser.chat import Chat
from tests.browser.sites import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

MAILBOX: Final = "mailbox@voorbeeld.test"
SCREENSHOTS: Final = PROJECT / "reports" / "screenshots"
# Generous: what takes this long has failed, however busy the machine is.
PATIENCE: Final = 15_000
DESKTOP: Final[dict[str, Any]] = {"viewport": {"width": 1000, "height": 760}}
PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
_ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser(chromium: Path) -> Iterator[Browser]:
    """The browser itself."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def mail_server() -> Iterator[SmtpTestServer]:
    """Where the department's mail goes."""
    with SmtpTestServer() as running:
        yield running


@pytest.fixture(scope="package")
def allowed_site() -> Iterator[Site]:
    """Another website, that may embed the chat."""
    with Site() as running:
        yield running


@pytest.fixture(scope="package")
def foreign_site() -> Iterator[Site]:
    """Another website, that may not."""
    with Site() as running:
        yield running


@pytest.fixture(scope="package")
def chat_server(
    tmp_path_factory: pytest.TempPathFactory, mail_server: SmtpTestServer, allowed_site: Site
) -> Iterator[TrialServer]:
    """The real server; it stays on its port, so that it may be started again in the middle."""
    if not (PROJECT / "bot" / "widget" / "dist" / "widget.js").is_file():
        pytest.fail("The widget is not built: run bot/setup/widget.sh, or the tests by make.")
    ensure_model(Settings.from_environment().model_directory, progress=True)
    with TrialServer(
        tmp_path_factory.mktemp("server"),
        port=str(_free_port()),
        turn_seconds="30",
        allowed_origins=allowed_site.url,
        mailbox=MAILBOX,
        mail_from="chat@voorbeeld.test",
        smtp_host="127.0.0.1",
        smtp_port=str(mail_server.port),
        smtp_security="none",
    ) as running:
        yield running


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make browsers of different visitors: `new_context("fr", **PHONE)`.

    Nothing moves in them unless a test asks for it: what moves is measured on its way.
    """
    made: list[BrowserContext] = []

    def make(language: str, **options: Any) -> BrowserContext:
        usual = {
            "locale": f"{language}-BE",
            "timezone_id": "Europe/Brussels",
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**{**DESKTOP, **usual, **options})
        context.set_default_timeout(PATIENCE)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def visit(
    new_context: Callable[..., BrowserContext], chat_server: TrialServer
) -> Iterator[Callable[..., Chat]]:
    """Open the server's own page in a browser of that language, and wait for the greeting.

    Afterwards: nothing went wrong in the page that the visitor does not see.
    """
    pages: list[Page] = []
    errors: list[str] = []

    def start(language: str, **options: Any) -> Chat:
        page = new_context(language, **options).new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        pages.append(page)
        page.goto(chat_server.url)
        chat = Chat(page, language)
        chat.is_ready()
        return chat

    yield start
    assert errors == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
