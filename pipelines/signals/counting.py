"""Counts of a run: topics and sources over a bounded window of days, and what they are out of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from issuemine.intent.corpus import covered
from issuemine.trends.missing import missing_days
from pipelines.context import Run


@dataclass(frozen=True)
class Panel:
    """Counts over the days of the window, the judged day last.

    Attributes
    ----------
    days : ndarray of datetime64[D], shape (n_days,)
    sources : list of str
    records : ndarray of float, shape (n_sources, n_days)
        All records of each source; NaN where the source is missing.
    issues : ndarray of float, shape (n_sources, n_days)
        Those of them that tell of an issue; NaN as above.
    topics : list of str
    counts : ndarray of float, shape (n_topics, n_days)
        Records of each topic.
    exposure : ndarray of float, shape (n_topics, n_days)
        All records of the sources that the topic occurs in; 0 where all of these are missing or silent.
    """

    days: np.ndarray
    sources: list[str]
    records: np.ndarray
    issues: np.ndarray
    topics: list[str]
    counts: np.ndarray
    exposure: np.ndarray


def count(run: Run) -> Panel | None:
    """Count a run's topics and sources up to its day; None where there is no record in the window."""
    first = run.day - timedelta(days=run.settings.detect.history_days)
    values = {
        "first": first,
        "as_of": run.day,
        "classifiers": sorted(run.classifiers.values()),
        "languages": list(covered(None)),
    }
    rows = run.warehouse.table("signals/source_days", values)
    if not rows.num_rows:
        return None
    first = max(first, min(rows["day"].to_pylist()))
    days = np.arange(np.datetime64(first), np.datetime64(run.day) + 1)
    sources = sorted(set(rows["source"].to_pylist()))
    shape = (len(sources), len(days))
    at = (_places(rows["source"], sources), _offsets(rows["day"], first))
    records, issues = np.zeros(shape), np.zeros(shape)
    records[at] = rows["records"].to_numpy()
    issues[at] = rows["issues"].to_numpy()
    missing = missing_days(records)
    told = run.warehouse.table("signals/topic_days", {"first": first, "as_of": run.day})
    topics = sorted(set(told["topic_id"].to_pylist()), key=lambda topic_id: int(topic_id[1:]))
    topic_at, day_at = _places(told["topic_id"], topics), _offsets(told["day"], first)
    counts = np.zeros((len(topics), len(days)))
    np.add.at(counts, (topic_at, day_at), told["records"].to_numpy())
    among = np.zeros((len(topics), len(sources)))
    among[topic_at, _places(told["source"], sources)] = 1
    return Panel(
        days,
        sources,
        np.where(missing, np.nan, records),
        np.where(missing, np.nan, issues),
        topics,
        counts,
        among @ records,
    )


def _places(column: pa.ChunkedArray, names: list[str]) -> np.ndarray:
    place = {name: at for at, name in enumerate(names)}
    return np.array([place[name] for name in column.to_pylist()], dtype=np.int64)


def _offsets(column: pa.ChunkedArray, first: date) -> np.ndarray:
    days = column.to_numpy().astype("datetime64[D]")
    return (days - np.datetime64(first)).astype(np.int64)
