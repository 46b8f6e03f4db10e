"""Channels that alerts are sent by."""

from __future__ import annotations

import base64
import binascii
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from issuemine.config.sections import Section
from issuemine.messages import Language, mark


class _Channel(Section):
    language: Literal["auto"] | Language = Field(
        "auto", description="Language of its messages, en or ko; auto is that of interface.language."
    )


class _Posted(_Channel):
    url: SecretStr = Field(
        description="Address to post to: https, or http to a private host. Keep it secret."
    )
    insecure: bool = Field(False, description="Post over plain http to any host.")

    @model_validator(mode="after")
    def _is_safe(self) -> _Posted:
        parts = urlsplit(self.url.get_secret_value())
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise ValueError(mark("the url must begin with https:// and name a host"))
        if parts.scheme == "http" and not (self.insecure or is_private(parts.hostname)):
            raise ValueError(mark("plain http is for private hosts; use https, or set insecure"))
        return self


class SlackChannel(_Posted):
    """A Slack-compatible incoming webhook (Slack, Mattermost, Rocket.Chat, Discord's /slack)."""

    kind: Literal["slack"] = Field(description="Which kind of channel this is.")


class WebhookChannel(_Posted):
    """Any endpoint of yours; requests are signed as Standard Webhooks say."""

    kind: Literal["webhook"] = Field(description="Which kind of channel this is.")
    secret: SecretStr = Field(description="Key of the signature: whsec_ and 24 to 64 bytes in Base64.")

    @field_validator("secret")
    @classmethod
    def _is_a_key(cls, secret: SecretStr) -> SecretStr:
        text = secret.get_secret_value().removeprefix("whsec_")
        try:
            length = len(base64.b64decode(text + "=" * (-len(text) % 4), validate=True))
        except binascii.Error:
            length = 0
        if not 24 <= length <= 64:
            raise ValueError(mark("must be whsec_ and 24 to 64 bytes in Base64: openssl rand -base64 32"))
        return secret


class EmailChannel(_Channel):
    """E-mail by SMTP."""

    kind: Literal["email"] = Field(description="Which kind of channel this is.")
    host: str = Field(description="SMTP server.")
    port: int = Field(587, ge=1, le=65535, description="Its port.")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        description="How the connection is encrypted; none does not send a password to any host "
        "but a private one.",
    )
    ca_file: Path | None = Field(None, description="Certificates to trust instead of the system's (PEM).")
    username: str | None = Field(None, description="Name to log in with; default: no login.")
    password: SecretStr | None = Field(None, description="Its password.")
    sender: str = Field(description="Address that it comes from.")
    recipients: tuple[str, ...] = Field(min_length=1, description="Addresses that it goes to.")

    @field_validator("sender", "recipients")
    @classmethod
    def _are_addresses(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for address in (value,) if isinstance(value, str) else value:
            name, at, domain = address.rpartition("@")
            if not (name and at and domain) or any(mark_.isspace() or mark_ in "<>," for mark_ in address):
                raise ValueError(mark("must be plain addresses such as support@example.com"))
        return value

    @model_validator(mode="after")
    def _keeps_its_password(self) -> EmailChannel:
        if self.username is not None and self.security == "none" and not is_private(self.host):
            raise ValueError(mark("a password needs starttls or tls"))
        if (self.username is None) != (self.password is None):
            raise ValueError(mark("username and password go together"))
        return self


class FileChannel(_Channel):
    """A file that a JSON object a line is added to."""

    kind: Literal["file"] = Field(description="Which kind of channel this is.")
    path: Path = Field(description="The file; made when missing.")


CHANNELS = (SlackChannel, WebhookChannel, EmailChannel, FileChannel)


def is_private(host: str) -> bool:
    """Whether a host is this machine, or an address that is not routed on the internet."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_private
    except ValueError:
        return False
