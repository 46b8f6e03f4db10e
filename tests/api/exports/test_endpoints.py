"""``/v1/exports``."""

import csv
import gzip
import io
import json
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from api.exports.asking import accepted
from issuemine.store.snapshot import Snapshot


def rows(client: TestClient, address: str) -> list[dict[str, object]]:
    answer = client.get(f"/v1/exports/{address}{'&' if '?' in address else '?'}format=jsonl")
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.content.split(b"\n")[:-1]]


def test_every_published_table_is_listed_with_its_meaning_in_both_languages(
    client: TestClient, snapshot: Snapshot
) -> None:
    for language in ("en", "ko"):
        found = client.get(f"/v1/exports?lang={language}").json()
        assert {table["name"] for table in found["tables"]} == {*snapshot.database.tables(), "quotes"}
        for table in found["tables"]:
            meanings = [table["meaning"], *(column["meaning"] for column in table["columns"])]
            assert all(meanings), table["name"]
            assert all(any("가" <= letter <= "힣" for letter in told) for told in meanings) == (
                language == "ko"
            )


def test_every_table_is_the_same_in_all_formats_and_as_published(
    client: TestClient, snapshot: Snapshot
) -> None:
    for table in client.get("/v1/exports").json()["tables"]:
        name, columns = table["name"], [column["name"] for column in table["columns"]]
        parquet = pq.read_table(io.BytesIO(client.get(f"/v1/exports/{name}?format=parquet").content))
        assert parquet.column_names == columns
        if name != "quotes":
            assert parquet.num_rows == table["rows"]
            with snapshot.database.rows(name) as reader:
                as_published = reader.read_all()
            assert parquet.schema == as_published.schema
            assert sorted(map(str, parquet.to_pylist())) == sorted(map(str, as_published.to_pylist()))
        lines = rows(client, name)
        text = client.get(f"/v1/exports/{name}?format=csv").content.decode("utf-8-sig")
        cells = list(csv.DictReader(io.StringIO(text, newline="")))
        assert len(cells) == len(lines) == parquet.num_rows
        for column in columns:
            kind = parquet.schema.field(column).type
            if pa.types.is_integer(kind):
                assert [row[column] for row in lines] == parquet[column].to_pylist()
                assert [int(row[column]) if row[column] else None for row in cells] == [
                    row[column] for row in lines
                ]
            elif column.endswith("_id"):
                assert [row[column] or None for row in cells] == parquet[column].to_pylist()


def test_days_and_filters_choose_rows(client: TestClient, snapshot: Snapshot) -> None:
    last = snapshot.info["last_day"]
    first = last - timedelta(days=6)
    days = f"first={first}&last={last}"
    every = rows(client, "records")
    wanted = {row["record_id"] for row in every if row["language"] == "ko" and str(row["day"]) >= str(first)}
    assert 0 < len(wanted) < len(every)
    chosen = rows(client, f"records?language=ko&{days}")
    assert {row["record_id"] for row in chosen} == wanted
    for table in ("mentions", "topic_records"):
        of = [row for row in rows(client, table) if row["record_id"] in wanted]
        assert sorted(map(str, rows(client, f"{table}?language=ko&{days}"))) == sorted(map(str, of))
    counts = rows(client, f"topic_days?{days}")
    assert {row["day"] for row in counts} <= {str(first + timedelta(days=n)) for n in range(7)}
    topic = counts[0]["topic_id"]
    listed = client.get(f"/v1/topics/{topic}?{days}").json()
    assert sum(int(str(row["records"])) for row in counts if row["topic_id"] == topic) == listed["records"]


def test_quotes_are_those_of_the_topics(client: TestClient) -> None:
    quotes = rows(client, "quotes")
    for topic in client.get("/v1/topics?limit=5").json()["topics"]:
        told = client.get(f"/v1/topics/{topic['topic_id']}").json()["quotes"]
        mine = [quote for quote in quotes if quote["topic_id"] == topic["topic_id"]]
        assert [quote["text"] for quote in mine] == [quote["text"] for quote in told]
        assert [quote["place"] for quote in mine] == list(range(1, len(told) + 1))


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("*/*", "csv"),
        ("", "csv"),
        ("application/x-ndjson", "jsonl"),
        ("text/csv;q=0.5, application/vnd.apache.parquet", "parquet"),
        ("application/jsonl;q=odd, text/csv;q=0.1", "csv"),
    ],
)
def test_the_accept_header_chooses_where_the_address_does_not(header: str, form: str) -> None:
    assert accepted(header) == form


def test_a_file_has_a_name_and_a_copy_of_it_stays_good_in_its_format_only(
    client: TestClient, snapshot: Snapshot
) -> None:
    lines = {"Accept": "application/x-ndjson"}
    answer = client.get("/v1/exports/topics", headers=lines)
    assert answer.headers["content-type"] == "application/x-ndjson"
    named = f'attachment; filename="issuemine-{snapshot.snapshot_id}-topics.jsonl"'
    assert answer.headers["content-disposition"] == named
    assert "Accept" in answer.headers["vary"].split(", ")
    etag = {"If-None-Match": answer.headers["etag"]}
    assert client.get("/v1/exports/topics", headers=lines | etag).status_code == 304
    other = client.get("/v1/exports/topics", headers={"Accept": "text/csv"} | etag)
    assert (other.status_code, other.headers["content-type"]) == (200, "text/csv; charset=utf-8")


def test_texts_are_compressed_on_the_way_and_parquet_is_not_once_more(client: TestClient) -> None:
    packed = {"Accept-Encoding": "gzip"}
    with client.stream("GET", "/v1/exports/records?format=csv", headers=packed) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        raw = b"".join(answer.iter_raw())
    assert gzip.decompress(raw) == client.get("/v1/exports/records?format=csv").content
    assert "content-encoding" not in client.get("/v1/exports/records?format=parquet", headers=packed).headers


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("nothing", 404),
        ("sqlite_master", 404),
        ("topics?first=2026-01-01", 422),
        ("topic_days?language=ko", 422),
        ("records?first=2026-03-02&last=2026-03-01", 422),
        ("records?format=xml", 422),
        ("records?last=9999-12-31", 422),
    ],
)
def test_what_cannot_be_had_is_refused(client: TestClient, address: str, status: int) -> None:
    answer = client.get(f"/v1/exports/{address}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
