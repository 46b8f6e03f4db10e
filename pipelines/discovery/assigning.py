"""A usual night: new mentions are assigned, and births are sought among those that fit nowhere."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import numpy as np
import pyarrow as pa

from issuemine.discover import (
    Change,
    Event,
    NeighbourCommunities,
    bootstrap_stability,
    find_births,
    topic_models,
)
from issuemine.messages import say
from pipelines.context import Run
from pipelines.discovery.known import Known, known_topics, mention_vectors
from pipelines.discovery.placing import keep_out
from pipelines.discovery.tonight import Entry, Night, Steadiness
from pipelines.spaces import Space

_CHUNK = 50_000
_SAME_ISSUE = 0.9


def assign_night(run: Run, space: Space) -> Night:
    """Assign what is new to the topics of a space, and let new topics be born."""
    known = known_topics(run, space)
    fresh = run.warehouse.table("mentions/unsettled", {"space": space.name, "as_of": run.day})
    labels = np.full(fresh.num_rows, -1, dtype=np.int64)
    similarities = np.zeros(fresh.num_rows, dtype=np.float32)
    outside = np.zeros(fresh.num_rows, dtype=bool)
    totals, added = known.totals.copy(), np.zeros(len(known.ids), dtype=np.int64)
    with run.reporter.stage(say("Assigning ({space})", space=space.name), fresh.num_rows) as advance:
        for start in range(0, fresh.num_rows, _CHUNK):
            part = slice(start, start + _CHUNK)
            vectors = mention_vectors(run, space, fresh[part])
            labels[part], similarities[part] = known.models.assign(vectors, advance)
            kept_out = keep_out(run, space, fresh[part], vectors)
            labels[part] = np.where(kept_out, -1, labels[part])
            outside[part] = kept_out
            taken = np.flatnonzero(labels[part] >= 0)
            np.add.at(totals, labels[part][taken], vectors[taken])
            added += np.bincount(labels[part][taken], minlength=len(added))
    pool, born, vectors, resolution = _births(run, space, known, fresh, (labels < 0) & ~outside)
    entries = [_kept(known, at, totals[at], int(added[at])) for at in range(len(known.ids))]
    newborn, changes = _newborn(run, space, known, pool, born, vectors, resolution)
    members = np.flatnonzero(labels >= 0)
    children = np.flatnonzero(born >= 0)
    return Night(
        space,
        entries + newborn,
        pa.concat_arrays(
            [
                fresh["mention_id"].combine_chunks().take(pa.array(members)),
                pool["mention_id"].combine_chunks().take(pa.array(children)),
            ]
        ),
        np.concatenate([labels[members], born[children] + len(entries)]),
        np.concatenate([similarities[members], _to_centres(vectors, born, newborn)[children]]),
        counts=np.ones(len(members) + len(children), dtype=bool),
        complete=False,
        changes=changes,
        old_ids=known.ids,
        steadiness=_steadiness(run, space, pool, born, len(entries)),
    )


def _kept(known: Known, at: int, total: np.ndarray, added: int) -> Entry:
    return Entry(
        topic_id=known.ids[at],
        total=total,
        mentions=int(known.mentions[at]) + added,
        radius=float(known.models.radii[at]),
        found_centre=known.found_centres[at],
        named_centre=known.named_centres[at],
        changed=added > 0,
    )


def _births(
    run: Run, space: Space, known: Known, fresh: pa.Table, unplaced: np.ndarray
) -> tuple[pa.Table, np.ndarray, np.ndarray, float]:
    """The residual pool (mentions of the window without a topic), its newborn topics and its vectors."""
    settings = run.settings.discover
    after = run.day - timedelta(days=settings.residual_days)
    days = fresh["day"].to_numpy().astype("datetime64[D]")
    left = np.flatnonzero(unplaced & (days > np.datetime64(after)))
    old = run.warehouse.table("mentions/residual", {"space": space.name, "after": after, "as_of": run.day})
    if not fresh.num_rows:
        # What is left was looked at when it last grew: a night without anything new changes nothing.
        old = old.slice(0, 0)
    settled = pa.array([True] * old.num_rows + [False] * len(left))
    pool = pa.concat_tables([old, fresh.take(pa.array(left))]).append_column("settled", settled)
    pool = pool.sort_by("mention_id")
    vectors = mention_vectors(run, space, pool)
    estimator = NeighbourCommunities.of(settings)
    with run.reporter.stage(say("Looking for new topics ({space})", space=space.name), None):
        born = find_births(
            estimator,
            vectors,
            pool["record_id"].to_numpy(zero_copy_only=False),
            run.warehouse.table("mentions/customers", tables={"chosen": pool})["customer_ref"].to_pylist(),
            known.models,
            min_customers=settings.min_birth_customers,
        )
    return pool, born, vectors, float(getattr(estimator, "resolution_", 0.0))


def _newborn(
    run: Run,
    space: Space,
    known: Known,
    pool: pa.Table,
    born: np.ndarray,
    vectors: np.ndarray,
    resolution: float,
) -> tuple[list[Entry], list[Change]]:
    settings = run.settings.discover
    n = int(born.max(initial=-1)) + 1
    if not n:
        return [], []
    models, rows = topic_models(
        vectors, born, n, most_anchors=settings.anchors, random_state=settings.random_state
    )
    steady = bootstrap_stability(
        vectors, born, n, resolution, k=settings.k, random_state=settings.random_state
    )
    names = pool["mention_id"].to_pylist()
    gone = _retired(run, space)
    entries, changes = [], []
    for topic in range(n):
        members = np.flatnonzero(born == topic)
        centre = models.centres[topic]
        revived = _revived(gone, centre)
        entries.append(
            Entry(
                topic_id=revived,
                total=vectors[members].sum(axis=0),
                mentions=len(members),
                radius=float(models.radii[topic]),
                found_centre=centre,
                named_centre=centre,
                stability=float(steady[topic]),
                anchors=[(names[row], vectors[row]) for row in rows[models.anchor_topics == topic]],
            )
        )
        event = Event.BORN if revived is None else Event.REVIVED
        changes.append(Change(event, len(known.ids) + topic, None, len(members), 1.0))
    return entries, changes


def _retired(run: Run, space: Space) -> dict[str, np.ndarray]:
    rows = run.warehouse.table("models/retired", {"space": space.name, "encoder": space.revision})
    return {row["topic_id"]: np.array(row["found_centre"], dtype=np.float32) for row in rows.to_pylist()}


def _revived(gone: dict[str, np.ndarray], centre: np.ndarray) -> str | None:
    """The retired topic that a newborn one is, and takes the id of."""
    near = {topic_id: float(old @ centre) for topic_id, old in gone.items()}
    best = max(near, key=lambda topic_id: near[topic_id], default=None)
    if best is None or near[best] < _SAME_ISSUE:
        return None
    gone.pop(best)
    return best


def _to_centres(vectors: np.ndarray, born: np.ndarray, newborn: list[Entry]) -> np.ndarray:
    if not newborn:
        return np.zeros(len(born), dtype=np.float32)
    centres = np.stack([entry.found_centre for entry in newborn])
    return np.einsum("ij,ij->i", vectors, centres[born]).astype(np.float32)


def _steadiness(run: Run, space: Space, pool: pa.Table, born: np.ndarray, n_kept: int) -> Steadiness:
    """Only the pool's mentions changed; all others are where they were."""
    rows = run.warehouse.table("mentions/settled_sizes", {"space": space.name, "as_of": run.day}).to_pylist()
    pairs: Counter[tuple[str | None, str | None]] = Counter(
        {(row["topic_id"], row["topic_id"]): row["mentions"] for row in rows}
    )
    settled = pool["settled"].to_numpy(zero_copy_only=False).astype(bool)
    moved = np.flatnonzero(settled & (born >= 0))
    for topic in born[moved].tolist():
        pairs[None, None] -= 1
        pairs[None, f"new {n_kept + topic}"] += 1
    records = pool["record_id"].to_numpy(zero_copy_only=False)
    return Steadiness(dict(pairs), sum(row["records"] for row in rows), len(set(records[moved].tolist())))
