"""When a delivery that failed is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

_FIRST = timedelta(minutes=1)
_LONGEST = timedelta(hours=6)


def next_attempt(failed: int, now: datetime, wait: timedelta | None = None) -> datetime:
    """The time before which it is left alone: 1, 2, 4, ... minutes, at most six hours.

    Parameters
    ----------
    failed : int
        Attempts that have failed, from 1.
    now : datetime
        When the last one did.
    wait : timedelta, optional
        What the receiver asked for, if that is longer.
    """
    pause = min(_FIRST * (1 << min(failed - 1, 16)), _LONGEST)
    return now + max(pause, wait or timedelta(0))
