"""Which id a run gets after one that was cut off."""

from datetime import UTC, date, datetime

import orjson
import pytest

from issuemine.config import StoreSettings
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.publish import publish
from pipelines.manifest import Begun, begin
from tests.issuemine.store.test_publish import fill

NOW = datetime(2027, 1, 1, tzinfo=UTC)


def ended(warehouse: Database, run_id: str, outcome: str, **manifest: object) -> None:
    told = orjson.dumps(manifest).decode()
    warehouse.execute("runs/start", {"run_id": run_id, "started_at": NOW, "manifest": told})
    if outcome != "running":
        values = {"run_id": run_id, "as_of": None, "finished_at": NOW, "outcome": outcome}
        warehouse.execute("runs/finish", values | {"manifest": told})


def test_the_first_run_is_number_one(warehouse: Database, layout: Layout) -> None:
    assert begin(warehouse, layout) == Begun("r00001")


@pytest.mark.parametrize("outcome", ["done", "failed"])
def test_a_run_that_ended_by_itself_keeps_its_id(warehouse: Database, layout: Layout, outcome: str) -> None:
    ended(warehouse, "r00001", outcome)
    assert begin(warehouse, layout) == Begun("r00002")


@pytest.mark.parametrize("outcome", ["running", "interrupted"])
def test_a_run_that_was_cut_off_is_taken_over_with_what_it_counted(
    warehouse: Database, layout: Layout, outcome: str
) -> None:
    ended(warehouse, "r00001", "failed")
    done = {"stability": {"ari": 0.9}, "written_from": {"new_records": 7}}
    ended(warehouse, "r00002", outcome, attempts=2, counts={"new_records": 7, "links": 3}, **done)
    assert begin(warehouse, layout) == Begun("r00002", 3, {"new_records": 7}, **done)
    assert warehouse.table("runs/newest")["run_id"].to_pylist() == ["r00001"]


def test_a_run_that_was_cut_off_after_it_was_published_is_done(warehouse: Database, layout: Layout) -> None:
    fill(warehouse)
    ended(warehouse, "r00001", "running", attempts=1)
    manifest = orjson.dumps({"run_id": "r00001", "counts": {"topics": 1}}).decode()
    values = {"run_id": "r00001", "as_of": date(2026, 12, 31), "finished_at": NOW, "outcome": "done"}
    publish(
        warehouse,
        layout,
        StoreSettings(),
        run_id="r00001",
        as_of=date(2026, 12, 31),
        classifiers={},
        finished=lambda _: values | {"manifest": manifest},
    )
    assert warehouse.table("runs/newest")["outcome"].to_pylist() == ["running"]
    assert begin(warehouse, layout) == Begun("r00002")
    (row,) = warehouse.table("runs/newest").to_pylist()
    assert (row["outcome"], orjson.loads(row["manifest"])["counts"]) == ("done", {"topics": 1})
