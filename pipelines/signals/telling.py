"""From levels to signals: states, incidents, and what is news tonight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from issuemine.config import SignalsSettings
from issuemine.records import Nature, Scope, Severity, Signal, SignalState
from issuemine.trends.episodes import Past, goes_on, grew_to_news, is_news, severity_of, state_of
from issuemine.trends.incidents import Member, incidents
from pipelines.context import Run
from pipelines.signals.evidence import UNHEARD, Evidence, Witness
from pipelines.signals.judging import Judged

_RESTS_DAYS = 7
"""Days after which an incident that was told may be news again without being worse."""
_TELLING = 0.5
"""Share of a topic's records that must tell of an issue: what people praise at once weighs little."""
_PART = 0.4
"""A topic with this share of what a whole source has too much of tells the incident best."""
_SETTLES_DAYS = 3
"""Days in which the words of a new signal are looked for anew each night."""
_PREFERRED = (Scope.TOPIC, Scope.GROUP, Scope.SOURCE)


@dataclass(frozen=True)
class Known:
    """What is known of topics before tonight's signals: labels, and those that appeared or were resolved."""

    labels: Mapping[str, str]
    young: frozenset[str]
    resolved: frozenset[str]


def tell(run: Run, judged: Sequence[Judged], witness: Witness, known: Known) -> list[Signal]:
    """Tonight's signals, the weightiest first."""
    episodes = _episodes(run)
    found: list[tuple[Signal, Evidence | None]] = []
    seen: set[str] = set()
    for one in judged:
        subject = _subject(one, episodes)
        if subject in seen:
            continue
        row = episodes.get(subject)
        past = _past(row)
        state = state_of(
            one.level,
            past,
            run.day,
            run.settings.signals,
            begins=one.begins,
            resolved=one.key in known.resolved,
            known=one.scope is Scope.TOPIC and one.key not in known.young,
        )
        if state is None or (past is None and one.group is not None and one.group.topic_id in seen):
            continue  # a new group within a topic that has a signal itself adds nothing
        seen.add(subject)
        again = row if row is not None and _settled(state, past, run.day) else None
        evidence = witness.of(one, again)
        signal = _signal(run, subject, one, state, past, evidence, known)
        if one.begins and grew_to_news(state, signal.severity, signal.nature, past, run.settings.signals):
            signal = replace(signal, state=SignalState.ESCALATING)
        found.append((signal, evidence))
    found += [
        (_ended(run, subject, row), None)
        for subject, row in episodes.items()
        if subject not in seen and not row["quiet"]
    ]
    return _in_incidents(run, found)


def _episodes(run: Run) -> dict[str, dict[str, Any]]:
    """The newest episode of each subject that may go on tonight."""
    since = run.day - timedelta(days=365)
    rows = run.warehouse.table("signals/episodes", {"day": run.day, "since": since}).to_pylist()
    return {row["subject"]: row for row in rows}


def _settled(state: SignalState, past: Past | None, day: date) -> bool:
    """Whether the words of the night before still do: nothing changed, and the episode is not new."""
    if state not in (SignalState.ONGOING, SignalState.QUIET) or past is None:
        return False
    return state is SignalState.QUIET or (day - past.first_day).days > _SETTLES_DAYS


def _past(row: Mapping[str, Any] | None) -> Past | None:
    if row is None:
        return None
    names = ("episode_id", "incident_id", "first_day", "last_day", "quiet", "told_day", "told_excess")
    return Past(**{name: row[name] for name in names})


def _subject(one: Judged, episodes: Mapping[str, Mapping[str, Any]]) -> str:
    """Name of a subject: a group goes on under the name of one that quoted a mention of it."""
    if one.group is None:
        return one.key if one.scope is Scope.TOPIC else f"{one.scope}:{one.key}"
    mentions = one.group.mentions["mention_id"].to_pylist()
    for subject, row in episodes.items():
        if row["scope"] == Scope.GROUP and any(quote["mention_id"] in mentions for quote in row["quotes"]):
            return subject
    return f"{one.scope}:{mentions[0]}"


