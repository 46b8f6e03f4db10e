from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuemine.errors import IngestError
from issuemine.ingest.dates import parse_times

DAY = datetime(2021, 2, 23, tzinfo=UTC)
MOMENT = datetime(2021, 2, 23, 15, 5, tzinfo=UTC)


def parsed(text: str | float, order: str = "ymd", timezone: str = "UTC") -> datetime | None:
    return parse_times(pa.array([text]), order, timezone).to_pylist()[0]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021-02-23", DAY),
        (" 2021/02/23 ", DAY),
        ("2021.02.23", DAY),
        ("2021. 2. 23.", DAY),
        ("2021년 2월 23일", DAY),
        ("2021년02월23일", DAY),
        ("2021. 2. 23. (화)", DAY),
        ("2021-02-23 화요일", DAY),
        ("20210223", DAY),
        ("23 Feb 2021", DAY),
        ("Feb 23, 2021", DAY),
        ("February 23rd 2021", DAY),
        ("Tuesday, 23 February 2021", DAY),
        ("23-Feb-21", DAY),
        ("2021-02-23T15:05:00Z", MOMENT),
        ("2021-02-23 15:05", MOMENT),
        ("2021-02-23T15:05:00.000Z", MOMENT),
        ("20210223T150500Z", MOMENT),
        ("20210223150500", MOMENT),
        ("2021-02-24T00:05:00+09:00", MOMENT),
        ("2021-02-24T00:05:00+0900", MOMENT),
        ("2021-02-23 10:05:00-05", MOMENT),
        ("2021-02-24 00:05 KST", MOMENT),
        ("2021-02-24 00:05 GMT+9", MOMENT),
        ("2021-02-23 3:05 PM", MOMENT),
        ("2021-02-23, 03:05:00 p.m.", MOMENT),
        ("2021.02.23 15:05", MOMENT),
        ("2021. 2. 23. 오후 3:05", MOMENT),
        ("2021년 2월 23일 오후 3시 5분", MOMENT),
        ("2021년 2월 23일 15시 05분 00초", MOMENT),
        ("Feb 23, 2021 at 3:05 PM", MOMENT),
        ("Tue, 23 Feb 2021 15:05:00 +0000", MOMENT),
        ("Tue Feb 23 15:05:00 UTC 2021", MOMENT),
        ("Wed Feb 24 00:05:00 KST 2021", MOMENT),
        ("Wed Feb 24 2021 00:05:00 GMT+0900 (Korean Standard Time)", MOMENT),
        ("23 Feb 2021 15h05 UTC", MOMENT),
        ("2021-02-23T15", MOMENT.replace(minute=0)),
        ("23 Feb 2021 15h05m00s", MOMENT),
        ("202102231505", MOMENT),
        ("20210224T000500+0900", MOMENT),
        ("1614092700", MOMENT),
        ("1614092700.0", MOMENT),
        ("1614092700000", MOMENT),
        ("1614092700000000", MOMENT),
        (1614092700, MOMENT),
        (1614092700000, MOMENT),
        (1614092700.0, MOMENT),
        ("2021. 2. 23. 오전 12:30", DAY.replace(minute=30)),
        ("2021. 2. 23. 오후 12:30", DAY.replace(hour=12, minute=30)),
        ("2021-02-23 12:30 AM", DAY.replace(minute=30)),
        ("2021-02-23T15:05:00.123456Z", MOMENT.replace(microsecond=123456)),
        ("2021-02-23T15:05:00,5", MOMENT.replace(microsecond=500000)),
        ("2021-02-23T15:05:00.123456789Z", MOMENT.replace(microsecond=123456)),
    ],
)
def test_each_way_to_write_a_moment_is_read(text: str | float, moment: datetime) -> None:
    assert parsed(text) == moment


