"""What is kept of topics for the nights to come is written down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pipelines.context import Run
from pipelines.discovery.tonight import Entry
from pipelines.spaces import vectors_column


def write_models(run: Run, space: str, encoder: str, entries: Sequence[Entry]) -> None:
    """Replace the models of some topics of a space, and their anchors where they have new ones.

    ``encoder`` is the revision whose vectors they are made of.
    """
    fresh = pa.table(
        {
            "topic_id": [entry.topic_id for entry in entries],
            "space": [space] * len(entries),
            "encoder": [encoder] * len(entries),
            "mentions": [entry.mentions for entry in entries],
            "total": vectors_column(np.stack([entry.total for entry in entries])),
            "found_centre": vectors_column(np.stack([entry.found_centre for entry in entries])),
            "named_centre": vectors_column(np.stack([entry.named_centre for entry in entries])),
            "radius": pa.array([entry.radius for entry in entries], pa.float32()),
            "retired": [False] * len(entries),
        }
    )
    run.warehouse.execute("models/forget", tables={"fresh": fresh})
    run.warehouse.execute("models/insert", tables={"fresh": fresh})
    anchored = [(entry.topic_id, anchor) for entry in entries for anchor in entry.anchors or []]
    if anchored:
        anchors = pa.table(
            {
                "topic_id": [topic_id for topic_id, _ in anchored],
                "mention_id": [mention_id for _, (mention_id, _) in anchored],
                "vector": vectors_column(np.stack([vector for _, (_, vector) in anchored])),
            }
        )
        run.warehouse.execute("models/forget_anchors", tables={"fresh": anchors})
        run.warehouse.execute("models/insert_anchors", tables={"fresh": anchors})
