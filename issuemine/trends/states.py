"""Where a topic stands, and why: signals move it, silence settles it, people decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from issuemine.config import SignalsSettings
from issuemine.records import Nature, Severity, SignalState


class Reason(StrEnum):
    """Why a topic stands where it does."""

    BORN = "born"
    """It is new."""
    SIGNAL = "signal"
    """A signal of the night."""
    RECORDS = "records"
    """It has records, at its usual level."""
    SILENCE = "silence"
    """It has had no records for as long as was agreed."""
    PERSON = "person"
    """Somebody said so."""


@dataclass(frozen=True)
class Standing:
    """Where a topic stands.

    ``event_id`` is the newest decision of a person that it knows of, whether or not that still holds.
    """

    state: SignalState
    reason: Reason
    signal_id: str | None = None
    author: str | None = None
    event_id: int | None = None


@dataclass(frozen=True)
class Heard:
    """A signal of a topic tonight, as far as it matters to where the topic stands."""

    signal_id: str
    state: SignalState
    severity: Severity
    nature: Nature


@dataclass(frozen=True)
class Decided:
    """What a person said last of where a topic stands; None for reopen."""

    state: SignalState | None
    author: str
    event_id: int


_MOVES = (SignalState.NEW, SignalState.ESCALATING, SignalState.REGRESSED)
_PUT_AWAY = (SignalState.RESOLVED, SignalState.ARCHIVED)


def standing(
    before: Standing | None,
    day: date,
    first_seen: date,
    last_seen: date,
    heard: Heard | None,
    decided: Decided | None,
    settings: SignalsSettings,
) -> Standing:
    """Where a topic stands after a night.

    A decision that is new wins over all else. One that was taken into account holds until a signal moves the
    topic: what was resolved has regressed, what was archived escalates if the signal weighs enough. Without
    either, an organic signal says where the topic stands as long as it goes on; then its records do: new for
    some weeks, ongoing, quiet, and in the end resolved.

    Parameters
    ----------
    before : Standing, optional
        After the night before; None for a topic that is seen for the first time.
    day : date
        The night's day.
    first_seen, last_seen : date
        Days of its first and its newest record.
    heard : Heard, optional
        Its signal of tonight.
    decided : Decided, optional
        What a person said last.
    settings : SignalsSettings
        How long a topic is new, when it is quiet, and when that settles it.
    """
    event_id = decided.event_id if decided is not None else None
    fresh = decided is not None and (before is None or before.event_id != event_id)
    if fresh and decided is not None and decided.state is not None:
        return Standing(decided.state, Reason.PERSON, None, decided.author, event_id)
    moved = _moved(before, heard, settings)
    if moved is not None and heard is not None:
        return Standing(moved, Reason.SIGNAL, heard.signal_id, None, event_id)
    holds = decided is not None and decided.state is not None
    if holds and before is not None and before.reason is Reason.PERSON:
        return before
    going_on = heard is not None and heard.state is SignalState.ONGOING and before is not None
    if going_on and before is not None and before.reason is Reason.SIGNAL:
        return Standing(before.state, Reason.SIGNAL, before.signal_id, None, event_id)
    silent = (day - last_seen).days
    if silent >= settings.resolved_days:
        return Standing(SignalState.RESOLVED, Reason.SILENCE, None, None, event_id)
    if silent >= settings.quiet_days:
        return Standing(SignalState.QUIET, Reason.SILENCE, None, None, event_id)
    if (day - first_seen).days < settings.new_days:
        return Standing(SignalState.NEW, Reason.BORN, None, None, event_id)
    return Standing(SignalState.ONGOING, Reason.RECORDS, None, None, event_id)


def _moved(before: Standing | None, heard: Heard | None, settings: SignalsSettings) -> SignalState | None:
    """State that tonight's signal gives a topic, None if it leaves it where it is."""
    if heard is None or heard.state not in _MOVES or heard.nature is not Nature.ORGANIC:
        return None
    if before is None or before.state not in _PUT_AWAY:
        return heard.state
    if before.state is SignalState.RESOLVED:
        return SignalState.REGRESSED
    order = list(Severity)
    enough = order.index(heard.severity) >= order.index(Severity(settings.alert_from))
    return SignalState.ESCALATING if enough else None
