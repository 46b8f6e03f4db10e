"""A night that looks at everything anew: topics are found again, matched to the old ones, and learnt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from issuemine.discover import (
    Change,
    Event,
    NeighbourCommunities,
    Reason,
    Start,
    acceptance_errors,
    bootstrap_stability,
    lineage,
    match_topics,
    stratified_sample,
    topic_models,
)
from issuemine.discover.assignment import topic_centres
from issuemine.messages import say
from pipelines.context import Run
from pipelines.discovery.known import Known, known_topics, mention_vectors
from pipelines.discovery.placing import keep_out
from pipelines.discovery.tonight import Discovery, Entry, Night, Steadiness
from pipelines.spaces import Space

_CHUNK = 50_000


@dataclass
class _Partition:
    """Topics found, over all mentions of the space."""

    labels: np.ndarray
    similarities: np.ndarray
    sample: np.ndarray
    vectors: np.ndarray
    estimator: NeighbourCommunities


def rediscover_night(run: Run, space: Space, reason: Reason) -> Night:
    """Discover the topics of a space, starting from those that are there.

    Topics that a person has touched are held: they take part in nothing and stay as they are.
    """
    mentions = run.warehouse.table("mentions/memberships", {"space": space.name, "as_of": run.day})
    ids, before = _codes(mentions["topic_id"])
    known = known_topics(run, space)
    found = _partition(run, space, mentions, ids, before, known)
    labels = found.labels
    n = int(labels.max(initial=-1)) + 1
    matched = match_topics(before, labels)
    changes = lineage(before, labels, matched)
    old_of = {change.topic: change for change in changes[:n]}
    entries = _entries(run, found, n, mentions, [matched.get(topic) for topic in range(n)], ids, known)
    settled = mentions["settled"].to_numpy(zero_copy_only=False).astype(bool)
    newborn = np.array([old_of[topic].event is not Event.CONTINUED for topic in range(n)], dtype=bool)
    members = np.flatnonzero(labels >= 0)
    counts = ~settled[members] | newborn[labels[members]]
    # Topics whose last members went elsewhere are in no partition, but they end here as well.
    empty = [topic for topic in known.ids if topic not in ids and topic not in run.touched]
    changes += [Change(Event.RETIRED, len(ids) + at, None, 0, 1.0) for at in range(len(empty))]
    return Night(
        space,
        entries,
        mentions["mention_id"].combine_chunks().take(pa.array(members)),
        labels[members],
        found.similarities[members],
        counts=counts,
        complete=True,
        changes=changes,
        old_ids=ids + empty,
        steadiness=_steadiness(mentions, settled, before, labels, ids, matched),
        discovery=Discovery(
            reason,
            mentions.num_rows,
            found.estimator.resolution_,
            acceptance_errors(found.vectors, labels[found.sample], n, run.settings.discover.random_state),
        ),
    )


def _partition(
    run: Run, space: Space, mentions: pa.Table, ids: list[str], before: np.ndarray, known: Known
) -> _Partition:
    # The last place is that of mentions without a topic.
    held = np.array([*(topic_id in run.touched for topic_id in ids), False])
    sample = _sample(run, mentions, before, held)
    looked_at = mentions.take(pa.array(sample))
    vectors = mention_vectors(run, space, looked_at)
    start = _start(run, space, ids, before[sample], vectors, known)
    own = before[sample] if start is None else start.labels
    outside = keep_out(run, space, looked_at, vectors)
    free = np.flatnonzero(~held[own] & ~outside)
    records = looked_at["record_id"].to_numpy(zero_copy_only=False)
    estimator = NeighbourCommunities.of(run.settings.discover)
    with run.reporter.stage(say("Finding topics ({space})", space=space.name), None):
        estimator.fit(
            vectors[free],
            record_ids=records[free],
            start=None if start is None else Start(own[free], start.resolution),
        )
    n_found = int(estimator.labels_.max(initial=-1)) + 1
    # Held topics follow those found, in the order of their numbers.
    places = n_found + np.cumsum(held) - 1
    in_sample = np.where(held[own] & ~outside, places[own], -1)
    in_sample[free] = estimator.labels_
    labels = np.where(held[before], places[before], -1)
    similarities = np.zeros(mentions.num_rows, dtype=np.float32)
    labels[sample] = in_sample
    centres = topic_centres(vectors, labels[sample], int(labels.max(initial=-1)) + 1)
    similarities[sample] = _similarities(vectors, labels[sample], centres)
    rest = np.setdiff1d(np.flatnonzero(~held[before]), sample)
    with run.reporter.stage(say("Assigning the rest ({space})", space=space.name), len(rest)) as advance:
        for at in range(0, len(rest), _CHUNK):
            part = rest[at : at + _CHUNK]
            others = mentions.take(pa.array(part))
            more = mention_vectors(run, space, others)
            labels[part] = np.where(keep_out(run, space, others, more), -1, estimator.predict(more))
            similarities[part] = _similarities(more, labels[part], centres)
            advance(len(part))
    return _Partition(labels, similarities, sample, vectors, estimator)


def _sample(run: Run, mentions: pa.Table, before: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Mentions that the discovery looks at: an even share of every day, and some of each held topic."""
    settings = run.settings.discover
    days = mentions["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    even = stratified_sample(days, settings.sample_size, settings.random_state)
    some = [np.flatnonzero(before == topic)[: settings.anchors] for topic in np.flatnonzero(held)]
    return np.unique(np.concatenate([even, *some]))


def _start(
    run: Run, space: Space, ids: list[str], before: np.ndarray, vectors: np.ndarray, known: Known
) -> Start | None:
    """Present topics of the sample; what has none yet gets the topic that it would be assigned to.

    None where there are no topics, or where too few mentions vouch for them.
    """
    last = run.warehouse.table("lineage/last", {"space": space.name}).to_pylist()
    few = bool(last) and last[0]["mentions"] < run.settings.discover.established_mentions
    if not len(ids) or few:
        return None
    labels = before.copy()
    loose = np.flatnonzero(labels < 0)
    if known.ids:
        place = {topic_id: at for at, topic_id in enumerate(ids)}
        # A topic of models that has lost all members is no place to start from.
        to = np.array([place.get(topic_id, -1) for topic_id in known.ids], dtype=np.int64)
        assigned, _ = known.models.assign(vectors[loose])
        labels[loose] = np.where(assigned >= 0, to[assigned], -1)
    return Start(labels, last[0]["resolution"] if last else None)


def _entries(
    run: Run,
    found: _Partition,
    n: int,
    mentions: pa.Table,
    old: list[int | None],
    ids: list[str],
    known: Known,
) -> list[Entry]:
    """What is kept of each topic, learnt from the members that the discovery looked at."""
    settings = run.settings.discover
    labels = found.labels[found.sample]
    models, rows = topic_models(
        found.vectors, labels, n, most_anchors=settings.anchors, random_state=settings.random_state
    )
    steady = bootstrap_stability(
        found.vectors,
        labels,
        n,
        found.estimator.resolution_,
        k=settings.k,
        random_state=settings.random_state,
    )
    names = mentions["mention_id"].take(pa.array(found.sample[rows])).to_pylist()
    sizes = np.bincount(found.labels[found.labels >= 0], minlength=n)
    means = np.zeros((n, found.vectors.shape[1]), dtype=np.float32)
    looked = labels >= 0
    np.add.at(means, labels[looked], found.vectors[looked])
    means /= np.maximum(np.bincount(labels[looked], minlength=n), 1)[:, None]
    named = dict(zip(known.ids, known.named_centres, strict=True))
    entries = []
    for topic in range(n):
        anchors = np.flatnonzero(models.anchor_topics == topic)
        before = old[topic]
        topic_id = None if before is None else ids[before]
        entries.append(
            Entry(
                topic_id=topic_id,
                total=means[topic] * np.float32(sizes[topic]),
                mentions=int(sizes[topic]),
                radius=float(models.radii[topic]),
                found_centre=models.centres[topic],
                named_centre=named.get(topic_id or "", models.centres[topic]),
                stability=float(steady[topic]),
                anchors=[(names[at], models.anchors[at]) for at in anchors],
            )
        )
    return entries


def _codes(topics: pa.ChunkedArray) -> tuple[list[str], np.ndarray]:
    """Topic ids that occur, in the order of their numbers, and the place of each mention's; -1 for none."""
    encoded = topics.combine_chunks().dictionary_encode()
    names = encoded.dictionary.to_pylist()
    order = sorted(range(len(names)), key=lambda at: int(names[at][1:]))
    place = np.empty(len(names) + 1, dtype=np.int64)
    place[order] = np.arange(len(names))
    place[-1] = -1
    found = encoded.indices.fill_null(len(names)).to_numpy(zero_copy_only=False)
    return [names[at] for at in order], place[found]


def _similarities(vectors: np.ndarray, labels: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Cosine of each vector to its topic's centre, 0 where it has none."""
    if not len(centres):
        return np.zeros(len(vectors), dtype=np.float32)
    return np.where(labels >= 0, np.einsum("ij,ij->i", vectors, centres[labels]), 0.0).astype(np.float32)


def _steadiness(
    mentions: pa.Table,
    settled: np.ndarray,
    before: np.ndarray,
    now: np.ndarray,
    ids: list[str],
    matched: dict[int, int],
) -> Steadiness:
    """Pairs of topics before and now; topics that are new go by their places until they have ids."""
    rows = np.flatnonzero(settled)
    goes_on = np.arange(int(now.max(initial=-1)) + 2) + len(ids)
    goes_on[-1] = -1
    for new, old in matched.items():
        goes_on[new] = old
    then, now = before[rows], goes_on[now[rows]]

    def name(place: int) -> str | None:
        return None if place < 0 else (ids[place] if place < len(ids) else f"new {place - len(ids)}")

    counted = Counter(zip(then.tolist(), now.tolist(), strict=True))
    records = mentions["record_id"].take(pa.array(rows)).to_numpy(zero_copy_only=False)
    return Steadiness(
        {(name(old), name(new)): count for (old, new), count in counted.items()},
        len(set(records.tolist())),
        len(set(records[then != now].tolist())),
    )
