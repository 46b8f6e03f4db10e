from collections.abc import Callable
from pathlib import Path

import pytest

from issuemine.errors import IngestError
from tests.issuemine.ingest.conftest import ingest

Write = Callable[..., Path]


def export(dates: list[str]) -> str:
    return "id,date,text\n" + "".join(f'{at},"{day}",it does not open\n' for at, day in enumerate(dates))


@pytest.mark.parametrize(
    ("dates", "order", "first"),
    [
        (["03/04/2021", "25/04/2021"], "dmy", "2021-04-03"),
        (["03/04/2021", "04/25/2021"], "mdy", "2021-03-04"),
        (["03/04/21 10:00", "25/04/21 11:00"], "dmy", "2021-04-03"),
        (["05/05/2021", "06/06/2021"], "dmy", "2021-05-05"),
        (["2021-03-04", "2021/04/05"], "ymd", "2021-03-04"),
        (["1614092700", "1614092701"], "ymd", "2021-02-23"),
        (["2021-03-04", "25/04/2021"], "dmy", "2021-03-04"),
        (["99.04.25", "99.04.26"], "ymd", "1999-04-25"),
    ],
)
def test_one_file_tells_its_order(write: Write, dates: list[str], order: str, first: str) -> None:
    outcome = ingest(write(export(dates)))
    assert outcome.mapped.date_order == order
    assert outcome.records[0]["created_at"].date().isoformat() == first
    assert outcome.rejects == []


@pytest.mark.parametrize(
    "dates",
    [
        ["03/04/2021", "05/06/2021"],
        ["21.03.04", "21.05.06"],
        ["25/04/2021", "04/25/2021"],
        ["30.09.21", "28.09.21"],
    ],
)
def test_an_undecided_file_is_an_error_that_says_how_to_declare_it(
    write: Write, failure: Callable[..., IngestError], dates: list[str]
) -> None:
    error = failure(write(export(dates)))
    assert "'date'" in error.message
    assert "ingest.date_order" in (error.hint or "")


def test_the_deciding_row_may_come_last(write: Write) -> None:
    path = write(export(["03/04/2021"] * 50_500 + ["04/25/2021"]))
    outcome = ingest(path)
    assert outcome.mapped.date_order == "mdy"
    assert len(outcome.records) == 50_501


def test_all_date_columns_vote(write: Write) -> None:
    path = write("id,created_at,resolved_at,text\n1,03/04/2021,25/04/2021,it does not open\n")
    assert ingest(path).records[0]["created_at"].month == 4


@pytest.mark.parametrize(("order", "month"), [("dmy", 4), ("mdy", 3)])
def test_a_declared_order_is_taken(write: Write, order: str, month: int) -> None:
    outcome = ingest(write(export(["03/04/2021"])), date_order=order)
    assert outcome.records[0]["created_at"].month == month


def test_a_few_rows_of_another_order_are_rejected_not_swapped(write: Write) -> None:
    outcome = ingest(write(export(["25/04/2021"] * 99 + ["04/25/2021"])))
    assert outcome.mapped.date_order == "dmy"
    assert outcome.rejects == [(100, "created_at", "is no date (read as dmy)")]
