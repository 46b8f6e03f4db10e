"""Tidy: once a run has published, what is of no more use is deleted: old encoders' vectors, what was sent."""

from __future__ import annotations

from pathlib import Path

from pipelines.context import Run
from pipelines.spaces import lexical_file
from pipelines.steps.drain import finish_draining


def tidy(run: Run) -> None:
    """Delete vectors and files of encoders that no space lives in any more, and what came by the inbox.

    Snapshots hold neither, so that a rollback loses nothing. Where the run is cut off here, the next one
    does it.
    """
    with run.warehouse.transaction():
        for row in run.warehouse.table("vectors/dims").to_pylist():
            run.warehouse.execute("vectors/forget", dim=row["dim"])
    revisions = run.warehouse.table("encoders/revisions")["revision"].to_pylist()
    kept = {lexical_file(run.layout.models, revision) for revision in revisions}
    for file in run.layout.models.glob(lexical_file(Path(), "*").name):
        if file not in kept:
            file.unlink(missing_ok=True)
    finish_draining(run)
