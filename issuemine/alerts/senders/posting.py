"""One HTTP request, and what its answer means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from issuemine.alerts.senders.base import SendFailure
from issuemine.messages import mark

_PASSING = frozenset({408, 425, 429})
"""Refusals that are not for good; those from 500 on are not either."""
_LONGEST_WAIT = timedelta(days=1)
_USER_AGENT = "issuemine"


def post(url: str, content: bytes, headers: Mapping[str, str], seconds: float) -> None:
    """Post JSON; only an answer from 200 to 299 counts as arrived, redirects are not followed.

    Parameters
    ----------
    url : str
        Where to.
    content : bytes
        JSON.
    headers : mapping of str to str
        Further headers.
    seconds : float
        How long to wait for the connection and for each part of the answer.

    Raises
    ------
    SendFailure
        If it did not arrive, or nobody can tell.
    """
    known = {"Content-Type": "application/json", "User-Agent": _USER_AGENT}
    try:
        # The answer's body is not read: nobody needs it, and it may never end.
        with (
            httpx.Client(timeout=seconds, follow_redirects=False) as client,
            client.stream("POST", url, content=content, headers=known | dict(headers)) as answer,
        ):
            status, wait = answer.status_code, answer.headers.get("Retry-After")
    except httpx.TimeoutException as error:
        raise SendFailure(mark("no answer in time"), passing=True) from error
    except httpx.ConnectError as error:
        raise SendFailure(mark("no connection"), passing=True) from error
    except httpx.TransportError as error:
        raise SendFailure(mark("the connection broke"), passing=True) from error
    except (httpx.InvalidURL, httpx.HTTPError, UnicodeError) as error:
        raise SendFailure(mark("the address cannot be used"), passing=False) from error
    if not 200 <= status < 300:
        reason = mark("answered with HTTP status {status}").format(status=status)
        raise SendFailure(reason, passing=status >= 500 or status in _PASSING, wait=_asked(wait))


def _asked(retry_after: str | None) -> timedelta | None:
    """Seconds or a date (RFC 9110, section 10.2.3); what cannot be read counts as not sent."""
    if retry_after is None:
        return None
    try:
        if retry_after.strip().isdigit():
            wait = timedelta(seconds=min(int(retry_after), _LONGEST_WAIT.total_seconds()))
        else:
            wait = parsedate_to_datetime(retry_after) - datetime.now(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta(0)), _LONGEST_WAIT)
