"""Tonight's levels: every topic, source and dense group judged against its own past, all in one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from issuemine.records import Scope
from issuemine.trends.episodes import Level
from issuemine.trends.predictive import q_values
from issuemine.trends.surveillance import Judgement, judge
from pipelines.context import Run
from pipelines.signals.counting import Panel
from pipelines.signals.grouping import FoundGroup

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
    q = q_values(np.concatenate(p_values))
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
    return found


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
