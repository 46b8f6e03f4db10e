"""Files that cannot be read at all: one clear error each, naming the file and what to do."""

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issuemine.errors import IngestError
from tests.issuemine.ingest.conftest import ingest

Write = Callable[..., Path]
Failure = Callable[..., IngestError]
HEADER = "id,date,text\n"
ROW = "1,2021-02-23,it does not open\n"


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.parquet"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \n\n"])
def test_an_empty_file(write: Write, failure: Failure, name: str, content: bytes) -> None:
    error = failure(write(content, name))
    assert "is empty" in error.message or "Parquet" in error.message


def test_a_header_only(write: Write, failure: Failure) -> None:
    assert "no rows" in failure(write(HEADER)).message
    assert "no rows" in failure(write(HEADER + ",,\n\n")).message


def test_a_parquet_file_without_rows(tmp_path: Path, failure: Failure) -> None:
    pq.write_table(pa.table({"id": [], "date": [], "text": []}), tmp_path / "a.parquet")
    assert "no rows" in failure(tmp_path / "a.parquet").message


def test_a_binary_file(write: Write, failure: Failure) -> None:
    assert "not text" in failure(write(bytes(range(256)) * 400)).message
    assert "not text" in failure(write(b"\0" * 5000)).message
    assert "not text" in failure(write(bytes(range(256)) * 400), encoding="utf-8").message


@pytest.mark.parametrize("magic", [b"PK\x03\x04", b"\x1f\x8b\x08\x00"])
def test_a_spreadsheet_or_compressed_file(write: Write, failure: Failure, magic: bytes) -> None:
    assert "archive" in failure(write(magic + os.urandom(500))).message


def test_a_missing_text_column(write: Write, failure: Failure) -> None:
    error = failure(write("id,date,amount\n1,2021-02-23,5\n"))
    assert "amount" in error.message
    assert "[ingest.columns] body" in (error.hint or "")


def test_a_missing_date_column(write: Write, failure: Failure) -> None:
    error = failure(write("text,label\nmy card has not arrived,card_arrival\n"))
    assert "date" in error.message
    assert "[ingest.columns] created_at" in (error.hint or "")


def test_all_dates_unreadable(write: Write, failure: Failure) -> None:
    error = failure(write(HEADER + "1,last week,it does not open\n" * 20))
    assert "No date can be read" in error.message
    assert "'date'" in error.message
    assert "last week" not in str(error)


def test_all_dates_blank(write: Write, failure: Failure) -> None:
    assert "holds no value" in failure(write(HEADER + "1,,it does not open\n" * 20)).message


def test_duplicate_columns(write: Write, failure: Failure) -> None:
    error = failure(write("id,date,text,text \n1,2021-02-23,a,b\n"))
    assert "'text'" in error.message


def test_duplicate_columns_in_parquet(tmp_path: Path, failure: Failure) -> None:
    table = pa.Table.from_arrays([pa.array(["a"])] * 3, names=["date", "text", "text"])
    pq.write_table(table, tmp_path / "a.parquet")
    assert "'text'" in failure(tmp_path / "a.parquet").message


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.99])
def test_a_truncated_parquet_file(tmp_path: Path, failure: Failure, keep: float) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"id": range(999), "date": ["2021-02-23"] * 999, "text": ["it fails"] * 999}), path
    )
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    assert "truncated" in failure(path).message


def test_a_parquet_file_damaged_in_its_middle(tmp_path: Path, failure: Failure) -> None:
    path = tmp_path / "a.parquet"
    texts = [f"it fails {os.urandom(8).hex()}" for _ in range(20_000)]
    pq.write_table(pa.table({"id": range(20_000), "date": ["2021-02-23"] * 20_000, "text": texts}), path)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2000] = os.urandom(2000)
    content[200:400] = os.urandom(200)
    path.write_bytes(bytes(content))
    assert "damaged" in failure(path).message


def test_a_text_file_named_parquet(write: Write, failure: Failure) -> None:
    assert "Parquet" in failure(write(HEADER + ROW, "a.parquet")).message


