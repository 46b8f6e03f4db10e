"""Tidy: once a run has published, what is of no more use is deleted: old encoders' vectors, what was sent."""

from __future__ import annotations

from pathlib import Path

from issuemine.store.pointer import named_by_kept
from pipelines.context import Run
from pipelines.spaces import lexical_file
from pipelines.steps.drain import finish_draining


def tidy(run: Run) -> None:
    """Delete vectors and files of encoders that no space lives in any more, and what came by the inbox.

    What the search of a kept snapshot needs stays, so that a rollback loses nothing. Where the run is cut off
    here, the next one does it.
    """
    with run.warehouse.transaction():
        for row in run.warehouse.table("vectors/dims").to_pylist():
            run.warehouse.execute("vectors/forget", dim=row["dim"])
    _tidy_encoders(run)
    _tidy_vectors(run)
    finish_draining(run)


def _tidy_encoders(run: Run) -> None:
    """Delete fitted encoders that no space lives in and no kept snapshot is searched with."""
    searched = named_by_kept(run.layout, "encoders")
    if searched is None:
        return
    revisions = run.warehouse.table("encoders/revisions")["revision"].to_pylist()
    kept = {lexical_file(run.layout.models, revision) for revision in searched.union(revisions)}
    for file in run.layout.models.glob(lexical_file(Path(), "*").name):
        if file not in kept:
            file.unlink(missing_ok=True)


def _tidy_vectors(run: Run) -> None:
    """Delete vectors that neither a kept snapshot nor the warehouse finds texts by."""
    named = named_by_kept(run.layout, "vectors")
    if named is not None:
        named |= set(run.warehouse.table("search/files")["file"].to_pylist())
        for file in run.layout.vectors.iterdir():
            if file.stem not in named:
                file.unlink(missing_ok=True)
