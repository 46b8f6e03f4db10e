"""Drain: what was sent to the service since the last run, taken as one more input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pyarrow as pa

from issuemine.errors import DamagedError
from issuemine.ingest import KEPT
from issuemine.messages import say
from issuemine.records import REJECT_SCHEMA
from issuemine.store.inbox import SCHEMA, Inbox, Post, read_post
from pipelines.context import Run

_POSTS = 500
"""Most files that are open at a time."""


def drain(run: Run, store: Callable[[Run, pa.Table, pa.Table], None]) -> None:
    """Store the records that wait in the inbox; they are deleted there once the run has published.

    What comes while the run is at work waits for the next one. What a run published that was killed before it
    could delete it is only deleted: taken again, it could bring back what has changed since. A file that is
    damaged is put aside, and told.

    Parameters
    ----------
    run : Run
        The run.
    store : callable
        Keeps a batch: records with ``position`` and ``fingerprint``, and rejects.
    """
    inbox = Inbox(run.layout)
    waiting = _unpublished(run, inbox)
    if not waiting:
        return
    with run.reporter.stage(say("Reading what was sent"), len(waiting)) as advance:
        for posts in _batches(waiting, run.settings.ingest.batch_rows):
            records, rejects = _together(run, posts)
            positions = pa.array(range(records.num_rows), pa.int64())
            store(run, records.append_column("position", positions), rejects)
            run.add("inbox_records", records.num_rows)
            run.add("inbox_rejected", len(_rejected(rejects)))
            advance(len(posts))
    inbox.note(run.run_id, run.drained)


def finish_draining(run: Run) -> None:
    """Delete what this run has published from the inbox."""
    Inbox(run.layout).delete(run.drained)


def _unpublished(run: Run, inbox: Inbox) -> list[Post]:
    """What waits, without what runs before have published."""
    published: set[str] = set()
    for run_id, receipts in inbox.noted().items():
        if run.warehouse.value("runs/is_done", {"run_id": run_id}):
            published |= receipts
    waiting = inbox.waiting()
    inbox.delete([post for post in waiting if post.receipt_id in published])
    return [post for post in waiting if post.receipt_id not in published]


def _batches(waiting: Sequence[Post], rows: int) -> Iterator[list[Post]]:
    batch: list[Post] = []
    held = 0
    for post in waiting:
        if batch and (held + post.records > rows or len(batch) == _POSTS):
            yield batch
            batch, held = [], 0
        batch.append(post)
        held += post.records
    yield batch


def _together(run: Run, posts: Sequence[Post]) -> tuple[pa.Table, pa.Table]:
    records, rejects = [SCHEMA.empty_table()], [REJECT_SCHEMA.empty_table()]
    for post in posts:
        try:
            found = read_post(post)
        except DamagedError as error:
            aside = post.path.with_name(post.path.name + ".damaged")
            post.path.rename(aside)
            run.log.error("post damaged", receipt=post.receipt_id, message=error.message)
            run.add("inbox_damaged", 1)
            continue
        records.append(found[0])
        rejects.append(found[1])
        run.drained.append(post)
    return pa.concat_tables(records), pa.concat_tables(rejects)


def _rejected(rejects: pa.Table) -> set[tuple[str, int]]:
    """Rows that became no records: receipt and number."""
    return {(row["file"], row["row"]) for row in rejects.to_pylist() if not row["reason"].startswith(KEPT)}
