"""When a space is discovered anew."""

from dataclasses import replace
from datetime import date, timedelta

from issuemine.config import DiscoverSettings
from issuemine.discover import LastDiscovery, Reason, reason_to_discover

DAY = date(2026, 3, 1)
LAST = LastDiscovery(DAY, mentions=1_000, topics=20, recent=400, unassigned=20, drift=0.01)


def told(
    last: LastDiscovery | None, mentions: int, day: date = DAY, asked: bool = False, **changes: object
) -> Reason | None:
    settings = DiscoverSettings(**changes)  # type: ignore[arg-type]
    return reason_to_discover(last, mentions, day, settings, asked=asked)


def test_the_first_time_and_when_asked() -> None:
    assert told(None, 10) is Reason.FIRST
    assert told(LAST, 1_001) is None
    assert told(LAST, 1_001, asked=True) is Reason.ASKED


def test_when_there_is_about_twice_as_much() -> None:
    assert told(LAST, 1_899) is None
    assert told(LAST, 1_900) is Reason.GROWTH
    assert told(LAST, 1_500, rediscover_growth=1.5) is Reason.GROWTH


def test_when_nothing_was_found_and_there_is_more() -> None:
    nothing = replace(LAST, mentions=4, topics=0)
    assert told(nothing, 4) is None
    assert told(nothing, 5) is Reason.GROWTH


def test_when_the_time_has_come() -> None:
    later = DAY + timedelta(days=90)
    assert told(LAST, 1_100, later) is None
    assert told(LAST, 1_100, later, rediscover_days=90) is Reason.SCHEDULE


def test_when_drift_says_so_but_not_on_the_same_mentions() -> None:
    lost, moved = replace(LAST, unassigned=150), replace(LAST, drift=0.3)
    assert told(lost, 1_300) is Reason.UNASSIGNED
    assert told(moved, 1_300) is Reason.DRIFT
    assert told(lost, 1_100) is None
    assert told(moved, 1_100) is None
    assert told(replace(lost, recent=50, unassigned=40), 1_300) is None
