"""Figures of the last run in Prometheus' text format, for node_exporter's textfile collector."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

from issuemine.errors import StoreError
from issuemine.messages import say
from issuemine.records import DeliveryStatus
from issuemine.store.layout import Layout
from issuemine.store.manifests import manifests
from issuemine.store.pointer import card, served
from pipelines.manifest import OUTCOMES

_RECORDS = {
    "new": "new_records",
    "late": "late_records",
    "changed": "changed_records",
    "rejected": "rejected",
}


def write_metrics(
    path: Path,
    layout: Layout,
    outcome: str,
    exit_code: int,
    run_id: str | None,
    alerts: Mapping[str, int] | None = None,
) -> None:
    """Replace the file in one atomic step.

    Parameters
    ----------
    path : Path
        The file; its name must end in ``.prom`` for node_exporter to read it.
    layout : Layout
        Folder of the warehouse.
    outcome : str
        done, failed or interrupted.
    exit_code : int
        What the process ends with.
    run_id : str, optional
        The run that ended; None when it failed before it began, and its figures are then left out.
    alerts : mapping of str to int, optional
        Messages of the outbox by status, if the run sent any.

    Raises
    ------
    StoreError
        If the file cannot be written.
    """
    registry = CollectorRegistry()
    known = {manifest["run_id"]: manifest for manifest in manifests(layout)}
    _tell_outcome(registry, outcome, exit_code)
    succeeded = [one["finished_at"] for one in known.values() if one["outcome"] == "done"]
    if succeeded:
        _gauge(registry, "last_success_timestamp_seconds", "End of the last run that was done.").set(
            _seconds(max(map(_time, succeeded)))
        )
    _tell_run(registry, known.get(run_id or "", {}))
    _tell_snapshot(registry, card(layout, served(layout) or ""))
    if alerts is not None:
        messages = _gauge(registry, "alerts", "Alerts and messages of the outbox by status.", "status")
        for status in ("held", *DeliveryStatus):
            messages.labels(status).set(alerts[status])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_to_textfile(str(path), registry)
    except OSError as error:
        raise StoreError(
            say("The metrics {file} cannot be written ({reason}).", file=path, reason=error.strerror),
            say("Mend its permissions, or choose another place."),
        ) from error


def _tell_outcome(registry: CollectorRegistry, outcome: str, exit_code: int) -> None:
    states = _gauge(registry, "last_run_outcome", "1 for how the last run ended.", "outcome")
    for state in OUTCOMES:
        states.labels(state).set(state == outcome)
    _gauge(registry, "last_run_exit_code", "Exit code of the last run.").set(exit_code)
    _gauge(registry, "last_run_end_timestamp_seconds", "End of the last run.").set(time.time())


def _tell_run(registry: CollectorRegistry, manifest: Mapping[str, Any]) -> None:
    if not manifest:
        return
    _gauge(registry, "last_run_start_timestamp_seconds", "Start of the last run.").set(
        _seconds(_time(manifest["started_at"]))
    )
    _gauge(registry, "last_run_attempts", "Times that the last run was started.").set(manifest["attempts"])
    stages = _gauge(registry, "last_run_stage_seconds", "Time that each stage took.", "stage")
    for stage, seconds in manifest["seconds"].items():
        stages.labels(stage).set(seconds)
    records = _gauge(registry, "last_run_records", "Records of the last run by what became of them.", "kind")
    for kind, name in _RECORDS.items():
        records.labels(kind).set(manifest["counts"].get(name, 0))
    sources = _gauge(
        registry, "source_timestamp_seconds", "Newest record that was read, by source.", "source"
    )
    for source, newest in manifest.get("watermarks", {}).items():
        sources.labels(source).set(_seconds(_time(newest)))


def _tell_snapshot(registry: CollectorRegistry, known: Mapping[str, Any]) -> None:
    """The figures of the snapshot that is served, whichever run published it."""
    if not known:
        return
    for name, of, about in (
        ("records", "records", "Records in the snapshot that is served."),
        ("mentions", "mentions", "Mentions in it."),
        ("topics", "topics", "Topics in it."),
        ("snapshot_bytes", "bytes", "Its size."),
    ):
        _gauge(registry, name, about).set(known[of])
    _gauge(registry, "unassigned_share", "Share of its mentions that belong to no topic, 0 to 1.").set(
        known["unassigned_mentions"] / max(known["mentions"], 1)
    )
    _gauge(registry, "snapshot_timestamp_seconds", "When it was published.").set(
        _seconds(_time(known["published_at"]))
    )


def _gauge(registry: CollectorRegistry, name: str, about: str, *labels: str) -> Gauge:
    return Gauge(f"issuemine_{name}", about, labels, registry=registry)


def _time(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _seconds(time_: datetime) -> float:
    return time_.timestamp()
