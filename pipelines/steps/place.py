"""Place: where topics lie on the map."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from issuemine.discover.layout import distances, layout
from issuemine.messages import say
from pipelines.context import Run
from pipelines.manifest import number_of


def place(run: Run) -> None:
    """Lay out the topics of the run, near where they lay in the run before."""
    with run.reporter.stage(say("Drawing the map"), None), threadpool_limits(1):
        rows = run.warehouse.table("places/centres").to_pylist()
        links = run.warehouse.table("places/links").to_pylist()
        number = {"run_number": number_of(run.run_id)}
        old = {row["topic_id"]: row for row in run.warehouse.table("places/before", number).to_pylist()}
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
    numbers = pa.array([number["run_number"]] * len(topics), pa.int64())
    columns = {"topic_id": pa.array(topics, pa.string()), "x": found[:, 0], "y": found[:, 1]}
    table = pa.table({"run_number": numbers} | columns)
    with run.warehouse.transaction():
        run.warehouse.execute("places/forget", number)
        run.warehouse.execute("places/insert", tables={"found": table})
