"""When alerts may be sent: quiet hours and digests, in the zone of the rule."""

from datetime import UTC, datetime
from typing import Any

import pytest

from issuemine.alerts.hours import due
from issuemine.config import AlertRule
from issuemine.records import Severity

SEOUL_NIGHT = {"quiet_hours": "22:00-08:00", "timezone": "Asia/Seoul"}


def due_at(now: str, severity: Severity = Severity.MEDIUM, **rule: Any) -> str:
    found = due(AlertRule(**rule), severity, datetime.fromisoformat(now).replace(tzinfo=UTC))
    return found.astimezone(UTC).strftime("%d %H:%M")


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-03-10 12:59", "10 12:59"),  # 21:59 in Seoul
        ("2026-03-10 13:00", "10 23:00"),  # 22:00: until 08:00 of the next day
        ("2026-03-10 18:30", "10 23:00"),  # 03:30
        ("2026-03-10 22:59", "10 23:00"),
        ("2026-03-10 23:00", "10 23:00"),  # 08:00
        ("2026-03-11 03:00", "11 03:00"),  # noon
    ],
)
def test_quiet_hours_run_past_midnight_in_their_own_zone(now: str, then: str) -> None:
    assert due_at(now, **SEOUL_NIGHT) == then


def test_quiet_hours_may_lie_within_a_day() -> None:
    assert due_at("2026-03-10 12:30", quiet_hours="12:00-13:00") == "10 13:00"
    assert due_at("2026-03-10 13:00", quiet_hours="12:00-13:00") == "10 13:00"


def test_some_severities_wake_people() -> None:
    night = "2026-03-10 18:30"
    assert due_at(night, Severity.HIGH, **SEOUL_NIGHT) == "10 18:30"
    assert due_at(night, Severity.HIGH, wakes=(), **SEOUL_NIGHT) == "10 23:00"
    assert due_at(night, Severity.LOW, wakes=("low",), **SEOUL_NIGHT) == "10 18:30"


def test_quiet_hours_end_by_the_clock_on_the_wall_when_clocks_change() -> None:
    # On 29 March 2026 clocks in Berlin go from 02:00 to 03:00: 08:00 is 06:00 UTC, not 07:00.
    rule = {"quiet_hours": "22:00-08:00", "timezone": "Europe/Berlin"}
    assert due_at("2026-03-28 22:30", **rule) == "29 06:00"
    assert due_at("2026-03-27 22:30", **rule) == "28 07:00"


def test_a_digest_waits_for_its_time() -> None:
    rule = {"mode": "digest", "digest_at": "09:00", "timezone": "Asia/Seoul"}
    assert due_at("2026-03-10 18:30", **rule) == "11 00:00"
    assert due_at("2026-03-11 00:00", **rule) == "11 00:00"
    assert due_at("2026-03-11 00:01", **rule) == "12 00:00"
    assert due_at("2026-03-11 00:01", mode="digest") == "11 00:01"


def test_no_digest_wakes_anybody() -> None:
    rule = SEOUL_NIGHT | {"mode": "digest", "digest_at": "06:00"}
    assert due_at("2026-03-10 18:30", Severity.HIGH, **rule) == "10 23:00"


def test_equal_hours_are_no_quiet_hours() -> None:
    assert due_at("2026-03-10 12:30", quiet_hours="08:00-08:00") == "10 12:30"
