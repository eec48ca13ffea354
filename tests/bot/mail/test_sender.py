"""Encryption and login: bot/mail/sender.py against a real server."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.mail.route import SmtpServer
from bot.mail.sender import DeliveryError, connected, deliver
from tests.bot.mail.smtp_server import SmtpTestServer

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def send(server: SmtpServer) -> str:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@bot.test", "b@mailbox.test", "Hello"
    message.set_content("..\n.\nA line that begins with a dot.\n")

    async def run() -> str:
        async with connected(server, "bot.test") as client:
            return await deliver(client, server, message)

    return asyncio.run(run())


def failure(server: SmtpServer) -> tuple[str, bool, bool]:
    with pytest.raises(DeliveryError) as caught:
        send(server)
    return caught.value.code, caught.value.permanent, caught.value.unreachable


def at(smtp: SmtpTestServer, security: str) -> SmtpServer:
    return SmtpServer("127.0.0.1", smtp.port, security, timeout_seconds=5)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_deliver_encrypted_to_a_server_that_is_trusted(
    server_tls: ssl.SSLContext,
    certificate: Path,
    security: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with SmtpTestServer(tls=server_tls, tls_at_once=security == "tls") as smtp:
        assert send(at(smtp, security)) == "250 OK, it is ours now"

        (received,) = smtp.received
        assert received.encrypted
        assert received.content.endswith(b"\r\n\r\n..\r\n.\r\nA line that begins with a dot.\r\n")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_deliver_nothing_to_a_server_that_is_not_trusted(
    server_tls: ssl.SSLContext, security: str
) -> None:
    with SmtpTestServer(tls=server_tls, tls_at_once=security == "tls") as smtp:
        assert failure(at(smtp, security)) == ("tls", False, True)

        assert "MAIL" not in smtp.steps


def test_deliver_nothing_in_the_clear_when_encryption_was_asked_for(smtp: SmtpTestServer) -> None:
    assert failure(at(smtp, "starttls")) == ("tls", False, True)

    assert "MAIL" not in smtp.steps


def test_deliver_in_the_clear_when_that_was_asked_for(smtp: SmtpTestServer) -> None:
    assert send(at(smtp, "none")) == "250 OK, it is ours now"

    assert [received.encrypted for received in smtp.received] == [False]


def test_deliver_with_the_right_login() -> None:
    with SmtpTestServer(login=("me", "right")) as smtp:
        send(replace(at(smtp, "none"), user="me", password="right"))

        assert len(smtp.received) == 1


def test_a_wrong_login_is_no_fault_of_the_mail() -> None:
    with SmtpTestServer(login=("me", "right")) as smtp:
        server = replace(at(smtp, "none"), user="me", password="wrong")

        assert failure(server) == ("535", False, True)
        assert smtp.received == []


def test_a_missing_login_is_no_fault_of_the_mail() -> None:
    with SmtpTestServer(login=("me", "right")) as smtp:
        assert failure(at(smtp, "none")) == ("530", False, True)


def test_a_name_that_cannot_be_ours_is_no_fault_of_the_mail(smtp: SmtpTestServer) -> None:
    async def run() -> None:
        async with connected(at(smtp, "none"), "bot.test\r\nMAIL FROM:<x@example.be>"):
            pass

    with pytest.raises(DeliveryError) as caught:
        asyncio.run(run())

    assert (caught.value.permanent, caught.value.unreachable) == (False, True)
    assert "MAIL" not in smtp.steps


def test_a_host_that_cannot_be_one_is_no_fault_of_the_mail() -> None:
    server = SmtpServer("no..host", 25, "none", timeout_seconds=5)

    assert failure(server) == ("network", False, True)
