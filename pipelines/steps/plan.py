"""Plan: which spaces are discovered anew tonight, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np

from issuemine.discover import LastDiscovery, Reason, reason_to_discover
from pipelines.context import Run


def plan(run: Run) -> None:
    """Settle for each space that has mentions whether its new ones are assigned or all are looked at."""
    sizes = run.warehouse.table("mentions/sizes", {"as_of": run.day}).to_pylist()
    for row in sizes:
        name = row["space"]
        done = run.warehouse.table("lineage/last", {"space": name}).to_pylist()
        if done and done[0]["run_id"] == run.run_id:
            # This run was cut off after its discovery: what it found is there.
            run.plans[name] = None
            continue
        if run.written_from == run.found_from() and not run.rediscover and name not in run.rerouted:
            # Cut off after its topics were written down: what they became is no reason to find them anew.
            run.plans[name] = None
            continue
        reason = reason_to_discover(
            _last(run, name, done), row["mentions"], run.day, run.settings.discover, asked=run.rediscover
        )
        if name in run.rerouted:
            reason = reason or Reason.ROUTING
        run.plans[name] = reason


def _last(run: Run, space: str, rows: list[dict[str, Any]]) -> LastDiscovery | None:
    """How the space was left, told the row of its last discovery if it had one."""
    if not rows:
        return None
    after = run.day - timedelta(days=run.settings.discover.residual_days)
    recent = run.warehouse.table(
        "mentions/recent", {"space": space, "after": after, "as_of": run.day}
    ).to_pylist()[0]
    return LastDiscovery(
        rows[0]["day"],
        rows[0]["mentions"],
        rows[0]["topics"],
        recent["recent"],
        recent["unassigned"],
        _drift(run, space),
    )


def _drift(run: Run, space: str) -> float:
    """Movement of the centres since they were found, 1 - cosine, mean weighted by mentions."""
    rows = run.warehouse.table("models/drift", {"space": space}).to_pylist()
    if not rows:
        return 0.0
    moved = []
    for row in rows:
        now, then = np.array(row["total"]), np.array(row["found_centre"])
        length = float(np.linalg.norm(now) * np.linalg.norm(then))
        moved.append(1 - float(now @ then) / length if length else 0.0)
    return float(np.average(moved, weights=[max(row["mentions"], 1) for row in rows]))
