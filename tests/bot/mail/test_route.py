"""Where mails go and what must never be sent: bot/mail/route.py."""

from __future__ import annotations

import pytest

from bot.mail.route import RouteError
from tests.bot.mail.samples import MAILBOX, OFFICIAL, SENDER, route_for


def test_mailbox_defaults_to_the_official_one() -> None:
    assert route_for(mailbox="").mailbox == OFFICIAL


def test_mailbox_of_the_settings_goes_first() -> None:
    assert route_for(mailbox="other@example.be").mailbox == "other@example.be"


def test_without_a_server_everything_is_held() -> None:
    route = route_for()

    assert route.server is None
    assert route.why_held(MAILBOX) == "CYBER4SME_SMTP_HOST is not set, so nothing is sent."
    assert route.describe() == (
        "Mail: held in the outbox, not sent. CYBER4SME_SMTP_HOST is not set, so nothing is sent. "
        "`make outbox` shows the mails."
    )


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST.", "x.localhost", "::1", "[::1]", "0.0.0.0"],
)
@pytest.mark.parametrize("recipient", [OFFICIAL, OFFICIAL.upper(), f" {OFFICIAL} "])
def test_the_official_mailbox_is_held_when_the_server_is_this_machine(
    host: str, recipient: str
) -> None:
    route = route_for(25, smtp_host=host, mailbox="")

    reason = str(route.why_held(recipient))

    assert reason.startswith(f"CYBER4SME_SMTP_HOST is {host}, a test server on this machine")
    assert "set CYBER4SME_MAILBOX to a test address" in reason
    assert route.describe().startswith("Mail: held in the outbox, not sent. CYBER4SME_SMTP_HOST is")


def test_a_test_mailbox_may_be_reached_over_a_server_on_this_machine() -> None:
    assert route_for(25).why_held(MAILBOX) is None


@pytest.mark.parametrize("host", ["smtp.example.be", "10.0.0.5", "localhost.example.be"])
def test_the_official_mailbox_may_be_reached_over_a_real_server(host: str) -> None:
    route = route_for(587, smtp_host=host, smtp_security="starttls", mailbox="")

    assert route.why_held(OFFICIAL) is None
    assert route.describe() == (f"Mail: to {OFFICIAL}, from {SENDER}, by {host}:587 (starttls).")


def test_the_sender_may_have_a_name() -> None:
    route = route_for(25, mail_from="Cyber assistant <bot@example.be>")

    assert (route.sender.display_name, route.sender.addr_spec) == (
        "Cyber assistant",
        "bot@example.be",
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mail_from": ""}, "CYBER4SME_SMTP_HOST is '127.0.0.1', but CYBER4SME_MAIL_FROM is empty"),
        ({"mail_from": "nobody"}, "CYBER4SME_MAIL_FROM is 'nobody', which is not an e-mail"),
        ({"mailbox": "a@b@c"}, "CYBER4SME_MAILBOX is 'a@b@c', which is not an e-mail"),
        ({"mailbox": "a@example.be\nBcc: x@example.be"}, "CYBER4SME_MAILBOX is"),
        ({"mail_from": "A <a@example.be>\r\nBcc: x@example.be"}, "CYBER4SME_MAIL_FROM is"),
        (
            {"smtp_host": "smtp.example.be", "smtp_user": "me"},
            "the password would cross the network readable. Use starttls or tls",
        ),
    ],
)
def test_settings_that_cannot_work_are_refused(changes: dict[str, str], words: str) -> None:
    with pytest.raises(RouteError) as caught:
        route_for(25, **changes)

    assert words in str(caught.value)


def test_a_password_is_not_shown() -> None:
    route = route_for(25, smtp_user="me", smtp_password="secret")

    assert "secret" not in repr(route)
