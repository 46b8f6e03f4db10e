"""Splits that people asked for: their topics get ids, members and models of their own, or flow back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from issuemine.curation import Curation
from issuemine.discover import split_off, topic_models
from pipelines.context import Run
from pipelines.discovery.known import vectors_of
from pipelines.discovery.modelling import write_models
from pipelines.discovery.tonight import Entry


def number_splits(run: Run, said: Curation, given: dict[int, str]) -> None:
    """Give an id to the topic of each split that has none; ``given`` is completed."""
    new = [split.event_id for split in said.splits if split.event_id not in given]
    if not new:
        return
    rows = run.warehouse.table("topics/known").to_pylist()
    used = [int(topic_id[1:]) for topic_id in (*(row["topic_id"] for row in rows), *given.values())]
    for number, event_id in enumerate(new, start=max(used, default=0) + 1):
        given[event_id] = f"T{number}"
        values = {"event_id": event_id, "topic_id": given[event_id]}
        run.warehouse.execute("curation/number_split", values)


def undo_splits(run: Run) -> None:
    """Let the topics of splits that do not hold flow back to where they came from."""
    for split in run.curation.undone_splits:
        topic = run.curation.split_names.get(split.name)
        if topic is None:
            continue
        members = _members(run, [topic])
        if members.num_rows:
            _reassign(run, members["mention_id"], split.topic)
        gone = pa.table({"topic_id": [topic], "heir": [split.topic]})
        if _models(run, [topic]).num_rows:
            run.warehouse.execute("topics/retire", tables={"gone": gone})
            run.warehouse.execute("models/retire", tables={"gone": gone})
            _lineage(run, "merged_into", topic, split.topic, members.num_rows)
            _learn(run, [split.topic])


def apply_splits(run: Run) -> None:
    """Make the topics of splits that hold and have not been made yet."""
    for split in run.curation.splits:
        topic = run.curation.split_names[split.name]
        if _models(run, [topic]).num_rows:
            continue
        sources = sorted(run.curation.names(split.topic) - {topic})
        members = _members(run, sources)
        examples = np.isin(members["mention_id"].to_numpy(zero_copy_only=False), list(split.mentions))
        models = _models(run, sources).to_pylist()
        if not examples.any() or not models:
            continue
        model = models[0]
        inside = np.flatnonzero(members["space"].to_numpy(zero_copy_only=False) == model["space"])
        taken = examples.copy()
        if examples[inside].any():
            vectors = vectors_of(run, members.take(pa.array(inside)), model["encoder"], model["dim"])
            taken[inside] = split_off(vectors, examples[inside])
        chosen = members.filter(pa.array(taken))
        if run.warehouse.table("topics/known").filter(pc.field("topic_id") == topic).num_rows:
            run.warehouse.execute("curation/wake_topic", {"topic_id": topic})
        else:
            run.warehouse.execute(
                "curation/copy_topic",
                {"topic_id": topic, "parent": model["topic_id"], "label": split.label, "run_id": run.run_id},
            )
        _reassign(run, chosen["mention_id"], topic)
        _lineage(run, "split_from", topic, split.topic, chosen.num_rows)
        _learn(run, [topic, *sources], model)


def _members(run: Run, topics: list[str]) -> pa.Table:
    return run.warehouse.table("curation/members", tables={"chosen": pa.table({"topic_id": topics})})


def _models(run: Run, topics: list[str]) -> pa.Table:
    return run.warehouse.table("curation/models", tables={"chosen": pa.table({"topic_id": topics})})


def _reassign(run: Run, mentions: pa.ChunkedArray, topic: str) -> None:
    said = pa.table({"mention_id": mentions, "topic_id": pa.array([topic] * len(mentions), pa.string())})
    run.warehouse.execute("curation/reassign_members", tables={"said": said})
    run.warehouse.execute("curation/reassign_assignments", tables={"said": said})


def _learn(run: Run, topics: list[str], like: dict[str, Any] | None = None) -> None:
    """Learn topics anew from their members; a new one is of the space and encoder of the one it is like."""
    known = {row["topic_id"]: row for row in _models(run, topics).to_pylist()}
    settings = run.settings.discover
    for topic in topics:
        model = known.get(topic, like)
        members = _members(run, [topic])
        if model is None or not members.num_rows:
            continue
        members = members.filter(pc.field("space") == model["space"])
        if not members.num_rows:
            continue
        vectors = vectors_of(run, members, model["encoder"], model["dim"])
        labels = np.zeros(len(vectors), dtype=np.int64)
        models, rows = topic_models(
            vectors, labels, 1, most_anchors=settings.anchors, random_state=settings.random_state
        )
        names = members["mention_id"].take(pa.array(rows)).to_pylist()
        entry = Entry(
            topic_id=topic,
            total=vectors.sum(axis=0),
            mentions=len(vectors),
            radius=float(models.radii[0]),
            found_centre=models.centres[0],
            # A name given to other content does not count: the topic is named anew.
            named_centre=np.zeros_like(models.centres[0]),
            anchors=list(zip(names, models.anchors, strict=True)),
        )
        write_models(run, model["space"], model["encoder"], [entry])


def _lineage(run: Run, event: str, topic: str, other: str, mentions: int) -> None:
    change = {"run_id": run.run_id, "day": run.day, "event": event, "topic_id": topic, "other_id": other}
    changes = pa.Table.from_pylist([change | {"mentions": mentions, "share": 1.0}])
    run.warehouse.execute("lineage/insert", tables={"changes": changes})
