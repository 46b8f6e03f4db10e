"""How an endpoint says that it goes away: in headers that programs can read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from fastapi import Response


def deprecated(since: date, ends: date, successor: str) -> Callable[[Response], None]:
    """A dependency that marks an endpoint's answers, for ``dependencies=[Depends(deprecated(...))]``.

    Parameters
    ----------
    since : date
        From when on nobody should begin to use it (``Deprecation``, RFC 9745).
    ends : date
        When it stops to answer (``Sunset``, RFC 8594).
    successor : str
        Address of what takes its place (``Link`` with ``successor-version``, RFC 5829).

    Raises
    ------
    ValueError
        If it ends before it is deprecated.
    """
    if ends < since:
        raise ValueError("an endpoint cannot end before it is deprecated")
    begun = datetime.combine(since, time(), UTC)
    ended = datetime.combine(ends, time(), UTC)

    def mark(response: Response) -> None:
        response.headers["Deprecation"] = f"@{int(begun.timestamp())}"
        response.headers["Sunset"] = format_datetime(ended, usegmt=True)
        response.headers.append("Link", f'<{successor}>; rel="successor-version"')

    return mark
