"""Discover: the recurring topics of each encoder space, known again by their ids, and named."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa

from issuemine.discover import NeighbourCommunities, match_topics, stratified_sample
from issuemine.intent import is_hidden
from issuemine.messages import say
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
        _store(run, found)


def _find(run: Run, space: Space) -> _Found:
    keys = run.warehouse.table("mentions/keys", {"space": space.name, "as_of": run.day})
    settings = run.settings.discover
    days = keys["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    chosen = np.sort(stratified_sample(days, settings.sample_size, settings.random_state))
    sample = run.warehouse.table("mentions/chosen", tables={"chosen": keys.take(chosen)})
    vectors = _vectors(run, space, keys.take(chosen))
    estimator = NeighbourCommunities.of(settings)
    with run.reporter.stage(say("Finding topics ({space})", space=space.name), None):
        estimator.fit(vectors, record_ids=sample["record_id"].to_numpy(zero_copy_only=False))
        labels = estimator.labels_
        if labels.max(initial=-1) < 0:
            return _Found({}, keys["mention_id"].slice(0, 0), labels[:0], np.zeros(0, dtype=np.float32))
        model = topic_words(sample, labels, run.settings.naming)
    topics = len(set(labels.tolist()) - {-1})
    with run.reporter.stage(say("Naming topics ({space})", space=space.name), topics) as advance:
        names = name_topics(
            model, sample, vectors, labels, run.settings.naming, advance, space.encode_phrases
        )
    rest = np.setdiff1d(np.arange(keys.num_rows), chosen)
    all_labels = np.full(keys.num_rows, -1, dtype=np.int64)
    similarities = np.zeros(keys.num_rows, dtype=np.float32)
    all_labels[chosen] = labels
    similarities[chosen] = _similarities(vectors, labels, estimator.centers_)
    with run.reporter.stage(say("Assigning the rest ({space})", space=space.name), len(rest)) as advance:
        for start in range(0, len(rest), _CHUNK):
            part = rest[start : start + _CHUNK]
            more = _vectors(run, space, keys.take(part))
            all_labels[part] = estimator.predict(more)
            similarities[part] = _similarities(more, all_labels[part], estimator.centers_)
            advance(len(part))
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


def _store(run: Run, spaces: list[tuple[Space, _Found]]) -> None:
    """Replace the topics and assignments of the run before; a topic keeps its id whatever its space."""
    known = {row["topic_id"]: row for row in run.warehouse.table("topics/known").to_pylist()}
    ids = _ids(run, [found for _, found in spaces], known)
    rows, assigned = [], []
    for at, (space, found) in enumerate(spaces):
        members = pa.table(
            {
                "mention_id": found.mention_ids,
                "topic_id": pa.array([ids[at, label] for label in found.labels.tolist()], pa.string()),
                "similarity": found.similarities,
            }
        )
        values = {"classifier": space.classifier}
        mixes = run.warehouse.table("intents/by_topic", values, tables={"found": members})
        intents = {row["topic_id"]: row["mix"] for row in mixes.to_pylist()}
        for label, name in sorted(found.names.items()):
            topic_id = ids[at, label]
            rows.append(_row(run, space, topic_id, name, intents[topic_id], known.get(topic_id)))
        assigned.append(members)
    named = pa.Table.from_pylist(rows, schema=run.warehouse.table("topics/schema").schema)
    run.warehouse.execute("topics/forget_assignments")
    run.warehouse.execute("topics/retire", tables={"named": named})
    run.warehouse.execute("topics/forget", tables={"named": named})
    run.warehouse.execute("topics/insert", tables={"named": named})
    for members in assigned:
        run.warehouse.execute("topics/insert_assignments", tables={"found": members})
    run.add("topics", named.num_rows)


def _ids(run: Run, found: list[_Found], known: dict[str, dict[str, object]]) -> dict[tuple[int, int], str]:
    """Id of each topic by its space's place and its label: the old one that it continues, else a new one."""
    before = run.warehouse.table("topics/assignments")
    now = {
        mention_id: (at, label)
        for at, topics in enumerate(found)
        for mention_id, label in zip(topics.mention_ids.to_pylist(), topics.labels.tolist(), strict=True)
    }
    old = dict(zip(before["mention_id"].to_pylist(), before["topic_id"].to_pylist(), strict=True))
    ids = match_topics(old, now)
    free = max((int(topic_id[1:]) for topic_id in known), default=0) + 1
    for at, topics in enumerate(found):
        for label in sorted(topics.names):
            if (at, label) not in ids:
                ids[at, label] = f"T{free}"
                free += 1
    return ids


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
