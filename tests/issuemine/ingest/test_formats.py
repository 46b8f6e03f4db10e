import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.issuemine.ingest.conftest import ingest

Write = Callable[..., Path]
ROWS = [
    {
        "id": "1",
        "date": "2021-02-23 10:00",
        "rating": "5",
        "text": 'it "opens", now',
        "store": "Seoul",
        "tags": "a,b",
    },
    {
        "id": "2",
        "date": "2021-02-24 11:00",
        "rating": "1",
        "text": "two\nlines; and |",
        "store": "",
        "tags": "",
    },
]


def delimited(rows: list[dict[str, str]], delimiter: str, end: str = "\n") -> str:
    lines = [rows[0].keys(), *(row.values() for row in rows)]
    return end.join(delimiter.join('"' + c.replace('"', '""') + '"' for c in line) for line in lines) + end


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_told(write: Write, delimiter: str, end: str) -> None:
    outcome = ingest(write(delimited(ROWS, delimiter, end)))
    assert outcome.mapped.format == ("tsv" if delimiter == "\t" else "csv")
    assert [record["body"] for record in outcome.records] == [row["text"] for row in ROWS]


@pytest.mark.parametrize(("delimiter", "declared"), [("~", "~"), ("\t", "\\t"), ("\t", "tab")])
def test_a_declared_delimiter_is_taken(write: Write, delimiter: str, declared: str) -> None:
    assert len(ingest(write(delimited(ROWS, delimiter)), delimiter=declared).records) == 2


def test_quotes_after_a_backslash_are_told_from_doubled_ones(write: Write) -> None:
    body = r'"1","2021-02-23","he said \"no, never\" to me"' + "\n"
    outcome = ingest(write('"id","date","text"\n' + body * 3))
    assert outcome.records[0]["body"] == 'he said "no, never" to me'


def test_all_formats_give_the_same_records(write: Write, tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "a.parquet")
    paths = [
        write(delimited(ROWS, ","), "a.csv"),
        write(delimited(ROWS, "\t"), "a.tsv"),
        write("\n".join(map(json.dumps, ROWS)), "a.jsonl"),
        tmp_path / "a.parquet",
    ]
    outcomes = [ingest(path) for path in paths]
    assert [outcome.mapped.format for outcome in outcomes] == ["csv", "tsv", "jsonl", "parquet"]
    assert all(outcome.records == outcomes[0].records for outcome in outcomes)
    assert (
        outcomes[0].records[0] | {"attributes": [("store", "Seoul")], "tags": ["a", "b"], "rating": 5.0}
        == (outcomes[0].records[0])
    )


def test_format_is_told_by_content_where_the_suffix_does_not_say(write: Write, tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "c.txt")
    assert ingest(tmp_path / "c.txt").mapped.format == "parquet"
    assert ingest(write("\n".join(map(json.dumps, ROWS)), "d.txt")).mapped.format == "jsonl"


def test_typed_parquet_columns_keep_their_values(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([2**60, 7], pa.int64()),
            "created_at": pa.array([datetime(2021, 2, 23, 10, tzinfo=UTC)] * 2, pa.timestamp("ns", tz="UTC")),
            "resolved_at": pa.array([date(2021, 2, 24), None]),
            "rating": pa.array([5.0, float("nan")]),
            "text": pa.array(["it does not open", "it opens"]).dictionary_encode(),
            "tags": pa.array([["a", "b"], None]),
            "user": pa.array([{"id": 5, "plan": {"tier": "pro"}}, None]),
            "store": pa.array([1.0, None]),
            "vip": pa.array([True, False]),
            "blob": pa.array([b"\xff", b"\x00"]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    outcome = ingest(tmp_path / "a.parquet")
    first, second = outcome.records
    assert outcome.mapped.date_order is None
    assert outcome.rejects == []
    assert (first["external_id"], first["rating"], first["tags"]) == (str(2**60), 5.0, ["a", "b"])
    assert first["created_at"] == datetime(2021, 2, 23, 10, tzinfo=UTC)
    assert first["resolved_at"] == datetime(2021, 2, 24, tzinfo=UTC)
    assert first["customer_ref"] == "5"
    assert dict(first["attributes"]) == {"user.plan.tier": "pro", "store": "1", "vip": "true"}
    assert (second["rating"], second["tags"], second["customer_ref"]) == (None, None, None)


def test_json_objects_within_objects_are_dotted_columns_and_long_ids_stay_exact(write: Write) -> None:
    row = {
        "id": 12345678901234567890123,
        "created": 1614074400,
        "message": {"text": "it does not open"},
        "user": {"id": 7, "email": "a@example.com"},
        "tags": ["a", "b"],
        "answers": [{"q": 1}],
        "beta": True,
    }
    outcome = ingest(write(json.dumps(row), "a.jsonl"))
    record = outcome.records[0]
    assert record["external_id"] == "12345678901234567890123"
    assert (record["body"], record["customer_ref"], record["tags"]) == ("it does not open", "7", ["a", "b"])
    assert dict(record["attributes"]) == {"answers": '[{"q": 1}]', "beta": "true"}
    assert record["created_at"] == datetime(2021, 2, 23, 10, tzinfo=UTC)


def test_keys_that_come_later_in_a_json_file_are_attributes_unless_personal(write: Write) -> None:
    base = {"id": 1, "date": "2021-02-23", "text": "it does not open"}
    rows = [base | {"id": at} for at in range(2500)] + [base | {"id": -1, "late": "x", "phone": "010"}]
    outcome = ingest(write("\n".join(map(json.dumps, rows)), "a.jsonl"))
    assert outcome.records[-1]["attributes"] == [("late", "x")]


cells = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n"), max_size=40)
bodies = cells.filter(lambda text: text.strip() and not text.strip().isdigit())


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(bodies, cells, st.sampled_from(["", "1", "4.5", "100"])), min_size=1, max_size=8),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    batch_rows=st.integers(1, 5),
)
def test_what_is_written_as_csv_is_what_is_read(
    tmp_path: Path, rows: list[Any], delimiter: str, encoding: str, batch_rows: int
) -> None:
    written = [
        {"id": f"r{at}", "date": f"2021-02-{at + 1:02}", "text": text, "place": place, "csat": csat}
        for at, (text, place, csat) in enumerate(rows)
    ]
    path = tmp_path / "a.csv"
    path.write_bytes(delimited(written, delimiter).encode(encoding))
    declared = {"external_id": "id", "created_at": "date", "body": "text", "csat": "csat"}
    outcome = ingest(path, columns=declared, batch_rows=batch_rows)
    assert outcome.rejects == []
    assert outcome.rows == len(rows)
    for row, record in zip(written, outcome.records, strict=True):
        assert record["external_id"] == row["id"]
        assert record["body"] == row["text"]
        assert record["created_at"] == datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
        assert record["csat"] == (float(row["csat"]) if row["csat"] else None)
        assert dict(record["attributes"]) == ({"place": row["place"].strip()} if row["place"].strip() else {})
