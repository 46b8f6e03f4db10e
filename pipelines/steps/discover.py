"""Discover: the recurring topics of each encoder space, known again by their ids, and named."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa

from issuemine.discover import Assigner, NeighbourCommunities, match_topics, stratified_sample
from issuemine.intent import is_hidden
from issuemine.naming import name_topics, topic_words
from issuemine.records import Intent, TopicName
from pipelines.context import Run
from pipelines.spaces import Space, matrix

_CHUNK = 50_000


@dataclass(frozen=True)
class _Found:
    """What discovery found in one space: topics by number, and the mentions assigned to them."""

    names: dict[int, TopicName]
    mention_ids: pa.Array
    labels: np.ndarray
    similarities: np.ndarray


def discover(run: Run, spaces: list[Space]) -> None:
    """Find, match, name and store the topics of all spaces, in one transaction at the end."""
    found = [(space, _find(run, space)) for space in spaces]
    with run.warehouse.transaction():
        for space, topics in found:
            _store(run, space, topics)


def _find(run: Run, space: Space) -> _Found:
    keys = run.warehouse.table("mentions/keys", {"space": space.name, "as_of": run.day})
    settings = run.settings.discover
    days = keys["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    chosen = np.sort(stratified_sample(days, settings.sample_size, settings.random_state))
    sample = run.warehouse.table("mentions/chosen", tables={"chosen": keys.take(chosen)})
    vectors = _vectors(run, space, keys.take(chosen))
    estimator = NeighbourCommunities(
        k=settings.k,
        granularity=settings.granularity,
        min_topic_size=settings.min_topic_size,
        min_cohesion=settings.min_cohesion,
        random_state=settings.random_state,
    )
    with run.reporter.stage(f"Finding topics ({space.name})", None):
        estimator.fit(vectors, record_ids=sample["record_id"].to_numpy(zero_copy_only=False))
        labels = estimator.labels_
        model = topic_words(sample, labels, run.settings.naming)
    topics = len(set(labels.tolist()) - {-1})
    with run.reporter.stage(f"Naming topics ({space.name})", topics) as advance:
        names = name_topics(
            model, sample, vectors, labels, run.settings.naming, advance, space.encode_phrases
        )
    rest = np.setdiff1d(np.arange(keys.num_rows), chosen)
    all_labels = np.full(keys.num_rows, -1, dtype=np.int64)
    similarities = np.zeros(keys.num_rows, dtype=np.float32)
    all_labels[chosen] = labels
    assigner = Assigner(vectors, labels, threshold=estimator.cohesion_threshold_, k=settings.k)
    similarities[chosen] = _similarities(vectors, labels, estimator.centers_)
    with run.reporter.stage(f"Assigning the rest ({space.name})", len(rest)) as advance:
        for start in range(0, len(rest), _CHUNK):
            part = rest[start : start + _CHUNK]
            more = _vectors(run, space, keys.take(part))
            all_labels[part] = assigner.assign(more, advance).labels
            similarities[part] = _similarities(more, all_labels[part], estimator.centers_)
    assigned = np.flatnonzero(all_labels >= 0)
    return _Found(names, keys["mention_id"].take(assigned), all_labels[assigned], similarities[assigned])


def _vectors(run: Run, space: Space, mentions: pa.Table) -> np.ndarray:
    """Vectors of mentions, in the order of their ids."""
    found = run.warehouse.table(
        "vectors/of_mentions", {"encoder": space.revision}, tables={"chosen": mentions}, dim=space.dim
    )
    return matrix(found["vector"], space.dim)


def _similarities(vectors: np.ndarray, labels: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Cosine of each vector to its topic's centre, 0 where it has none."""
    if not len(centres):
        return np.zeros(len(vectors), dtype=np.float32)
    return np.where(labels >= 0, np.einsum("ij,ij->i", vectors, centres[labels]), 0.0).astype(np.float32)


def _store(run: Run, space: Space, found: _Found) -> None:
    known = {row["topic_id"]: row for row in run.warehouse.table("topics/known").to_pylist()}
    before = run.warehouse.table("topics/assignments", {"space": space.name})
    ids = match_topics(
        dict(zip(before["mention_id"].to_pylist(), before["topic_id"].to_pylist(), strict=True)),
        dict(zip(found.mention_ids.to_pylist(), found.labels.tolist(), strict=True)),
    )
    free = max((int(topic_id[1:]) for topic_id in known), default=0) + 1
    for label in sorted(found.names):
        if label not in ids:
            ids[label] = f"T{free}"
            free += 1
    assigned = pa.table(
        {
            "mention_id": found.mention_ids,
            "topic_id": pa.array([ids[label] for label in found.labels.tolist()], pa.string()),
            "similarity": found.similarities,
        }
    )
    mixes = run.warehouse.table(
        "intents/by_topic", {"classifier": space.classifier}, tables={"found": assigned}
    )
    intents = {row["topic_id"]: row["mix"] for row in mixes.to_pylist()}
    rows = [
        _row(run, space, ids[label], name, intents[ids[label]], known.get(ids[label]))
        for label, name in sorted(found.names.items())
    ]
    schema = run.warehouse.table("topics/schema").schema
    named = pa.Table.from_pylist(rows, schema=schema)
    run.warehouse.execute("topics/forget_assignments", {"space": space.name})
    run.warehouse.execute("topics/retire", {"space": space.name}, tables={"named": named})
    run.warehouse.execute("topics/forget", tables={"named": named})
    run.warehouse.execute("topics/insert", tables={"named": named})
    run.warehouse.execute("topics/insert_assignments", tables={"found": assigned})
    run.add("topics", named.num_rows)


def _row(
    run: Run, space: Space, topic_id: str, name: TopicName, mix: list[float], known: dict[str, object] | None
) -> dict[str, object]:
    intents = dict(zip((intent.value for intent in Intent), mix, strict=True))
    return {
        "topic_id": topic_id,
        "space": space.name,
        "label": name.label,
        "keywords": [asdict(keyword) for keyword in name.keywords],
        "quotes": [asdict(quote) for quote in name.quotes],
        "intents": list(intents.items()),
        "hidden": is_hidden(intents, run.settings.intent.hidden),
        "born_run": known["born_run"] if known else run.run_id,
        "named_run": run.run_id,
        "retired": False,
    }
