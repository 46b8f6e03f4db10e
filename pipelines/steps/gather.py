"""Gather: exports in, clean records and rejects stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from issuemine.errors import IngestError, SettingsError
from issuemine.ingest import inspect, read
from issuemine.messages import say
from issuemine.records import MappedFile
from issuemine.trends.exposure import read_exposure
from pipelines.context import Run
from pipelines.steps.drain import drain

if TYPE_CHECKING:
    from issuemine.clean import Cleaner


def gather(run: Run, on_mapped: Callable[[Sequence[MappedFile]], None]) -> None:
    """Read, clean and store the records of all inputs; settle the day up to which records count.

    ``on_mapped`` is told what was recognised in the files and how many rows each had.

    Each batch is one transaction, and a record that is already there unchanged is left alone: a run that
    was cut off can simply be started again.

    Raises
    ------
    IngestError
        If a file cannot be read, there are no records at all, or too large a share of rows was rejected.
    SettingsError
        If the day that was asked for has not come yet.
    """
    if run.settings.signals.exposure is not None:
        read_exposure(Path(run.settings.signals.exposure))  # told at once where it cannot be used
    if run.inputs:
        _read(run)
    drain(run, store_batch)
    run.watermarks = {
        row["source"]: row["newest"] for row in run.warehouse.table("records/watermarks").to_pylist()
    }
    on_mapped(run.mapped)
    run.add("rows", sum(file.rows for file in run.mapped))
    run.add("rejected", sum(file.rejected for file in run.mapped))
    for name in ("new_records", "changed_records", "late_records"):
        run.add(name, 0)  # told also where there is none
    _stop_if_too_many_rejects(run)
    bounds = run.bounds()
    run.counts["future_records"] = bounds["ahead"]
    if run.as_of is None:
        run.as_of = bounds["last"]
    if run.as_of is None:
        raise IngestError(
            say("There is not a single usable record."), say("See the reasons among the rejects.")
        )
    if run.as_of > bounds["until"]:
        raise SettingsError(
            say("The day {day} has not come yet; nothing was published.", day=run.as_of),
            say("Name {until} or a day before it with --as-of.", until=bounds["until"]),
        )


def _read(run: Run) -> None:
    files = [inspect(path, run.settings.ingest) for path in run.inputs]
    # The recognisers' libraries take seconds to import: a file that cannot be read is told before that.
    from issuemine.clean import Cleaner

    key = run.settings.clean.customer_key
    secret = key.get_secret_value().encode() if key is not None else run.layout.customer_key()
    cleaner = Cleaner(run.settings.clean, secret)
    for path, mapped in zip(run.inputs, files, strict=True):
        rows = rejected = 0
        with run.reporter.stage(say("Reading {file}", file=path.name), None) as advance:
            for batch in read(path, mapped, run.settings.ingest):
                rows, rejected = rows + batch.rows, rejected + batch.rejected
                store_batch(run, _cleaned(run, cleaner, batch.records), batch.rejects)
                advance(batch.rows)
        run.mapped.append(_counted(mapped, rows, rejected))


def _cleaned(run: Run, cleaner: Cleaner, raw: pa.Table) -> pa.Table:
    """The records of rows that are not known already, each with its row's place and fingerprint.

    An export that is handed in again costs the reading of what was there, not its cleaning.
    """
    marks = pa.table({"position": pa.array(range(raw.num_rows), pa.int64())})
    marks = marks.append_column("fingerprint", cleaner.fingerprints(raw))
    unread = run.warehouse.table("records/unread", tables={"incoming": marks})["position"]
    marks, records = marks.take(unread), cleaner.clean(raw.take(unread))
    for name in marks.column_names:
        records = records.append_column(name, marks[name])
    return records


def store_batch(run: Run, records: pa.Table, rejects: pa.Table) -> None:
    """Keep a batch: records with ``position`` and ``fingerprint``, and rejects."""
    with run.warehouse.transaction():
        if rejects.num_rows:
            run.warehouse.execute(
                "records/insert_rejects", {"run_id": run.run_id}, tables={"incoming": rejects}
            )
        if records.num_rows:
            incoming, this = {"incoming": records}, {"run_id": run.run_id}
            run.warehouse.execute("records/stage", tables=incoming)
            staged = run.warehouse.table("records/staged_counts").to_pylist()[0]
            run.add("late_records", run.warehouse.value("records/late", this))
            for part in ("assignments", "members", "anchors", "curated", "mentions", "changed"):
                run.warehouse.execute(f"records/forget_{part}")
            run.warehouse.execute("records/insert")
            run.warehouse.execute("records/recognise", tables=incoming)
            run.warehouse.execute("records/advance", this | {"latest": run.started_at + timedelta(days=1)})
            run.add("new_records", staged["new"])
            run.add("changed_records", staged["changed"])
            run.keep()


def _counted(mapped: MappedFile, rows: int, rejected: int) -> MappedFile:
    return replace(mapped, rows=rows, rejected=rejected)


def _stop_if_too_many_rejects(run: Run) -> None:
    rows, rejected = run.counts["rows"], run.counts["rejected"]
    most = run.settings.ingest.max_reject_share
    if rows and rejected / rows > most:
        raise IngestError(
            say(
                "{rejected:,} of {rows:,} rows were rejected, more than the {most:.0%} "
                "allowed; nothing was published.",
                rejected=rejected,
                rows=rows,
                most=most,
            ),
            say(
                "Look at the reasons below, mend the files or the mapping, or raise ingest.max_reject_share."
            ),
        )
