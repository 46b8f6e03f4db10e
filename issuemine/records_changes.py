"""What happened outside of the records: releases, outages, campaigns, changes of prices or policies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

KINDS = ("release", "outage", "campaign", "price", "policy", "other")
"""Kinds that have a name in every language; any other word is a kind as well."""
SCOPE_FIELDS = (
    "channel",
    "language",
    "product",
    "version",
    "platform",
    "plan",
    "region",
    "journey_stage",
)
"""Fields of records that columns of a change log are taken for the scope by themselves."""


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the change log.

    Attributes
    ----------
    kind : str
        One of ``KINDS`` or any other word; redacted.
    name : str
        What people call it, such as a version; redacted.
    start : date
        The day it came.
    end : date
        The day it ended; the same day where it did not last, or lasts.
    scope : dict of str to str
        Fields or attributes of records with the value that it concerns, redacted; empty for all.
    note : str
        What else is known; redacted.
    """

    kind: str
    name: str
    start: date
    end: date
    scope: dict[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two entries the same."""
        return (self.kind, self.name, self.start, self.end, tuple(sorted(self.scope.items())))


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """An entry that was made in the change log, or (``undoes``) one that takes another back.

    ``event_id`` is 0 until the store has given one.
    """

    at: datetime
    author: str
    change: Change | None
    undoes: int | None = None
    event_id: int = 0
