"""History: which issues come up on which day, with what is planted in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from issuemine.sample.texts import Issue

_WEEKDAYS = np.array([1.25, 1.15, 1.05, 1.0, 1.0, 0.8, 0.75])


@dataclass(frozen=True)
class Happening:
    """One customer's reason to write on a day: the issue, the customer, and their platform and version."""

    day: date
    issue: Issue
    customer: int
    platform: str
    version: str


@dataclass(frozen=True)
class Event:
    """Something planted that a good analysis should find."""

    day: date
    kind: str
    issue: str
    detail: str


def events(issues: tuple[Issue, ...], first: date, days: int) -> list[Event]:
    """The planted events, in order of their days."""
    found = []
    for issue in issues:
        if issue.starts:
            found.append(Event(_moment(first, days, issue.starts["at"]), "starts", issue.key, ""))
        if issue.fixed:
            found.append(Event(_moment(first, days, issue.fixed["at"]), "fixed", issue.key, ""))
        if release := issue.grows_after_release:
            detail = f"{release['platform']} {release['version']}"
            found.append(Event(_moment(first, days, release["at"]), "release", issue.key, detail))
        if follower := issue.followed_by:
            detail = f"{follower['key']} in {follower['share']:.0%} within {follower['days']} days"
            found.append(Event(first, "followed_by", issue.key, detail))
    return sorted(found, key=lambda event: (event.day, event.issue, event.kind))


def history(
    issues: tuple[Issue, ...], first: date, days: int, per_day: int, rng: np.random.Generator
) -> Iterator[Happening]:
    """Reasons to write, day by day: Poisson counts with a weekly rhythm and the planted changes."""
    total = sum(issue.rate for issue in issues)
    by_key = {issue.key: issue for issue in issues}
    customers = max(50, per_day * 20)
    waiting: dict[date, list[Happening]] = {}
    for offset in range(days):
        day = first + timedelta(days=offset)
        happenings = waiting.pop(day, [])
        for issue in issues:
            for platform in ("android", "ios", "web"):
                mean = per_day * issue.rate / total / 3 * _WEEKDAYS[day.weekday()]
                mean *= _factor(issue, platform, offset / days)
                for _ in range(int(rng.poisson(mean))):
                    version = _version(issues, platform, offset / days, rng)
                    happening = Happening(day, issue, int(rng.integers(customers)), platform, version)
                    happenings.append(happening)
                    follower = issue.followed_by
                    if follower and rng.random() < follower["share"]:
                        later = day + timedelta(days=int(rng.integers(1, follower["days"] + 1)))
                        waiting.setdefault(later, []).append(
                            Happening(later, by_key[follower["key"]], happening.customer, platform, version)
                        )
        yield from happenings


def _moment(first: date, days: int, share: float) -> date:
    return first + timedelta(days=int(days * share))


def _factor(issue: Issue, platform: str, share: float) -> float:
    if issue.starts:
        return float(issue.starts["factor"]) if share >= issue.starts["at"] else 0.0
    if issue.fixed and share >= issue.fixed["at"]:
        return 0.05
    release = issue.grows_after_release
    if release and share >= release["at"] and platform == release["platform"]:
        return float(release["factor"])
    return 1.0


def _version(issues: tuple[Issue, ...], platform: str, share: float, rng: np.random.Generator) -> str:
    """The newest release of the platform for most people, an older one for the rest."""
    for issue in issues:
        release = issue.grows_after_release
        if release and platform == release["platform"] and share >= release["at"] and rng.random() < 0.85:
            return str(release["version"])
    return ("5.0.3", "5.1.0", "5.1.2")[int(rng.integers(3))]
