"""The manifests of all runs, readable while a run is at work: a file each, beside the warehouse.

The warehouse's own table of runs can only be read when nobody writes to it, and opening it would keep a
run from starting. The files are what ``issuemine runs`` reads; runs of before are taken from the snapshot.
"""

from __future__ import annotations

from typing import Any

import orjson

from issuemine.errors import DamagedError, NothingPublishedError
from issuemine.store.files import read_json, write_json
from issuemine.store.layout import Layout
from issuemine.store.lock import is_held
from issuemine.store.pointer import card, kept, served
from issuemine.store.snapshot import Snapshots


def keep_manifest(layout: Layout, manifest: dict[str, Any]) -> None:
    """Write the manifest of a run, which ``run_id`` names."""
    write_json(layout.runs / f"{manifest['run_id']}.json", manifest)


def manifests(layout: Layout) -> list[dict[str, Any]]:
    """Manifests of all runs, newest first, each with the state of its snapshot.

    Returns
    -------
    list of dict
        The fields of a ``RunManifest``, and ``snapshot``: ``served``, ``kept``, or None when the run
        published nothing or its snapshot is pruned; ``snapshot_bytes`` where one is there. A run that
        neither ended nor is at work is ``interrupted``.
    """
    found = _published(layout)
    for path in layout.runs.glob("*.json"):
        try:
            manifest = read_json(path)
        except (OSError, ValueError):
            continue
        found[path.stem] = manifest
    if any(manifest["outcome"] == "running" for manifest in found.values()) and not is_held(layout.lock):
        for manifest in found.values():
            if manifest["outcome"] == "running":
                manifest["outcome"] = "interrupted"
    current, there = served(layout), set(kept(layout))
    for run_id, manifest in found.items():
        state = "served" if run_id == current else "kept" if run_id in there else None
        manifest["snapshot"] = state if manifest["outcome"] == "done" else None
        manifest["snapshot_bytes"] = card(layout, run_id).get("bytes") if state else None
    return [found[run_id] for run_id in sorted(found, reverse=True)]


def _published(layout: Layout) -> dict[str, dict[str, Any]]:
    """Runs that the snapshot knows; none when there is no sound one."""
    try:
        rows = (
            Snapshots(layout)
            .current()
            .database.table("read/runs", {"run_id": None, "rows": 1_000_000, "skip": 0})
        )
    except (NothingPublishedError, DamagedError):
        return {}
    plain: dict[str, Any] = {"counts": {}, "seconds": {}}
    return {
        row["run_id"]: plain
        | (orjson.loads(row["manifest"]) if row["manifest"] else {})
        | {name: row[name] for name in ("run_id", "as_of", "started_at", "finished_at", "outcome")}
        for row in rows.to_pylist()
    }
