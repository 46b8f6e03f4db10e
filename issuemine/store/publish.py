"""Publish: build a new snapshot file, check it, and swap the pointer to it in one atomic step.

A reader sees one whole run or the one before, never half of one. A snapshot is never changed once the
pointer has named it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa

from issuemine.config import StoreSettings
from issuemine.errors import StoreError
from issuemine.messages import say
from issuemine.store.connection import Database
from issuemine.store.layout import Layout

_PLAIN = (
    "rejects",
    "runs",
    "lineage",
    "discoveries",
    "topic_labels",
    "restatements",
    "split_topics",
    "topic_aliases",
    "topic_links",
)
_DATED = ("records", "topic_records", "topic_days", "days", "facets", "topics")


def publish(
    warehouse: Database,
    layout: Layout,
    settings: StoreSettings,
    *,
    run_id: str,
    as_of: date,
    classifiers: Sequence[str],
) -> Path:
    """Build, check and publish the snapshot of a run.

    Parameters
    ----------
    warehouse : Database
        The warehouse, after the run's last write.
    layout : Layout
        Where snapshots lie.
    settings : StoreSettings
        How many snapshots are kept.
    run_id : str
        The run; names the snapshot.
    as_of : date
        Records created later are left out.
    classifiers : sequence of str
        Revisions of the intent classifiers whose probabilities are published.

    Returns
    -------
    Path
        The published file.

    Raises
    ------
    StoreError
        If the snapshot could not be written or breaks a rule; the one before stays published.
    """
    target = layout.snapshots / f"{run_id}.duckdb"
    building = layout.snapshots / f"{run_id}.building"
    for leftover in layout.snapshots.glob("*.building*"):
        leftover.unlink()
    with Database(building, settings=settings) as snapshot:
        for name in _PLAIN:
            _copy(warehouse, snapshot, name, None)
        for name in _DATED:
            _copy(warehouse, snapshot, name, {"as_of": as_of})
        _copy(warehouse, snapshot, "mentions", {"as_of": as_of, "classifiers": list(classifiers)})
        totals = snapshot.table("snapshot/totals")
        info = {"run_id": [run_id], "as_of": [as_of]} | {name: totals[name] for name in totals.column_names}
        snapshot.create("info", pa.table(info))
        _check(snapshot)
        snapshot.checkpoint()
    _sync(building)
    os.replace(building, target)
    _point(layout, target)
    _prune(layout, settings.keep_snapshots)
    return target


def digest(path: Path) -> str:
    """BLAKE2b hash of a file, as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _copy(warehouse: Database, snapshot: Database, name: str, values: dict[str, object] | None) -> None:
    with warehouse.stream(f"snapshot/{name}", values) as rows:
        snapshot.create(name, rows)


def _check(snapshot: Database) -> None:
    broken = {rule: count for rule, count in snapshot.table("snapshot/check").to_pylist()[0].items() if count}
    if broken:
        raise StoreError(
            say("The new snapshot breaks its own rules ({broken}) and is not published.", broken=broken),
            say("The one before is still served; report this."),
        )


def _point(layout: Layout, target: Path) -> None:
    fresh = layout.pointer.with_suffix(".json.new")
    content = {"snapshot": target.name, "blake2b": digest(target)}
    fresh.write_text(json.dumps(content), encoding="utf-8")
    _sync(fresh)
    os.replace(fresh, layout.pointer)
    _sync(layout.snapshots)


def _prune(layout: Layout, keep: int) -> None:
    """Delete the oldest snapshots; a reader that still holds one open keeps reading it."""
    for old in sorted(layout.snapshots.glob("*.duckdb"))[:-keep]:
        old.unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
