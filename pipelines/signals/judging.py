"""Tonight's levels: every topic, source and dense group judged against its own past, all in one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from issuemine.records import Scope
from issuemine.trends.episodes import Level
from issuemine.trends.predictive import q_values
from issuemine.trends.surveillance import Judgement, judge
from pipelines.context import Run
from pipelines.signals.counting import Panel
from pipelines.signals.grouping import FoundGroup
from pipelines.signals.hourly import Hourly, judge_last_hours

_WEEK = 7


@dataclass(frozen=True)
class Judged:
    """One subject and how much it stands out tonight.

    ``key`` names the subject within its scope: a topic's id, a source, the place of a group in tonight's
    list. ``begins`` says whether it stands out enough for a signal to begin.
    """

    scope: Scope
    key: str
    level: Level
    begins: bool
    group: FoundGroup | None = None


def judge_all(run: Run, panel: Panel, groups: Sequence[FoundGroup]) -> list[Judged]:
    """Judge all subjects; those of which nothing can be said are left out."""
    settings = run.settings.detect
    all_records = np.nansum(panel.records, axis=0)
    parts: list[tuple[Scope, list[str], np.ndarray, np.ndarray, Judgement]] = []
    if panel.topics:
        told = judge(panel.counts, panel.offset, panel.days, settings=settings)
        parts.append((Scope.TOPIC, panel.topics, panel.counts, panel.exposure, told))
    # A source as a whole is out of nothing that is in it: more people than usual write of issues.
    told = judge(panel.issues, panel.source_offset, panel.days, settings=settings)
    parts.append((Scope.SOURCE, panel.sources, panel.issues, panel.records, told))
    if groups:
        counts = np.stack([group.counts for group in groups])
        exposure = np.broadcast_to(all_records, counts.shape)
        told = judge(counts, panel.all_offset, panel.days, settings=settings)
        names = [str(at) for at in range(len(groups))]
        parts.append((Scope.GROUP, names, counts, exposure, told))
    searched = np.array([group.candidates for group in groups], dtype=np.float64)
    p_values = [
        np.minimum(told.p * searched, 1.0) if scope is Scope.GROUP else told.p for scope, *_, told in parts
    ]
    hourly = judge_last_hours(run, panel.topics)
    q = q_values(np.concatenate([*p_values, *_of_hours(hourly, panel)]))
    found: list[Judged] = []
    place = 0
    for (scope, names, counts, exposure, told), p in zip(parts, p_values, strict=True):
        for at, name in enumerate(names):
            if not np.isnan(p[at]):
                level = _level(counts[at], exposure[at], told, at, float(p[at]), float(q[place]))
                week = np.nansum(counts[at, -_WEEK:])
                begins = level.q_value <= settings.fdr and week >= settings.min_count and level.excess > 0
                group = groups[at] if scope is Scope.GROUP else None
                found.append(Judged(scope, name, level, bool(begins), group))
            place += 1
    return found if hourly is None else _with_hours(run, found, hourly, q[place:], panel)


def _of_hours(hourly: Hourly | None, panel: Panel) -> list[np.ndarray]:
    """p-values of the last hours of all topics: those with hardly a record in them are sure to be calm."""
    if hourly is None:
        return []
    p = np.ones(len(panel.topics))
    p[[panel.topics.index(topic) for topic in hourly.topics]] = np.nan_to_num(hourly.told.p, nan=1.0)
    return [p]


def _with_hours(
    run: Run, found: Sequence[Judged], hourly: Hourly, q: np.ndarray, panel: Panel
) -> list[Judged]:
    """Topics that stand out in their last hours and not yet in their day are told by these hours."""
    settings, told = run.settings.detect, hourly.told
    place = {topic: at for at, topic in enumerate(hourly.topics)}
    changed = []
    for one in found:
        at = place.get(one.key) if one.scope is Scope.TOPIC and not one.begins else None
        if at is not None:
            level = replace(
                one.level,
                window=hourly.window(at),
                observed=round(float(told.observed[at])),
                expected=float(told.expected[at]),
                low=float(told.low[at]),
                high=float(told.high[at]),
                exposure=round(float(told.exposure[at])),
                p_value=float(told.p[at]),
                q_value=float(q[panel.topics.index(one.key)]),
            )
            if level.q_value <= settings.fdr and level.observed >= settings.min_count and level.excess > 0:
                one = replace(one, level=level, begins=True)
        changed.append(one)
    return changed


def _level(
    counts: np.ndarray, exposure: np.ndarray, told: Judgement, at: int, p_value: float, q_value: float
) -> Level:
    day = np.nan_to_num(told.p_day[at], nan=1.0) <= np.nan_to_num(told.p_week[at], nan=1.0)
    width = 1 if day else _WEEK
    expected = float(np.nan_to_num(told.expected[at]))
    before = counts[-_WEEK - 1 : -1]
    lately = float(np.nanmax(before)) - expected if np.isfinite(before).any() else 0.0

    def of(day_value: np.ndarray, week_value: np.ndarray) -> float:
        return float(np.nan_to_num((day_value if day else week_value)[at]))

    return Level(
        window="day" if day else "week",
        observed=round(of(told.observed, told.observed_week)),
        expected=of(told.expected, told.expected_week),
        low=of(told.low, told.low_week),
        high=of(told.high, told.high_week),
        exposure=round(float(np.nansum(exposure[-width:]))),
        p_value=p_value,
        q_value=q_value,
        day_excess=float(np.nan_to_num(told.observed[at])) - expected,
        lately=lately,
        week_excess=float(np.nan_to_num(told.observed_week[at] - told.expected_week[at])),
    )
