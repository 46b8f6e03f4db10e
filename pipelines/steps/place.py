"""Place: where topics lie on the map."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from issuemine.discover.layout import distances, layout
from issuemine.messages import say
from pipelines.context import Run


def place(run: Run) -> None:
    """Lay out the topics of the run, near where they lay before."""
    with run.reporter.stage(say("Drawing the map"), None):
        rows = run.warehouse.table("places/centres").to_pylist()
        links = run.warehouse.table("places/links").to_pylist()
        old = {row["topic_id"]: row for row in run.warehouse.table("places/before").to_pylist()}
        topics = [row["topic_id"] for row in rows]
        apart = distances(
            topics,
            [row["space"] for row in rows],
            [row["total"] for row in rows],
            {(row["topic_id"], row["other_id"]): row["score"] for row in links},
        )
        before = np.array(
            [[old[topic][axis] if topic in old else np.nan for axis in ("x", "y")] for topic in topics]
        ).reshape(-1, 2)
        found = layout(apart, before)
    table = pa.table({"topic_id": pa.array(topics, pa.string()), "x": found[:, 0], "y": found[:, 1]})
    with run.warehouse.transaction():
        run.warehouse.execute("places/forget")
        run.warehouse.execute("places/insert", tables={"found": table})
