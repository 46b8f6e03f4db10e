"""Health of the service."""

from __future__ import annotations

from issuemine.store.snapshot import Snapshots


def ready(snapshots: Snapshots) -> dict[str, str]:
    """Tell which snapshot is served; raises StoreError when there is none that is sound."""
    return {"status": "ready", "snapshot": snapshots.current().snapshot_id}
