"""Rare ways to write a date, one text at a time, by python-dateutil."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from dateutil import parser  # type: ignore[import-untyped]

from issuemine.ingest.clocks import ZONE_NAMES

_WORTH_TRYING = re.compile(
    r"^(?:(?=.*\d).*(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*"
    r"|\d{4}-\d\d-\d\d[T ]\d\d)$"
)
_DEFAULTS = (datetime(2000, 1, 1), datetime(2004, 2, 2))
_LONGEST = 60


@lru_cache(maxsize=100_000)
def read_odd(text: str) -> tuple[int, bool] | None:
    """Read a date that names its month, or an ISO date with a bare hour.

    A text in which day, month or year is missing is no date; nor is one with an unknown zone.

    Parameters
    ----------
    text : str
        Without surrounding space.

    Returns
    -------
    (int, bool) or None
        Microseconds since 1970, in UTC or, where the flag is true, in the text's own unnamed zone.
    """
    if len(text) > _LONGEST or not _WORTH_TRYING.match(text):
        return None
    try:
        # Whatever the text does not say is taken from the default: two of them tell.
        first, second = (parser.parse(text, default=default, tzinfos=_offset) for default in _DEFAULTS)
    except (ValueError, OverflowError, TypeError):
        return None
    if first != second:
        return None
    naive = first.tzinfo is None
    moment = first.replace(tzinfo=UTC) if naive else first
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1), naive


def _offset(name: str | None, seconds: int | None) -> int | None:
    """Seconds east of UTC of a zone in a text; None where the text has no zone."""
    if seconds is not None or name is None:
        return seconds
    if name.lower() not in ZONE_NAMES:
        raise ValueError("unknown time zone")
    return ZONE_NAMES[name.lower()] * 60