@pytest.mark.parametrize(
    ("text", "order", "month", "day"),
    [
        ("03/04/2021", "dmy", 4, 3),
        ("03/04/2021", "mdy", 3, 4),
        ("3.4.21", "dmy", 4, 3),
        ("3-4-21", "mdy", 3, 4),
        ("21.03.04", "ymd", 3, 4),
        ("2021-03-04", "dmy", 3, 4),
        ("2021/03/04", "mdy", 3, 4),
        ("21년 3월 4일", "dmy", 3, 4),
    ],
)
def test_the_order_settles_numbers_whose_year_is_not_in_front(
    text: str, order: str, month: int, day: int
) -> None:
    assert parsed(text, order) == datetime(2021, month, day, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "soon",
        "Monday",
        "Feb 2021",
        "12",
        "12:30",
        "2021",
        "2021-13-01",
        "2021-02-30",
        "2021-00-10",
        "31/02/2021",
        "2021-02-23 25:00",
        "2021-02-23 10:61",
        "0001-01-01",
        "9999-12-31",
        "05/06/07/08",
        "12345",
        "123456789012345678901",
        "2021-02-23 maybe",
        "1,614,092,700",
        "23 Foo 2021",
        "2021-02-23 10:00 XYZ",
        "23 Feb 2021 10h00 XYZ",
        "x" * 5000,
        "9" * 19,
        "the 5 of may",
    ],
)
@pytest.mark.parametrize("order", ["ymd", "dmy"])
def test_what_is_no_whole_date_is_null(text: str, order: str) -> None:
    assert parsed(text, order) is None


def test_an_impossible_date_is_not_rescued_by_swapping_day_and_month() -> None:
    assert parsed("25/13/2021", "dmy") is None
    assert parsed("02/25/2021", "dmy") is None
    assert parsed("25/02/2021", "mdy") is None
    assert parsed("25/02/2021", "ymd") is None


def test_nulls_stay_nulls_and_the_column_keeps_its_length() -> None:
    column = pa.array([None, "2021-02-23", "2021-02-23", "no", None])
    assert parse_times(column, "ymd", "UTC").to_pylist() == [None, DAY, DAY, None, None]
    assert parse_times(pa.array([], pa.string()), "ymd", "Asia/Seoul").to_pylist() == []
    assert parse_times(pa.nulls(2, pa.string()), "ymd", "Asia/Seoul").to_pylist() == [None, None]


def test_arrow_dates_and_times_keep_their_meaning() -> None:
    assert parse_times(pa.array([DAY.date(), None]), "ymd", "UTC").to_pylist() == [DAY, None]
    naive = pa.array([np.datetime64("2021-02-24T00:05:00", "ns")])
    assert parse_times(naive, "ymd", "Asia/Seoul").to_pylist() == [MOMENT]
    aware = pa.array([MOMENT], pa.timestamp("ms", tz="America/New_York"))
    assert parse_times(aware, "ymd", "Asia/Seoul").to_pylist() == [MOMENT]


@given(
    st.lists(st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31)), min_size=1, max_size=20),
    st.sampled_from(["UTC", "Asia/Seoul", "Europe/London", "America/New_York", "Asia/Kathmandu"]),
)
def test_naive_times_are_those_of_the_zone(moments: list[datetime], timezone: str) -> None:
    texts = pa.array([moment.isoformat(" ") for moment in moments])
    expected = [moment.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC) for moment in moments]
    assert parse_times(texts, "ymd", timezone).to_pylist() == expected


@given(st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31)), st.sampled_from(["ymd", "dmy", "mdy"]))
def test_a_date_written_in_an_order_is_read_in_it(moment: datetime, order: str) -> None:
    pattern = {"ymd": "%Y.%m.%d %H:%M", "dmy": "%d/%m/%Y %H:%M", "mdy": "%m-%d-%Y %I:%M %p"}[order]
    assert parsed(moment.strftime(pattern), order) == moment.replace(second=0, microsecond=0, tzinfo=UTC)


def test_an_unknown_zone_is_an_error_that_names_the_setting() -> None:
    with pytest.raises(IngestError, match=r"ingest\.timezone"):
        parsed("2021-02-23 10:00", timezone="Mars/Olympus")
