"""Rows that cannot be used become rejects with their number; the rows around them are read."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from issuemine.errors import IngestError
from tests.issuemine.ingest.conftest import ingest

Write = Callable[..., Path]
HEADER = "id,date,rating,text\n"
GOOD = ["1,2021-02-23,5,it does not open", "2,2021-02-24,1,it opens now"]


def around(bad: str) -> str:
    return HEADER + GOOD[0] + "\n" + bad + "\n" + GOOD[1] + "\n"


@pytest.mark.parametrize(
    ("bad", "field", "reason"),
    [
        ("x,2021-02-23,5,", "body", "is missing"),
        ("x,2021-02-23,5,   ", "body", "is missing"),
        ("x,,5,text", "created_at", "is missing"),
        ("x,n/a,5,text", "created_at", "is missing"),
        ("x,yesterday,5,text", "created_at", "is no date (read as ymd)"),
        (" ,2021-02-23,5,text", "external_id", "is missing"),
        ("x,2021-02-23,5", None, "the row has 3 cells where the header has 4"),
        ("x,2021-02-23,5,text,more", None, "the row has 5 cells where the header has 4"),
        ("x,2021-02-23,5,te\0xt", None, "the row holds NUL characters"),
        ('x,2021-02-23,5,"text', None, "the row opens a quote that is never closed"),
        ("x,2021-02-23,5," + "a" * 300_000, "body", "is longer than ingest.max_text_chars = 200000"),
        ("x,2021-02-23,5," + "a" * 3_000_000, None, "the row is longer than a row may be"),
    ],
)
def test_one_bad_row_is_one_reject(write: Write, bad: str, field: str | None, reason: str) -> None:
    outcome = ingest(write(around(bad)))
    assert [record["external_id"] for record in outcome.records] == ["1", "2"]
    assert outcome.rejects == [(2, field, reason)]
    assert outcome.rows == 3


@pytest.mark.parametrize("rating", ["abc", "500", "-1", "1e999"])
def test_an_unreadable_optional_value_is_null_and_noted_and_the_record_kept(
    write: Write, rating: str
) -> None:
    lines = "".join(f"r{at},2021-02-23,4,it opens\n" for at in range(20))
    outcome = ingest(write(around(f"x,2021-02-23,{rating},text") + lines))
    assert [record["rating"] for record in outcome.records[:3]] == [5, None, 1]
    assert outcome.rejects == [(2, "rating", "kept: is no number in its range")]


def test_a_rejected_row_has_no_notes_besides(write: Write) -> None:
    lines = "".join(f"r{at},2021-02-23,4,it opens\n" for at in range(20))
    assert ingest(write(around("x,2021-02-23,abc,") + lines)).rejects == [(2, "body", "is missing")]


def test_rows_that_start_with_nul_do_not_make_the_file_utf16(write: Write) -> None:
    outcome = ingest(write(around("\0\0x,2021-02-23,5,text") + "\0y,2021-02-23,5,text\n"))
    assert [row for row, _, why in outcome.rejects if "NUL" in why] == [2, 4]
    assert len(outcome.records) == 2


def test_blank_rows_are_no_rows(write: Write) -> None:
    outcome = ingest(write(around("\n,,,\n") + "\n\n"))
    assert (outcome.rows, outcome.rejects) == (2, [])


def test_empty_cells_beyond_the_header_do_no_harm(write: Write) -> None:
    assert len(ingest(write(around("x,2021-02-23,5,text,,"))).records) == 3


def test_an_open_quote_costs_its_own_line_only_however_long_the_file(write: Write) -> None:
    lines = [f'r{at},2021-02-23,4,"it, opens"' for at in range(10_000)]
    lines[100] = 'r100,2021-02-23,4,"it opens'
    lines[200] = 'r200,2021-02-23,4,"it opens'
    outcome = ingest(write(HEADER + "\n".join(lines) + "\n"))
    assert outcome.rows == 10_000
    assert len(outcome.records) == 9_998
    assert {row for row, _, _ in outcome.rejects} == {101, 201}


def test_a_line_of_50_megabytes_is_one_reject(write: Write) -> None:
    outcome = ingest(write(around("x,2021-02-23,5," + "a" * 50_000_000)))
    assert outcome.rejects == [(2, None, "the row is longer than a row may be")]
    assert len(outcome.records) == 2


def test_a_file_that_is_one_line_of_50_megabytes_is_an_error(
    write: Write, failure: Callable[..., IngestError]
) -> None:
    assert "longer than" in failure(write("a" * 50_000_000)).message


def test_a_quoted_cell_of_many_short_lines_beyond_the_limit_is_bounded_too(write: Write) -> None:
    bad = 'x,2021-02-23,5,"' + "word word\n" * 200_000 + '"'
    outcome = ingest(write(around(bad)))
    assert [record["external_id"] for record in outcome.records] == ["1", "2"]
    assert outcome.rejects == [
        (2, None, "the row opens a quote that is not closed within the length of a row")
    ]


def objects(*lines: object) -> str:
    return "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)


@pytest.mark.parametrize(
    "broken",
    [
        '{"id": "x", "date": "2021-02-23", "te',
        "[1, 2]",
        "null",
        "nonsense",
        '{"a": 1} {"b": 2}',
        '{"text": "\\ud800"}',
        "[" * 100_000,
        '{"id": NaN}',
    ],
)
def test_a_broken_line_of_json_is_one_reject(write: Write, broken: str) -> None:
    good = {"id": 1, "date": "2021-02-23", "text": "it does not open"}
    outcome = ingest(write(objects(good, broken, good | {"id": 2}), "a.jsonl"))
    assert [record["external_id"] for record in outcome.records] == ["1", "2"]
    assert outcome.rejects == [(2, None, "the row is not a JSON object")]


def test_a_json_line_of_50_megabytes_is_one_reject(write: Write) -> None:
    good = {"id": 1, "date": "2021-02-23", "text": "it does not open"}
    outcome = ingest(write(objects(good, good | {"text": "a" * 50_000_000}, good | {"id": 2}), "a.jsonl"))
    assert outcome.rejects == [(2, None, "the row is longer than a row may be")]
    assert [record["external_id"] for record in outcome.records] == ["1", "2"]


def test_escaped_nul_characters_in_json_and_parquet_are_rejects(write: Write, tmp_path: Path) -> None:
    good = {"id": 1, "date": "2021-02-23", "text": "it does not open"}
    rows = [good, good | {"id": 2, "text": "it \0 fails"}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    for path in (write(objects(*rows), "a.jsonl"), tmp_path / "a.parquet"):
        assert ingest(path).rejects == [(2, "body", "holds NUL characters")]


def test_keys_made_of_data_do_not_grow_without_bound(write: Write) -> None:
    rows = [{"id": at, "date": "2021-02-23", "text": "it fails", f"key{at}": 1} for at in range(2_000)]
    outcome = ingest(write(objects(*rows), "a.jsonl"))
    assert len(outcome.records) == 497
    assert outcome.rejects[0][2] == "the row brings the file to more than 500 different columns"


def test_no_text_of_a_row_is_told_in_a_reject(write: Write) -> None:
    outcome = ingest(write(around("secret,secret-date,secret,secret")))
    assert outcome.rejects
    assert "secret" not in str(outcome.rejects)


def test_row_numbers_and_records_are_the_same_for_any_batch_size(write: Write) -> None:
    lines = [f"r{at},2021-02-23,4,{'it opens' if at % 7 else ''}" for at in range(100)]
    path = write(HEADER + "\n".join(lines) + "\n")
    whole, small = ingest(path), ingest(path, batch_rows=3)
    assert whole.records == small.records
    assert whole.rejects == small.rejects == [(at + 1, "body", "is missing") for at in range(0, 100, 7)]
