"""What is told to people: alerts and their deliveries; imported from ``issuemine.records``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Mode(StrEnum):
    """How alerts become messages."""

    IMMEDIATE = "immediate"
    """One message a signal."""
    DIGEST = "digest"
    """One message for all that came up."""
    TEST = "test"
    """A sample that a person asked for."""


class DeliveryStatus(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    """Given up after too many attempts, until a person has it tried again."""


@dataclass(frozen=True, slots=True)
class Alert:
    """A signal that one rule tells by one channel.

    Attributes
    ----------
    key : str
        Made of what it says: the same signal, rule and channel have the same key, however often the night
        is run.
    rule, channel : str
    mode : Mode
    subject, episode_id : str
        What it is about, and since when; see ``Signal``.
    state, severity : str
        Of the signal.
    day : date
        The signal's.
    due_at : datetime or None
        Before this it is not sent: quiet hours end then, or the digest is due. None: it never is.
    content : dict
        The signal as plain values, quotes among them (redacted).
    """

    key: str
    rule: str
    channel: str
    mode: Mode
    subject: str
    episode_id: str
    state: str
    severity: str
    day: date
    due_at: datetime | None
    content: dict[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Told:
    """What is left of an alert when others are planned: what was told of what, and when."""

    rule: str
    channel: str
    subject: str
    episode_id: str
    severity: str
    day: date


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message on its way by one channel.

    Attributes
    ----------
    key : str
        Idempotency key; each try to send it has the same.
    contents : tuple of dict
        What it tells: the contents of its alerts.
    created_at : datetime
        When it was put together; each try says the same.
    due_at : datetime
        Before this it is not tried (again).
    attempts : int
        How often it was tried and failed, quick tries within one attempt not counted.
    failure : str or None
        Why the last attempt failed, as ``retell`` says it.
    delivery_id : int
        Number by which a person names it; 0 until the store has given one.
    """

    key: str
    rule: str
    channel: str
    mode: Mode
    contents: tuple[dict[str, Any], ...] = field(hash=False)
    created_at: datetime
    due_at: datetime
    status: DeliveryStatus = DeliveryStatus.WAITING
    attempts: int = 0
    failure: str | None = None
    sent_at: datetime | None = None
    delivery_id: int = 0
