"""What texts name is found once for each record, however many there are."""

from datetime import UTC, date, datetime

import pytest

from issuemine.config import Settings
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from pipelines.context import Run
from pipelines.progress import Silent
from pipelines.steps import causes
from tests.issuemine.store.rows import records
from tests.issuemine.store.test_records import take

DAY = {"as_of": date(2026, 2, 1)}


@pytest.fixture
def run(warehouse: Database, layout: Layout, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(causes, "_ROWS", 2)
    return Run("r00001", Settings(), layout, warehouse, Silent(), [])


def named(run: Run) -> dict[str, dict[str, str]]:
    rows = run.warehouse.table("snapshot/record_entities", DAY).to_pylist()
    return {row["record_id"]: dict(row["entities"]) for row in rows}


def test_records_of_all_chunks_are_looked_at(run: Run) -> None:
    texts = [f"Error E{number}00 since version 5.{number}.1" for number in range(1, 6)]
    take(run.warehouse, records(*({"record_id": f"r{at}", "text": text} for at, text in enumerate(texts))))
    causes.find_entities(run)
    assert sorted(named(run)) == [f"r{at}" for at in range(5)]
    assert named(run)["r2"]["version"] == "5.3.1"
    assert run.warehouse.table("causes/without_entities", {"revision": "other", "rows": 9}).num_rows == 5


def test_a_changed_record_names_what_it_says_now(run: Run) -> None:
    changed = {"record_id": "r0", "updated_at": datetime(2026, 1, 2, tzinfo=UTC)}
    take(run.warehouse, records({"record_id": "r0", "text": "Version 5.1.1 crashes"}))
    causes.find_entities(run)
    take(run.warehouse, records(changed | {"content_hash": "b", "text": "Version 6.2.1 crashes"}))
    causes.find_entities(run)
    assert list(named(run)) == ["r0"]
    assert named(run)["r0"]["version"] == "6.2.1"
