"""Time zones without a zone database of the system: offsets of local times, and zone names in texts."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from issuemine.errors import IngestError
from issuemine.messages import say

ZONE_NAMES = {
    "z": 0,
    "utc": 0,
    "gmt": 0,
    "kst": 540,
    "jst": 540,
    "cet": 60,
    "cest": 120,
    "bst": 60,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
}
"""Minutes east of UTC of the abbreviations that exports use (American ones where several exist)."""

_STEP = 15 * 60 * 1_000_000


def zone(name: str) -> ZoneInfo:
    """Look up an IANA zone.

    Raises
    ------
    IngestError
        If there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise IngestError(
            say("ingest.timezone is {name!r}, which is no time zone.", name=name),
            say('Set it to an IANA name such as "UTC", "Asia/Seoul" or "Europe/London".'),
        ) from error


def offset_minutes(text: str) -> int:
    """Minutes east of UTC of a zone as written: ``Z``, ``KST``, ``+09:00``, ``GMT+9``, ``-0330``."""
    bare = text.strip().lower()
    if bare in ZONE_NAMES:
        return ZONE_NAMES[bare]
    digits = bare.removeprefix("utc").removeprefix("gmt")
    sign = -1 if digits.startswith("-") else 1
    hours, colon, minutes = digits[1:].partition(":")
    if not colon and len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    return sign * (int(hours) * 60 + int(minutes or 0))


def to_utc(local: npt.NDArray[np.int64], name: str) -> npt.NDArray[np.int64]:
    """Turn wall-clock times of a zone into UTC, both in microseconds since 1970.

    A time that occurs twice (clocks going back) is taken as the first; one that never occurs (clocks going
    forward) is moved on by the gap. Offsets are looked up once per quarter of an hour, on whose bounds all
    present-day zones change.
    """
    if name == "UTC" or not len(local):
        return local
    tz = zone(name)
    quarters, where = np.unique(local // _STEP, return_inverse=True)
    epoch = datetime(1970, 1, 1)
    offsets = np.empty(len(quarters), dtype=np.int64)
    for at, quarter in enumerate(quarters.tolist()):
        wall = epoch + timedelta(microseconds=quarter * _STEP)
        offset = wall.replace(tzinfo=tz).utcoffset()
        offsets[at] = 0 if offset is None else offset // timedelta(microseconds=1)
    shifted: npt.NDArray[np.int64] = local - offsets[where]
    return shifted
