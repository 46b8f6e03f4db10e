"""Signs bodies as helpdesks do, with OpenSSL: what people try a webhook with, and no code of ours."""

from __future__ import annotations

import base64
import subprocess
from datetime import UTC, datetime

from pydantic import SecretStr

from issuemine.config import HooksSettings

SECRETS = {"zendesk": "signing-secret", "intercom": "client-secret", "chatwoot": "webhook-secret"}


def hooks(rate_limit: str = "100000/second") -> HooksSettings:
    """All three helpdesks with two secrets each, as while one is replaced."""
    both = {name: (SecretStr(secret), SecretStr("the-one-before")) for name, secret in SECRETS.items()}
    return HooksSettings(rate_limit=rate_limit, **both)  # type: ignore[arg-type]


def signed(
    vendor: str,
    body: bytes,
    secret: str | None = None,
    time: str | None = None,
    at: datetime | None = None,
) -> dict[str, str]:
    """Headers with which a helpdesk sends a body.

    Parameters
    ----------
    vendor : str
        The helpdesk.
    body : bytes
        What it sends.
    secret : str, optional
        Default: the one that the service knows.
    time : str, optional
        The signed time as it is written; default: that of ``at``, which is now.
    """
    key, at = secret or SECRETS[vendor], at or datetime.now(UTC)
    if vendor == "zendesk":
        time = time or at.strftime("%Y-%m-%dT%H:%M:%SZ")
        made = base64.b64encode(_hmac("sha256", key, time.encode() + body)).decode()
        return {"X-Zendesk-Webhook-Signature": made, "X-Zendesk-Webhook-Signature-Timestamp": time}
    if vendor == "intercom":
        return {"X-Hub-Signature": f"sha1={_hmac('sha1', key, body).hex()}"}
    time = time or str(int(at.timestamp()))
    made = _hmac("sha256", key, f"{time}.".encode() + body).hex()
    return {"X-Chatwoot-Signature": f"sha256={made}", "X-Chatwoot-Timestamp": time}


def _hmac(digest: str, key: str, message: bytes) -> bytes:
    command = ["openssl", "dgst", f"-{digest}", "-hmac", key, "-binary"]
    return subprocess.run(command, input=message, capture_output=True, check=True).stdout  # noqa: S603
