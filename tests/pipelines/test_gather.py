"""What a run takes of an export that it has read before, and how far it has read each source."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from issuemine.clean import Cleaner
from issuemine.config import Settings
from issuemine.ingest import inspect, read
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from pipelines.context import Run
from pipelines.progress import Silent
from pipelines.steps.gather import gather
from tests.pipelines.growing import Record, write

PATTERNS: dict[str, Any] = {"clean": {"redact_patterns": {"TILL": r"till \d+"}}}


def record(name: str, day: int, text: str = "The card was declined.", desk: str = "mail") -> Record:
    return {
        "ticket_id": name,
        "created_at": datetime(2026, 5, day, 9, tzinfo=UTC).isoformat(),
        "source": desk,
        "body": text,
    }


@pytest.fixture
def night(tmp_path: Path, layout: Layout, warehouse: Database) -> Any:
    """Read an export as one run, or as another attempt of one."""

    def read_in(run_id: str, *records: Record, before: Run | None = None, **changes: Any) -> Run:
        path = write(tmp_path / "records.jsonl", list(records))
        run = Run(run_id, Settings(**changes), layout, warehouse, Silent(), [path])
        run.counts |= before.counts if before is not None else {}
        gather(run, lambda _: None)
        return run

    return read_in


def texts(warehouse: Database) -> dict[str, str]:
    rows = warehouse.table("snapshot/records", {"as_of": datetime(2027, 1, 1).date()}).to_pylist()
    return {row["external_id"]: row["text"] for row in rows}


def unread(warehouse: Database, layout: Layout, path: Path, settings: Settings) -> int:
    """Rows of a file that a run would clean."""
    (batch,) = read(path, inspect(path, settings.ingest), settings.ingest)
    marks = pa.table({"position": list(range(batch.rows))}).append_column(
        "fingerprint", Cleaner(settings.clean, layout.customer_key()).fingerprints(batch.records)
    )
    return warehouse.table("records/unread", tables={"incoming": marks}).num_rows


def test_a_row_that_was_read_is_not_cleaned_again(
    night: Any, warehouse: Database, layout: Layout, tmp_path: Path
) -> None:
    night("r00001", record("a", 1), record("b", 1, "Till 7 is broken."))
    path = write(tmp_path / "next.jsonl", [record("a", 1), record("b", 1, "It works."), record("c", 2)])
    assert unread(warehouse, layout, path, Settings()) == 2
    assert unread(warehouse, layout, path, Settings(**PATTERNS)) == 3


def test_other_settings_reach_what_was_read_before(
    night: Any, warehouse: Database, layout: Layout, tmp_path: Path
) -> None:
    rows = record("a", 1), record("b", 1, "The till 7 is broken.")
    night("r00001", *rows)
    run = night("r00002", *rows, **PATTERNS)
    assert (run.counts["new_records"], run.counts["changed_records"]) == (0, 1)
    assert texts(warehouse) == {"a": "The card was declined.", "b": "The <TILL> is broken."}
    assert unread(warehouse, layout, tmp_path / "records.jsonl", Settings(**PATTERNS)) == 0


def test_a_record_may_change_back(night: Any, warehouse: Database) -> None:
    for run, text in enumerate(("It fails.", "It works.", "It fails."), start=1):
        night(f"r{run:05d}", record("a", 1, text))
        assert texts(warehouse) == {"a": text}


def test_each_source_has_its_watermark(night: Any) -> None:
    first = night("r00001", record("a", 3), record("b", 5, desk="chat"))
    assert {source: newest.day for source, newest in first.watermarks.items()} == {"chat": 5, "mail": 3}
    assert first.counts["late_records"] == 0
    second = night("r00002", record("c", 4), record("d", 4, desk="chat"), record("e", 2, desk="chat"))
    assert {source: newest.day for source, newest in second.watermarks.items()} == {"chat": 5, "mail": 4}
    assert second.counts["late_records"] == 2


def test_what_is_late_does_not_depend_on_how_often_a_run_was_cut_off(night: Any) -> None:
    night("r00001", record("a", 3))
    cut_off = night("r00002", record("b", 6), record("c", 2))
    again = night("r00002", record("b", 6), record("c", 2), record("d", 4), before=cut_off)
    assert again.counts["late_records"] == 1
    assert again.counts["new_records"] == 3
