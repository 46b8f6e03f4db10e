"""Dense groups of tonight's mentions: what many say at once and hardly anybody said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pyarrow as pa

from issuemine.intent.corpus import covered
from issuemine.trends.groups import Group, dense_groups
from pipelines.context import Run
from pipelines.discovery.known import mention_vectors
from pipelines.signals.counting import Panel
from pipelines.spaces import Space, matrix

_PAST_TIMES = 10
_SAME = 0.95
_LEAST_NEAR, _MOST_NEAR = 0.5, 0.8


@dataclass(frozen=True)
class FoundGroup:
    """A dense group with its counts.

    Attributes
    ----------
    space : Space
    mentions : pa.Table
        Columns of ``signals/fresh``, nearest to the centre first.
    vectors : ndarray of float32, shape (n, dim)
        Of the mentions.
    counts : ndarray of float, shape (n_days,)
        Records a day that say nearly the same, over the panel's days; NaN before the days searched.
    excess : float
        Records above what the days before let expect.
    candidates : int
        Groups that could have been found: among so many places this is the densest.
    """

    space: Space
    mentions: pa.Table
    vectors: np.ndarray
    counts: np.ndarray
    excess: float
    candidates: int

    @property
    def records(self) -> frozenset[str]:
        """Records of the group."""
        return frozenset(self.mentions["record_id"].to_pylist())

    @property
    def topic_id(self) -> str | None:
        """The topic that most of its mentions belong to, if there is one."""
        topics = [topic for topic in self.mentions["topic_id"].to_pylist() if topic is not None]
        if not topics:
            return None
        most = max(sorted(set(topics)), key=topics.count)
        return most if 2 * topics.count(most) > self.mentions.num_rows else None


def find_groups(run: Run, space: Space, panel: Panel) -> list[FoundGroup]:
    """Groups of one space, by decreasing excess."""
    settings = run.settings.signals
    first = run.day - timedelta(days=settings.group_days - 1)
    fresh = run.warehouse.table(
        "signals/fresh",
        {
            "space": space.name,
            "first": first,
            "as_of": run.day,
            "classifier": space.classifier,
            "languages": list(covered(None)),
            "most": settings.group_mentions,
        },
    )
    records = _codes(fresh["record_id"])
    if len(np.unique(records)) < settings.group_min_records:
        return []
    past = run.warehouse.table(
        "signals/past",
        {
            "space": space.name,
            "first": run.day - timedelta(days=settings.group_past_days),
            "last": first - timedelta(days=1),
            "most": _PAST_TIMES * settings.group_mentions,
        },
    )
    vectors, before = mention_vectors(run, space, fresh), mention_vectors(run, space, past)
    near = _near(run, space)
    exposed = np.nansum(panel.records, axis=0)
    begin = max(0, len(panel.days) - settings.group_past_days - 1)
    until = len(panel.days) - settings.group_days
    weight = past["weight"][0].as_py() if past.num_rows else 1.0
    scale = weight * exposed[until:].sum() / max(exposed[begin:until].sum(), 1.0)
    found = dense_groups(
        vectors, records, before, near=near, scale=scale, min_records=settings.group_min_records
    )
    return [
        FoundGroup(
            space,
            fresh.take(pa.array(group.members)),
            vectors[group.members],
            _counts(group, near, panel, begin, [(fresh, vectors, 1.0), (past, before, weight)]),
            group.excess,
            len(vectors),
        )
        for group in found
    ]


def _near(run: Run, space: Space) -> float:
    """Cosine of nearly the same: what one in twenty pairs of one topic reach."""
    rows = run.warehouse.table("models/anchors", {"space": space.name, "encoder": space.revision})
    vectors, topics = matrix(rows["vector"], space.dim), _codes(rows["topic_id"])
    pairs = []
    for topic in np.unique(topics):
        own = vectors[topics == topic]
        pairs.append((own @ own.T)[np.triu_indices(len(own), 1)])
    cosines = np.concatenate(pairs) if pairs else np.array([])
    return (
        float(np.clip(np.quantile(cosines, _SAME), _LEAST_NEAR, _MOST_NEAR)) if len(cosines) else _LEAST_NEAR
    )


def _counts(
    group: Group, near: float, panel: Panel, begin: int, parts: list[tuple[pa.Table, np.ndarray, float]]
) -> np.ndarray:
    """Records a day near the group's centre; each of a sample counts for all that it stands for."""
    counts = np.full(len(panel.days), np.nan)
    counts[begin:] = 0
    for mentions, vectors, weight in parts:
        rows = pa.array(np.flatnonzero(vectors @ group.centre >= near))
        near_ones = mentions.select(["record_id", "day"]).take(rows)
        told = {(row["record_id"], row["day"]) for row in near_ones.to_pylist()}
        days = np.array([day for _, day in sorted(told)], dtype="datetime64[D]")
        np.add.at(counts, (days - panel.days[0]).astype(np.int64), weight)
    return counts


def _codes(column: pa.ChunkedArray) -> np.ndarray:
    encoded = column.combine_chunks().dictionary_encode()
    return np.asarray(encoded.indices.to_numpy(), dtype=np.int64)
