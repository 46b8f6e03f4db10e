"""What helpdesks sign, and how: each check tells whether one of the secrets has made the signature.

All are message authentication codes of the body's bytes (HMAC, RFC 2104) and are compared in constant time.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.datastructures import Headers


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a helpdesk signs.

    Parameters
    ----------
    header, time_header : str
        Where the signature stands and, where there is one, the time that is signed with it.
    sign : callable
        Gives the signature of a secret, a time as written and a body.
    """

    header: str
    time_header: str | None
    sign: Callable[[bytes, bytes, bytes], bytes]

    def fits(self, headers: Headers, body: bytes, secrets: Sequence[bytes]) -> bool:
        """Whether one of the secrets has signed this."""
        given = headers.get(self.header, "").encode("latin-1")
        time = headers.get(self.time_header, "").encode("latin-1") if self.time_header else b""
        # All are compared: how long it takes does not depend on which secret it was.
        return sum(hmac.compare_digest(given, self.sign(secret, time, body)) for secret in secrets) > 0

    def age(self, headers: Headers, now: datetime) -> float | None:
        """Seconds since it was signed; None where no time is signed, infinite where it is none."""
        if self.time_header is None:
            return None
        written = headers.get(self.time_header, "")
        try:
            if written.isascii() and written.isdigit():
                signed = datetime.fromtimestamp(int(written), UTC)
            else:
                signed = datetime.fromisoformat(written)
                signed = signed if signed.tzinfo else signed.replace(tzinfo=UTC)
            return abs((now - signed).total_seconds())
        except (ValueError, OverflowError, OSError):
            return float("inf")


def _zendesk(secret: bytes, time: bytes, body: bytes) -> bytes:
    """Zendesk developer documentation, "Verifying webhook authenticity": Base64 of time and body."""
    return base64.b64encode(hmac.digest(secret, time + body, "sha256"))


def _intercom(secret: bytes, _: bytes, body: bytes) -> bytes:
    """Intercom developer documentation, "Webhook Notifications", part "Signed Notifications"."""
    return b"sha1=" + hmac.digest(secret, body, "sha1").hex().encode()


def _chatwoot(secret: bytes, time: bytes, body: bytes) -> bytes:
    """Chatwoot developer documentation, "Webhook object", field ``secret``: time, a dot and the body."""
    return b"sha256=" + hmac.digest(secret, time + b"." + body, "sha256").hex().encode()


SCHEMES: Mapping[str, Scheme] = {
    "zendesk": Scheme("X-Zendesk-Webhook-Signature", "X-Zendesk-Webhook-Signature-Timestamp", _zendesk),
    "intercom": Scheme("X-Hub-Signature", None, _intercom),
    "chatwoot": Scheme("X-Chatwoot-Signature", "X-Chatwoot-Timestamp", _chatwoot),
}
"""By the names that helpdesks have in the settings of ``hooks``."""
