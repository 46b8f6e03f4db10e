"""Publish: build a new snapshot file, check it, and swap the pointer to it in one atomic step.

A reader sees one whole run or the one before, never half of one. A snapshot is never changed once the
pointer has named it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from issuemine.config import StoreSettings
from issuemine.errors import StoreError
from issuemine.messages import say
from issuemine.store.connection import Database
from issuemine.store.files import digest, sync, write_json
from issuemine.store.layout import Layout
from issuemine.store.pointer import point, prune, switching
from issuemine.store.searching import spaces

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
    "signals",
    "topic_states",
    "state_events",
    "topic_phrases",
    "topic_sequences",
    "sequence_basis",
    "topic_change_points",
    "topic_changes",
    "topic_places",
    "search_parts",
    "postings",
)
_DERIVED = ("topic_records", "topic_days", "days", "facets", "topics")
"""Made of tables that the new snapshot has by then, in this order."""


def publish(
    warehouse: Database,
    layout: Layout,
    settings: StoreSettings,
    *,
    run_id: str,
    as_of: date,
    classifiers: Mapping[str, str],
    finished: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None,
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
    classifiers : mapping of str to str
        Space to the revision of the intent classifier whose probabilities are published.
    finished : callable, optional
        Told the snapshot's totals; gives the values of ``runs/finish``, with which the snapshot calls its
        own run done. The warehouse does not, until the pointer has moved.

    Returns
    -------
    Path
        The published file.

    Raises
    ------
    StoreError
        If the snapshot could not be written or breaks a rule; the one before stays published.
    """
    target = layout.snapshot(run_id)
    building = layout.snapshots / f"{run_id}.building"
    for leftover in layout.snapshots.glob("*.building*"):
        leftover.unlink()
    with warehouse.attached(building, "building"):
        _copy(warehouse, as_of, classifiers)
    with Database(building, settings=settings) as snapshot:
        totals = snapshot.table("snapshot/totals")
        info = {"run_id": [run_id], "as_of": [as_of]} | {name: totals[name] for name in totals.column_names}
        snapshot.create("info", pa.table(info))
        known = totals.to_pylist()[0]
        if finished is not None:
            snapshot.execute("runs/finish", finished(known))
        searched = spaces(snapshot)
        _check(snapshot)
        snapshot.checkpoint()
    sync(building)
    blake2b = digest(building)
    now = datetime.now(UTC)
    with switching(layout):
        os.replace(building, target)
        known |= {"blake2b": blake2b, "bytes": target.stat().st_size, "published_at": now, "as_of": as_of}
        known["vectors"] = sorted(space.file for space in searched)
        known["encoders"] = sorted(space.revision for space in searched)
        write_json(layout.card(run_id), known)
        point(layout, run_id, blake2b)
        prune(layout, settings, now)
    return target


def _copy(warehouse: Database, as_of: date, classifiers: Mapping[str, str]) -> None:
    """Fill the attached file. DuckDB copies within one process, so that rows never pass through Python."""
    of_day = {"as_of": as_of}
    of_spaces = {"spaces": list(classifiers), "classifiers": list(classifiers.values())}
    with warehouse.transaction():
        for name in _PLAIN:
            warehouse.derive(f"building.{name}", f"snapshot/{name}")
        for name in ("records", "record_entities"):
            warehouse.derive(f"building.{name}", f"snapshot/{name}", of_day)
        warehouse.derive("building.mentions", "snapshot/mentions", of_day | of_spaces)
        for name in _DERIVED:
            warehouse.derive(f"building.{name}", f"snapshot/{name}")


def _check(snapshot: Database) -> None:
    broken = {rule: count for rule, count in snapshot.table("snapshot/check").to_pylist()[0].items() if count}
    if broken:
        raise StoreError(
            say("The new snapshot breaks its own rules ({broken}) and is not published.", broken=broken),
            say("The one before is still served; report this."),
        )
