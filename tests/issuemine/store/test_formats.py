"""What is written as CSV, JSON Lines and Parquet reads back as the table."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuemine.store.formats import Format, encoded, harmless

EVIL = [
    "=1+1",
    "+82 10",
    "-5",
    "@SUM(A1)",
    "＝1",
    "\tx",
    "\rx",
    "\n=x",
    "  =1",
    "'=1",
    "''-",
    "'quoted'",
    "a=1",
]
EVIL += ['"', ",", "a\r\nb", "", "환불 👩‍👩‍👧", "\u00a0=1"]
TABLE = pa.table(
    {
        "text": pa.array([*EVIL, None]),
        "number": pa.array([-1.5, *(0.1 + n for n in range(len(EVIL)))]),
        "similarity": pa.array([0.9] * (len(EVIL) + 1), pa.float32()),
        "whole": pa.array([None, *range(-3, len(EVIL) - 3)], pa.int64()),
        "said": pa.array([True, None, *[False] * (len(EVIL) - 1)]),
        "day": pa.array([date(2026, 3, 1)] * len(EVIL) + [None], pa.date32()),
        "at": pa.array(
            [datetime(2026, 3, 1, 9, 0, 0, 250_000, UTC), None] * (len(EVIL) // 2)
            + [None] * (len(EVIL) % 2 + 1),
            pa.timestamp("us", "UTC"),
        ),
        "tags": pa.array([["=a", 'b"'], None, *[[]] * (len(EVIL) - 1)], pa.list_(pa.string())),
        "attributes": pa.array(
            [[("plan", "=pro")], None, *[[]] * (len(EVIL) - 1)], pa.map_(pa.string(), pa.string())
        ),
        "places": pa.array(
            [[{"start": 1, "end": 2}], *[None] * len(EVIL)],
            pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())])),
        ),
    }
)


def written(table: pa.Table, form: Format, rows: int = 4) -> bytes:
    reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(rows))
    return b"".join(encoded(reader, form))


def plain(text: str) -> str:
    """A text of a cell without what was put before it, by the rule as it is documented."""
    begins = r"'*([\s\u00a0]*[-=+@＝＋－＠]|[\t\r\n])"
    return text[1:] if text.startswith("'") and re.match(begins, text[1:]) else text


def plainly(table: pa.Table) -> list[dict[str, object]]:
    """Rows as JSON holds them."""
    rows = table.to_pylist(maps_as_pydicts="strict")
    return [
        row
        | {"day": row["day"] and row["day"].isoformat()}
        | {"at": row["at"] and row["at"].isoformat().replace("+00:00", "Z")}
        for row in rows
    ]


def test_parquet_reads_back_as_the_table_with_its_types() -> None:
    found = pq.read_table(io.BytesIO(written(TABLE, "parquet")))
    assert found.schema == TABLE.schema
    assert found.equals(TABLE)


def test_json_lines_read_back_as_the_table() -> None:
    lines = written(TABLE, "jsonl").decode().splitlines()
    assert [json.loads(line) for line in written(TABLE, "jsonl").split(b"\n")[:-1]] == plainly(TABLE)
    assert len(lines) >= TABLE.num_rows


def test_csv_reads_back_as_the_table() -> None:
    text = written(TABLE, "csv").decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert written(TABLE, "csv").startswith(b"\xef\xbb\xbf")
    for cells, row in zip(found, plainly(TABLE), strict=True):
        assert plain(cells["text"]) == (row["text"] or "")
        for name in ("tags", "attributes", "places"):
            assert (json.loads(cells[name]) if cells[name] else None) == row[name]
        for name in ("number", "whole"):
            assert (float(cells[name]) if cells[name] else None) == row[name]
        assert cells["similarity"] == "0.9"
        assert cells["said"] == {True: "true", False: "false", None: ""}[row["said"]]  # type: ignore[index]
        assert cells["day"] == (row["day"] or "")
        at = cells["at"] and datetime.fromisoformat(cells["at"]).isoformat().replace("+00:00", "Z")
        assert at == (row["at"] or "")


def test_what_is_missing_can_be_told_from_what_is_empty_in_csv() -> None:
    table = pa.table({"a": pa.array(["", None]), "b": ["x", "y"]})
    assert written(table, "csv").decode("utf-8-sig") == '"a","b"\n"","x"\n,"y"\n'


@given(st.lists(st.text()))
def test_no_text_begins_as_a_formula_and_each_can_be_had_back(texts: list[str]) -> None:
    found = harmless(pa.array(texts, pa.string())).to_pylist()
    for cell, text in zip(found, texts, strict=True):
        assert not re.match(r"\s*[-=+@＝＋－＠]", cell)
        assert plain(cell) == text


@pytest.mark.parametrize("text", EVIL)
def test_each_way_to_begin_a_formula_is_met(text: str) -> None:
    (cell,) = harmless(pa.array([text])).to_pylist()
    changed = bool(re.match(r"'*([\s\u00a0]*[-=+@＝]|[\t\r\n])", text))
    assert cell == (f"'{text}" if changed else text)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_table_without_rows_is_a_file_too(form: Format) -> None:
    data = written(TABLE.slice(0, 0), form)
    if form == "parquet":
        assert pq.read_table(io.BytesIO(data)).schema == TABLE.schema
    else:
        assert data.decode("utf-8-sig").count("\n") == (form == "csv")
