"""Incidents: signals of one night that are one thing told of several subjects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from issuemine.records import Scope

_OF_SMALLER, _OF_LARGER = 0.5, 0.15
_TOGETHER_DAYS = 2


@dataclass(frozen=True)
class Member:
    """One signal of tonight.

    Attributes
    ----------
    signal_id : str
    incident_id : str or None
        The incident of its episode, where that goes on.
    scope : Scope
    first_day : date
        When its episode began.
    p_value : float
    records : frozenset of str
        Records of its window.
    """

    signal_id: str
    incident_id: str | None
    scope: Scope
    first_day: date
    p_value: float
    records: frozenset[str]


def incidents(members: Sequence[Member]) -> list[str]:
    """Incident of each signal.

    A signal whose episode goes on stays with its incident. A new one joins the signal with which it shares
    most records, if these are half of the smaller and a good part of the larger; else it opens an incident.
    A source holds every topic's records: what rises with it is one with it, but only if they began within two
    days of each other, so that what begins during a long disturbance is told by itself.

    Parameters
    ----------
    members : sequence of Member
        All signals of the night.

    Returns
    -------
    list of str
        In the order of the members. A new incident is named by its surest signal.
    """
    found = [member.incident_id for member in members]
    # Sources come first, so that what rises with one finds it there.
    order = sorted(
        range(len(members)),
        key=lambda at: (members[at].scope is not Scope.SOURCE, members[at].p_value, members[at].signal_id),
    )
    for at in order:
        if found[at] is None:
            shared = {
                other: _shared(members[at], members[other]) for other in order if found[other] is not None
            }
            best = max(shared, key=lambda other: shared[other], default=None)
            joins = best is not None and shared[best] > 0
            found[at] = found[best] if joins and best is not None else members[at].signal_id
    surest: dict[str | None, Member] = {}
    for member, incident_id in zip(members, found, strict=True):
        best_yet = surest.setdefault(incident_id, member)
        if (member.p_value, member.signal_id) < (best_yet.p_value, best_yet.signal_id):
            surest[incident_id] = member
    old = {member.incident_id for member in members}
    return [
        str(incident_id) if incident_id in old else surest[incident_id].signal_id for incident_id in found
    ]


def _shared(one: Member, other: Member) -> int:
    """Records that two signals share if these make them one incident, else 0."""
    shared = len(one.records & other.records)
    smaller, larger = sorted((len(one.records), len(other.records)))
    if not shared or shared < _OF_SMALLER * smaller:
        return 0
    if Scope.SOURCE in (one.scope, other.scope):
        return shared if abs((one.first_day - other.first_day).days) <= _TOGETHER_DAYS else 0
    return shared if shared >= _OF_LARGER * larger else 0
