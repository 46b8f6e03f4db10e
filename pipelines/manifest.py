"""How a run begins and ends: its id, its row in the warehouse, its manifest in a file beside it."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from issuemine.errors import DamagedError, NothingPublishedError
from issuemine.records import RunManifest
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.manifests import keep_manifest
from issuemine.store.pointer import pointed
from issuemine.store.snapshot import Snapshot
from pipelines.context import Run

OUTCOMES = ("done", "failed", "interrupted")
_VERSIONED = ("issuemine", "bertopic", "duckdb", "sentence-transformers", "spacy", "torch")
_CARRIED = (
    "new_records",
    "changed_records",
    "late_records",
    "new_mentions",
    "encoded_texts",
    "indexed_texts",
    "topics",
    "restated_mentions",
)
"""Counts that go on where the attempt before was cut off; ``Run.keep`` keeps them safe."""


@dataclass(frozen=True)
class Begun:
    """A run that has its id: a new one, or that of a run that was cut off."""

    run_id: str
    attempts: int = 1
    counts: dict[str, int] = field(default_factory=dict)
    stability: dict[str, float] = field(default_factory=dict)
    written_from: dict[str, Any] | None = None


def number_of(run_id: str) -> int:
    """The number in a run's id."""
    return int(run_id[1:])


def begin(database: Database, layout: Layout) -> Begun:
    """The id of the run that begins: that of the last one if it was cut off, else the next.

    So ids in the data do not depend on how often a run was cut off. A run that was cut off after its
    snapshot was published is done.
    """
    rows = database.table("runs/newest").to_pylist()
    if not rows:
        return Begun("r00001")
    last = rows[0]
    if last["outcome"] == "running" and (values := _published(layout, last["run_id"])) is not None:
        database.execute("runs/finish", values)
        keep_manifest(layout, orjson.loads(values["manifest"]))
    elif last["outcome"] in ("running", "interrupted"):
        before = orjson.loads(last["manifest"]) if last["manifest"] else {}
        counts = {name: before["counts"][name] for name in _CARRIED if name in before.get("counts", {})}
        database.execute("runs/forget_rejects", {"run_id": last["run_id"]})
        database.execute("runs/forget", {"run_id": last["run_id"]})
        return Begun(
            last["run_id"],
            before.get("attempts", 1) + 1,
            counts,
            before.get("stability", {}),
            before.get("written_from"),
        )
    return Begun(f"r{number_of(last['run_id']) + 1:05d}")


def start(run: Run) -> None:
    """Note that the run is at work."""
    manifest = manifest_of(run, "running")
    values = {"run_id": run.run_id, "started_at": run.started_at, "manifest": as_json(manifest)}
    run.warehouse.execute("runs/start", values)
    keep_manifest(run.layout, asdict(manifest))


def finish(run: Run, outcome: str, error: BaseException | None = None) -> RunManifest:
    """Note how the run ended."""
    manifest = manifest_of(run, outcome, type(error).__name__ if error is not None else None)
    keep_manifest(run.layout, asdict(manifest))
    run.warehouse.execute("runs/finish", row(manifest))
    return manifest


def manifest_of(run: Run, outcome: str, error: str | None = None) -> RunManifest:
    """The manifest of a run as it is now."""
    return RunManifest(
        run_id=run.run_id,
        as_of=run.as_of,
        started_at=run.started_at,
        finished_at=None if outcome == "running" else datetime.now(UTC),
        outcome=outcome,
        inputs=tuple(run.mapped),
        watermarks=dict(run.watermarks),
        counts=dict(run.counts),
        seconds=dict(run.seconds),
        versions={name: importlib.metadata.version(name) for name in _VERSIONED} | run.encoders,
        settings=run.settings.model_dump(mode="json"),
        discovered={space: reason.value for space, reason in run.plans.items() if reason is not None},
        stability=dict(run.stability),
        error=error,
        attempts=run.attempts,
        written_from=run.written_from,
    )


def done_with(run: Run, totals: Mapping[str, Any]) -> dict[str, Any]:
    """The row of a run that is done, told the totals of its snapshot."""
    run.counts |= {name: totals[name] for name in ("records", "mentions", "unassigned_mentions")}
    return row(manifest_of(run, "done"))


def row(manifest: RunManifest) -> dict[str, Any]:
    """The values of ``runs/finish``."""
    names = ("run_id", "as_of", "finished_at", "outcome")
    return {name: getattr(manifest, name) for name in names} | {"manifest": as_json(manifest)}


def as_json(manifest: RunManifest) -> str:
    """A manifest as the warehouse holds it."""
    return orjson.dumps(asdict(manifest)).decode()


def _published(layout: Layout, run_id: str) -> dict[str, Any] | None:
    """The row of a run in its own snapshot, when the pointer names that: it is done."""
    try:
        pointer = pointed(layout)
        if pointer["snapshot"] != layout.snapshot(run_id).name:
            return None
        snapshot = Snapshot(layout.snapshot(run_id), blake2b=pointer["blake2b"])
    except (NothingPublishedError, DamagedError):
        return None
    with snapshot.database as database:
        found = database.table("read/runs", {"run_id": run_id, "rows": 1, "skip": 0}).to_pylist()[0]
    return {name: found[name] for name in ("run_id", "as_of", "finished_at", "outcome", "manifest")}