def test_a_json_array_or_no_json_in_a_json_file(write: Write, failure: Failure) -> None:
    assert "JSON array" in failure(write('[{"text": "a"},\n{"text": "b"}]', "a.json")).message
    assert "JSON object" in failure(write(HEADER + ROW, "a.jsonl")).message


def test_a_file_without_a_header(write: Write, failure: Failure) -> None:
    assert "looks like data" in failure(write(ROW * 3)).message


def test_an_unreadable_file(tmp_path: Path, failure: Failure) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert "folder" in failure(tmp_path / "folder.csv").message
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    assert "no file" in failure(tmp_path / "gone.csv").message
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    assert "cannot be read" in failure(tmp_path / "loop.csv").message


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux")
def test_a_file_whose_disk_fails(tmp_path: Path, failure: Failure) -> None:
    (tmp_path / "a.csv").symlink_to("/proc/self/mem")
    assert "cannot be read" in failure(tmp_path / "a.csv").message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(write: Write, failure: Failure) -> None:
    path = write(HEADER + ROW)
    path.chmod(0)
    assert "may not be read" in failure(path).message


@pytest.mark.parametrize("delimiter", ["", "ab", '"', "\n"])
def test_an_impossible_delimiter(write: Write, delimiter: str) -> None:
    with pytest.raises(IngestError, match=r"ingest\.delimiter"):
        ingest(write(HEADER + ROW), delimiter=delimiter)


def test_a_file_of_which_no_row_can_be_read(write: Write, failure: Failure) -> None:
    assert "None of the 2 rows" in failure(write(HEADER + "1,2\n1,2\n")).message


def test_a_declared_column_or_field_that_does_not_exist(write: Write, failure: Failure) -> None:
    error = failure(write(HEADER + ROW), columns={"body": "texts"})
    assert "'texts'" in error.message
    assert "'text'" in (error.hint or "")
    with pytest.raises(IngestError, match="no field of a record"):
        ingest(write(HEADER + ROW), columns={"bodyy": "text"})


def test_a_parquet_file_whose_text_is_no_utf8(tmp_path: Path, failure: Failure) -> None:
    broken = pa.Array.from_buffers(pa.string(), 1, pa.array([b"it fails \xff"]).buffers())
    table = pa.table({"id": ["1"], "date": ["2021-02-23"], "text": broken})
    pq.write_table(table, tmp_path / "a.parquet")
    assert "damaged" in failure(tmp_path / "a.parquet").message


@given(
    rows=st.integers(1, 6),
    form=st.sampled_from(["csv", "utf-16", "cp949", "jsonl", "parquet"]),
    cuts=st.lists(
        st.tuples(st.integers(0, 2000), st.integers(0, 20), st.binary(max_size=4)), min_size=1, max_size=6
    ),
    declared=st.sampled_from([None, "utf-8", "utf-16", "cp949"]),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_of_any_sort_ends_in_records_and_rejects_or_in_one_error(
    tmp_path: Path, rows: int, form: str, cuts: list[tuple[int, int, bytes]], declared: str | None
) -> None:
    table = [{"id": at, "date": "2021-02-23", "text": f'앱이 "안", 열려요\n{at}'} for at in range(rows)]
    path = tmp_path / f"a.{form if form in ('jsonl', 'parquet') else 'csv'}"
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist(table), path)
    elif form == "jsonl":
        path.write_text("\n".join(map(json.dumps, table)))
    else:
        text = "id,date,text\n" + "".join(
            '{id},{date},"{text}"\n'.format(**row | {"text": row["text"].replace('"', '""')}) for row in table
        )
        path.write_bytes(text.encode("utf-8" if form == "csv" else form))
    content = bytearray(path.read_bytes())
    for at, length, new in cuts:
        content[at : at + length] = new
    path.write_bytes(bytes(content))
    with contextlib.suppress(IngestError):
        outcome = ingest(path, encoding=declared)
        assert outcome.rows >= len(outcome.records)
