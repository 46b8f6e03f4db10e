"""E-mail by SMTP: plain text, which every reader shows and no filter distrusts."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from issuemine.alerts.letter import write
from issuemine.alerts.senders.base import SendFailure
from issuemine.config import AlertsSettings, EmailChannel
from issuemine.messages import Language, mark
from issuemine.records import Delivery

_GOODBYE_SECONDS = 2.0


class MailSender:
    """Sends one message to all recipients of a channel."""

    def __init__(self, channel: EmailChannel, settings: AlertsSettings, language: Language) -> None:
        self._channel = channel
        self._settings = settings
        self._language = language

    def send(self, delivery: Delivery, seconds: float) -> None:
        """Send once; the key makes the ``Message-ID``, so that mail systems know a repeat.

        It counts as sent when the server took it for one recipient: to try again would send it twice.
        """
        message = self._message(delivery)
        try:
            server = self._connected(seconds)
            try:
                server.send_message(message)
            finally:
                _leave(server)
        except smtplib.SMTPAuthenticationError as error:
            raise SendFailure(mark("the server refuses the login"), passing=False) from error
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _refused(min(codes)) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code) from error
        except TimeoutError as error:
            raise SendFailure(mark("no answer in time"), passing=True) from error
        except ssl.SSLError as error:
            raise SendFailure(mark("the encryption cannot be trusted"), passing=False) from error
        except smtplib.SMTPNotSupportedError as error:
            raise SendFailure(mark("the server does not offer what is needed"), passing=False) from error
        except ConnectionRefusedError as error:
            raise SendFailure(mark("no connection"), passing=True) from error
        except (smtplib.SMTPException, OSError) as error:
            # smtplib tells a server that says nothing as one that hung up.
            late = isinstance(error.__context__, TimeoutError)
            reason = mark("no answer in time") if late else mark("the connection broke")
            raise SendFailure(reason, passing=True) from error

    def _connected(self, seconds: float) -> smtplib.SMTP:
        """A server that is ready to take a message."""
        channel = self._channel
        trusted = ssl.create_default_context(cafile=channel.ca_file)
        if channel.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                channel.host, channel.port, timeout=seconds, context=trusted
            )
        else:
            server = smtplib.SMTP(channel.host, channel.port, timeout=seconds)
        try:
            if channel.security == "starttls":
                server.starttls(context=trusted)
            if channel.username is not None and channel.password is not None:
                server.login(channel.username, channel.password.get_secret_value())
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, delivery: Delivery) -> EmailMessage:
        letter = write(delivery, self._settings, self._language)
        message = EmailMessage(policy=SMTP)
        message["Subject"] = letter.subject
        message["From"] = self._channel.sender
        message["To"] = ", ".join(self._channel.recipients)
        message["Date"] = format_datetime(delivery.created_at)
        message["Message-ID"] = f"<{delivery.key}@{self._channel.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Idempotency-Key"] = delivery.key
        message.set_content(letter.text() + "\n")
        message["Content-Language"] = letter.language
        return message


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; whatever the answer, the message was taken before, or was not."""
    with suppress(smtplib.SMTPException, OSError):
        if server.sock is not None:
            server.sock.settimeout(_GOODBYE_SECONDS)
        server.quit()
    server.close()


def _refused(code: int) -> SendFailure:
    reason = mark("answered with SMTP status {status}").format(status=code)
    return SendFailure(reason, passing=400 <= code < 500)
