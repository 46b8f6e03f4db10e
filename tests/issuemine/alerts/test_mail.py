"""E-mail against a real SMTP server on this machine."""

import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from issuemine.alerts.senders import SendFailure, sender_of
from issuemine.config import AlertsSettings
from issuemine.messages import Language
from issuemine.records import Delivery
from tests.issuemine.alerts.servers import Mailbox, free_port, mail_server
from tests.issuemine.alerts.signals import delivery, signal


def send(
    port: int, message: Delivery | None = None, *, language: Language = "en", seconds: float = 20, **more: Any
) -> None:
    channel = {"kind": "email", "host": "127.0.0.1", "port": port, "security": "none"}
    channel |= {"sender": "issues@example.com", "recipients": ["lead@example.com", "desk@example.com"]}
    settings = AlertsSettings.model_validate({"channels": {"ops": channel | more}})
    sender_of("ops", settings, language).send(message or delivery(), seconds)


def parsed(envelope: Envelope) -> EmailMessage:
    assert isinstance(envelope.content, bytes)
    found = message_from_bytes(envelope.content, policy=default)
    assert isinstance(found, EmailMessage)
    return found


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine that nobody but the test trusts, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    made = subprocess.run(  # noqa: S603 - fixed arguments
        [  # noqa: S607
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            str(folder / "key.pem"),
            "-out",
            str(folder / "cert.pem"),
        ],
        capture_output=True,
        check=False,
        timeout=60,
    )
    if made.returncode:
        pytest.skip("this openssl cannot make a certificate")
    return folder / "cert.pem", folder / "key.pem"


def context(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.load_cert_chain(*certificate)
    return found


def test_a_mail_has_all_that_readers_and_filters_look_at() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        send(port)
    (envelope,) = mailbox.mails
    assert envelope.rcpt_tos == ["lead@example.com", "desk@example.com"]
    mail = parsed(envelope)
    assert mail["Subject"] == "New: App crashes on start"
    assert mail["Message-ID"] == "<alert_0123@example.com>"
    assert mail["Idempotency-Key"] == "alert_0123"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime.isoformat() == "2020-08-05T02:15:00+00:00"
    assert mail.get_content_type() == "text/plain"
    assert "41 records on Tuesday, August 4, 2020, about 6 expected." in mail.get_content()


def test_a_korean_mail_arrives_as_it_was_written() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        send(
            port, delivery("ops", "k", delivery().mode, signal(label="앱이 자꾸 꺼집니다 😀")), language="ko"
        )
    mail = parsed(mailbox.mails[0])
    assert mail["Subject"] == "새 이슈: 앱이 자꾸 꺼집니다 😀"
    assert mail["Content-Language"] == "ko"
    assert "기록 41건" in mail.get_content()


def test_a_repeat_has_the_same_message_id() -> None:
    mailbox = Mailbox("451 try later", "250 kept")
    with mail_server(mailbox) as port:
        with pytest.raises(SendFailure) as caught:
            send(port)
        send(port)
    assert (caught.value.reason, caught.value.passing) == ("answered with SMTP status 451", True)
    assert len({parsed(mail)["Message-ID"] for mail in mailbox.mails}) == 1


def test_a_refusal_for_good_is_told_as_one() -> None:
    with mail_server(Mailbox("554 no")) as port, pytest.raises(SendFailure) as caught:
        send(port)
    assert (caught.value.reason, caught.value.passing) == ("answered with SMTP status 554", False)


class Picky(Mailbox):
    """Takes mail for some only."""

    def __init__(self, *taken: str) -> None:
        super().__init__()
        self.taken = taken

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address not in self.taken:
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        return "250 fine"


def test_a_recipient_that_is_refused_does_not_keep_the_mail_from_the_others() -> None:
    picky = Picky("desk@example.com")
    with mail_server(picky) as port:
        send(port)
    assert [mail.rcpt_tos for mail in picky.mails] == [["desk@example.com"]]
    with mail_server(Picky()) as port, pytest.raises(SendFailure, match="550") as caught:
        send(port)
    assert not caught.value.passing


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_connections_are_encrypted_and_the_login_goes_through_them(
    certificate: tuple[Path, Path], security: str
) -> None:
    logins: list[LoginPassword] = []

    def login(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        logins.append(data)
        return AuthResult(success=data.password == b"right", handled=False)

    options: dict[str, Any] = {"authenticator": login, "auth_required": True}
    if security == "tls":
        options |= {"ssl_context": context(certificate), "auth_require_tls": False}
    else:
        options |= {"tls_context": context(certificate), "require_starttls": True}
    mailbox = Mailbox()
    asked = {"security": security, "ca_file": str(certificate[0]), "username": "issues"}
    with mail_server(mailbox, **options) as port:
        send(port, **asked, password="right")  # noqa: S106
        with pytest.raises(SendFailure, match="refuses the login") as caught:
            send(port, **asked, password="wrong")  # noqa: S106
    assert not caught.value.passing
    assert {login.password for login in logins} == {b"right", b"wrong"}
    assert len(mailbox.mails) == 1


class Rude(Mailbox):
    """Takes a mail and fails at the goodbye."""

    async def handle_QUIT(self, server: Any, session: Any, envelope: Envelope) -> str:
        return "421 going down"


def test_a_mail_that_was_taken_counts_as_sent_whatever_the_goodbye() -> None:
    rude = Rude()
    with mail_server(rude) as port:
        send(port)
    assert len(rude.mails) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    certificate: tuple[Path, Path], security: str
) -> None:
    key = "ssl_context" if security == "tls" else "tls_context"
    mailbox = Mailbox()
    with mail_server(mailbox, **{key: context(certificate)}) as port, pytest.raises(SendFailure) as caught:
        send(port, security=security)
    assert caught.value.reason == "the encryption cannot be trusted"
    assert mailbox.mails == []


def test_without_encryption_on_offer_nothing_is_sent_in_the_clear() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port, pytest.raises(SendFailure, match="does not offer") as caught:
        send(port, security="starttls")
    assert not caught.value.passing
    assert mailbox.mails == []


@contextmanager
def silent_server() -> Iterator[int]:
    """Takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_server_that_says_nothing_or_is_not_there_is_told() -> None:
    with silent_server() as port, pytest.raises(SendFailure) as caught:
        send(port, seconds=0.3)
    assert (caught.value.reason, caught.value.passing) == ("no answer in time", True)
    with pytest.raises(SendFailure) as caught:
        send(free_port())
    assert (caught.value.reason, caught.value.passing) == ("no connection", True)
