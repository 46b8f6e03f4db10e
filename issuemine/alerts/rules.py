"""Which signals a rule tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from issuemine.config import AlertRule
from issuemine.records import Severity, Signal, SignalState, Told

Segments = Sequence[tuple[Mapping[str, str | None], int]]
"""Records of a signal counted by the values of their fields."""

_RANK: dict[str, int] = {severity: rank for rank, severity in enumerate(Severity)}
_ENDS = (SignalState.QUIET, SignalState.RESOLVED)


def subject_of(signal: Signal) -> str:
    """What a signal is about, whatever its day: the part of its id before ``@``."""
    return signal.signal_id.rpartition("@")[0]


def tells(rule: AlertRule, signal: Signal, segments: Segments, told: Iterable[Told]) -> bool:
    """Whether a rule tells a signal.

    Parameters
    ----------
    rule : AlertRule
        The rule.
    signal : Signal
        What was found.
    segments : Segments
        What the signal's records are.
    told : iterable of Told
        What the rule has told of earlier days by the channel in question.
    """
    if signal.state not in rule.told_states or not _lies_in(rule, segments):
        return False
    told = list(told)
    if signal.state in _ENDS:
        # Its severity is that of a calm night: what counts is whether its beginning was told.
        return any(before.episode_id == signal.episode_id for before in told)
    if signal.severity not in rule.severities or (rule.news_only and not signal.news):
        return False
    return not any(_hushes(before, rule, signal) for before in told)


def _lies_in(rule: AlertRule, segments: Segments) -> bool:
    if not rule.segments:
        return True
    total = sum(count for _, count in segments)
    inside = sum(
        count
        for values, count in segments
        if all(values.get(name) in wanted for name, wanted in rule.segments.items())
    )
    return total > 0 and inside >= rule.segment_share * total


def _hushes(before: Told, rule: AlertRule, signal: Signal) -> bool:
    """Whether something told lately makes it too early to tell of the same subject again."""
    return (
        before.subject == subject_of(signal)
        and signal.day < before.day + timedelta(days=rule.cooldown_days)
        and _RANK[before.severity] >= _RANK[signal.severity]
    )
