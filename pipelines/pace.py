"""Steps of a replay."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """Time from one night of a replay to the next."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