def _signal(
    run: Run,
    subject: str,
    one: Judged,
    state: SignalState,
    past: Past | None,
    evidence: Evidence,
    known: Known,
) -> Signal:
    signal_id = f"{subject}@{run.day}"
    old = past if past is not None and goes_on(past, run.day, run.settings.signals) else None
    topic_id = one.key if one.scope is Scope.TOPIC else one.group.topic_id if one.group is not None else None
    level = one.level
    return Signal(
        signal_id=signal_id,
        episode_id=old.episode_id if old is not None else signal_id,
        incident_id=old.incident_id if old is not None else "",
        run_id=run.run_id,
        day=run.day,
        first_day=old.first_day if old is not None else run.day,
        scope=one.scope,
        topic_id=topic_id,
        source=one.key if one.scope is Scope.SOURCE else None,
        state=state,
        severity=severity_of(level) if evidence.telling >= _TELLING else Severity.LOW,
        nature=evidence.nature,
        news=False,
        provisional=one.scope is Scope.GROUP and topic_id is None,
        label=known.labels.get(one.key, evidence.label) if one.scope is Scope.TOPIC else evidence.label,
        keywords=evidence.keywords,
        window=level.window,
        observed=level.observed,
        expected=level.expected,
        low=level.low,
        high=level.high,
        exposure=level.exposure,
        excess=level.excess,
        customers=evidence.customers,
        p_value=level.p_value,
        q_value=level.q_value,
        quotes=evidence.quotes,
        week_excess=level.week_excess,
    )


def _ended(run: Run, subject: str, row: Mapping[str, Any]) -> Signal:
    """A signal whose subject is not there any more, such as a group that nobody adds to."""
    return Signal(
        signal_id=f"{subject}@{run.day}",
        episode_id=row["episode_id"],
        incident_id=row["incident_id"],
        run_id=run.run_id,
        day=run.day,
        first_day=row["first_day"],
        scope=Scope(row["scope"]),
        topic_id=row["topic_id"],
        source=row["source"],
        state=SignalState.QUIET,
        severity=Severity.LOW,
        nature=Nature.ORGANIC,
        news=False,
        provisional=row["scope"] == Scope.GROUP and row["topic_id"] is None,
        label=row["label"],
        keywords=(),
        window="day",
        observed=0,
        expected=0.0,
        low=0.0,
        high=0.0,
        exposure=0,
        excess=0.0,
        customers=None,
        p_value=1.0,
        q_value=1.0,
        quotes=(),
    )


def _in_incidents(run: Run, found: Sequence[tuple[Signal, Evidence | None]]) -> list[Signal]:
    """Give signals their incidents, and choose for each the one signal that is news.

    What rises within a burst that has no content is news only if it was hardly heard of before.
    """
    ids = incidents(
        [
            Member(
                signal.signal_id,
                signal.incident_id or None,
                signal.scope,
                signal.first_day,
                signal.p_value,
                evidence.records if evidence is not None else frozenset(),
            )
            for signal, evidence in found
        ]
    )
    signals = [replace(signal, incident_id=given) for (signal, _), given in zip(found, ids, strict=True)]
    told = _told(run)
    hollow = {
        signal.incident_id
        for signal in signals
        if signal.scope is Scope.SOURCE and signal.nature is not Nature.ORGANIC
    }
    worthy: dict[str, list[Signal]] = {}
    for signal in signals:
        of_itself = signal.incident_id not in hollow or signal.observed >= UNHEARD * signal.expected
        if of_itself and is_news(signal.state, signal.severity, signal.nature, run.settings.signals):
            worthy.setdefault(signal.incident_id, []).append(signal)
    news = {incident_id: _first_told(of) for incident_id, of in worthy.items()}
    chosen = {
        signal.signal_id
        for signal in news.values()
        if _untold(signal, told.get(signal.incident_id), run.day, run.settings.signals)
    }
    order = {severity: at for at, severity in enumerate(reversed(Severity))}
    return sorted(
        (replace(signal, news=signal.signal_id in chosen) for signal in signals),
        key=lambda signal: (not signal.news, order[signal.severity], signal.p_value, signal.signal_id),
    )


def _first_told(signals: Sequence[Signal]) -> Signal:
    """The signal that tells an incident: a topic if it holds a good part, else a group, else a source."""
    most = max(signal.excess for signal in signals)
    large = [signal for signal in signals if signal.excess >= _PART * most]
    return min(large, key=lambda signal: (_PREFERRED.index(signal.scope), -signal.excess, signal.signal_id))


def _untold(signal: Signal, told: tuple[date, float] | None, day: date, settings: SignalsSettings) -> bool:
    if told is None or (day - told[0]).days >= _RESTS_DAYS:
        return True
    return signal.week_excess >= settings.escalation * told[1]


def _told(run: Run) -> dict[str, tuple[date, float]]:
    """When incidents were told last, and the largest excess told within the days that they rest."""
    values = {"day": run.day, "since": run.day - timedelta(days=_RESTS_DAYS)}
    rows = run.warehouse.table("signals/told", values).to_pylist()
    return {row["incident_id"]: (row["day"], row["excess"]) for row in rows}
