"""What stands beside the trend of an issue stands on its day, and only within the days shown."""

from datetime import date, timedelta

from api.web.topic import marks
from issuemine.store.reading import Window

DAY = date(2026, 3, 10)
WINDOW = Window(DAY - timedelta(days=7), DAY + timedelta(days=7))


def candidate(name: str, start: int, end: int, *, ended: bool) -> dict[str, object]:
    days = {"start": DAY + timedelta(days=start), "end": DAY + timedelta(days=end)}
    return days | {"ended": ended, "sentence": name}


def test_a_change_stands_where_it_came_and_one_that_ended_at_its_end() -> None:
    point = {
        "day": DAY,
        "sentence": "point",
        "candidates": [candidate("outage", -6, -1, ended=True), candidate("release", -2, 3, ended=False)],
    }
    assert [((mark["day"] - DAY).days, mark["told"]) for mark in marks([], [point], WINDOW)] == [
        (-2, "release"),
        (-1, "outage"),
        (0, "point"),
    ]


def test_nothing_stands_outside_of_the_days_shown() -> None:
    fits = [
        candidate("before", -8, -8, ended=False),
        candidate("first", -7, -7, ended=False),
        candidate("ended since", -30, 1, ended=True),
        candidate("after", 8, 8, ended=False),
    ]
    points = [
        {"day": DAY + timedelta(days=7), "sentence": "last", "candidates": fits},
        {"day": DAY - timedelta(days=30), "sentence": "long ago", "candidates": fits[1:2]},
    ]
    told = [mark["told"] for mark in marks([], points, WINDOW)]
    assert told == ["first", "ended since", "last"]
