"""The export: the same bytes for the same content, every table, nothing of the clock."""

from pathlib import Path

import orjson
import pyarrow as pa
import pytest

from issuemine.store.connection import Database
from issuemine.store.export import export_lines
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshot, Snapshots
from tests.issuemine.store.test_publish import fill, put


def lines(layout: Layout, run: str = "r00003") -> list[dict[str, object]]:
    return [orjson.loads(line) for line in export_lines(Snapshot(layout.snapshot(run)))]


def test_every_table_and_row_of_the_snapshot_is_there(three: Layout) -> None:
    snapshot = Snapshots(three).current()
    rows = lines(three)
    tables = snapshot.database.tables()
    assert {"records", "mentions", "topics", "runs", "info"} <= set(tables)
    assert [name for name in tables if any(row["table"] == name for row in rows)] == list(
        dict.fromkeys(row["table"] for row in rows)
    )
    for name, count in (("records", 3), ("mentions", 4), ("topics", 1), ("topic_records", 2)):
        assert sum(row["table"] == name for row in rows) == count


def test_a_table_added_later_is_exported_without_being_named_anywhere(three: Layout) -> None:
    with Database(three.snapshot("r00001")) as database:
        database.create("later", pa.table({"b": [2, 1], "a": ["x", "y"], "c": [0.1 + 0.2, float("nan")]}))
    later = [row["row"] for row in lines(three, "r00001") if row["table"] == "later"]
    assert later == [{"b": 1, "a": "y", "c": None}, {"b": 2, "a": "x", "c": 0.3}]


def test_the_order_in_which_rows_were_stored_does_not_matter(tmp_path: Path) -> None:
    rows = {"n": [3, 1, 2], "m": pa.array([[("b", 1.0), ("a", 2.0)], None, []], pa.map_("string", "double"))}
    found = []
    for name, table in (("one", pa.table(rows)), ("two", pa.table(rows).take([2, 0, 1]))):
        path = tmp_path / name / "r00001.duckdb"
        path.parent.mkdir()
        with Database(path) as database:
            database.create("things", table)
            database.create("info", pa.table({"run_id": ["r00001"]}))
        found.append(b"".join(export_lines(Snapshot(path))))
    assert found[0] == found[1]
    assert b'"m":{"a":2.0,"b":1.0}' in found[0]


def test_of_a_run_nothing_is_told_that_depends_on_the_clock(layout: Layout, warehouse: Database) -> None:
    fill(warehouse)
    values = {"run_id": "r00001", "started_at": "2027-01-01 01:02:03Z", "manifest": "{}"}
    warehouse.execute("runs/start", values)
    manifest = orjson.dumps({"counts": {"topics": 1}, "seconds": {"embed": 3.14}}).decode()
    done = {"run_id": "r00001", "as_of": "2026-12-31", "outcome": "done", "manifest": manifest}
    warehouse.execute("runs/finish", done | {"finished_at": "2027-01-01 01:03:04Z"})
    put(warehouse, layout, "r00001")
    runs = [row["row"] for row in lines(layout, "r00001") if row["table"] == "runs"]
    assert runs == [{"run_id": "r00001", "as_of": "2026-12-31", "outcome": "done", "counts": {"topics": 1}}]


@pytest.mark.parametrize("run", ["r00001", "r00002"])
def test_an_export_can_be_repeated(three: Layout, run: str) -> None:
    assert lines(three, run) == lines(three, run)
