"""Counts of a run: topics and sources over a bounded window of days, and what they are out of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from issuemine.intent.corpus import covered
from issuemine.trends.exposure import out_of, read_exposure
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
    offset : ndarray of float, shape (n_topics, n_days)
        What counts are out of: the exposure, or what ``signals.exposure`` tells in its place.
    source_offset : ndarray of float, shape (n_sources, n_days)
        The same of each source as a whole: 1 where nothing is told.
    all_offset : ndarray of float, shape (n_days,)
        The same of what all sources bring.
    """

    days: np.ndarray
    sources: list[str]
    records: np.ndarray
    issues: np.ndarray
    topics: list[str]
    counts: np.ndarray
    exposure: np.ndarray
    offset: np.ndarray
    source_offset: np.ndarray
    all_offset: np.ndarray


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
    seen = np.where(missing, np.nan, records)
    base, of_source = _offsets_of(run, sources, days, seen)
    return Panel(
        days,
        sources,
        seen,
        np.where(missing, np.nan, issues),
        topics,
        counts,
        among @ records,
        among @ base,
        of_source,
        base.sum(axis=0),
    )


def _offsets_of(
    run: Run, sources: list[str], days: np.ndarray, records: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """What the records of each source are out of, and its issues as a whole: all records, and nothing.

    Where people tell more, that.
    """
    file = run.settings.signals.exposure
    if file is None:
        return np.nan_to_num(records), np.ones(records.shape)
    base, known = out_of(read_exposure(Path(file)), sources, days, records)
    run.counts["exposure_days"] = int(known.any(axis=0).sum())
    run.counts["days_without_exposure"] = int((~known & ~np.isnan(records)).any(axis=0).sum())
    usual = np.where(known, base, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return base, np.where(known, base / np.maximum(usual, 1e-300)[:, None], 1.0)


def _places(column: pa.ChunkedArray, names: list[str]) -> np.ndarray:
    place = {name: at for at, name in enumerate(names)}
    return np.array([place[name] for name in column.to_pylist()], dtype=np.int64)


def _offsets(column: pa.ChunkedArray, first: date) -> np.ndarray:
    days = column.to_numpy().astype("datetime64[D]")
    return (days - np.datetime64(first)).astype(np.int64)
