"""What emerges: signals and the words that they are told in; imported from ``issuemine.records``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from issuemine.records import Quote


class SignalState(StrEnum):
    """Where a topic, or another subject of signals, stands."""

    NEW = "new"
    """Comes up more than it ever should, for the first time, or for the first time after being quiet."""
    ONGOING = "ongoing"
    """As the night before."""
    ESCALATING = "escalating"
    """Worse by far than when it was last told."""
    REGRESSED = "regressed"
    """Back after it was resolved."""
    QUIET = "quiet"
    """Back at its usual level."""
    RESOLVED = "resolved"
    """Settled by a person, or quiet for as long as was agreed."""
    ARCHIVED = "archived"
    """Put away by a person until it escalates."""


class Scope(StrEnum):
    """What a signal is about."""

    TOPIC = "topic"
    SOURCE = "source"
    """The problems that people tell in one source as a whole, whatever their topics."""
    GROUP = "group"
    """Near-identical new mentions that are no topic yet."""


class Nature(StrEnum):
    """What an excess is made of."""

    ORGANIC = "organic"
    """Many people, each in words of their own: worth a look."""
    TEMPLATED = "templated"
    """Texts that are the same or nearly so: a campaign, a form, a copied complaint."""
    LOW_CONTENT = "low_content"
    """Texts too short to name a fault, as in a burst of hostile reviews."""
    ONE_CUSTOMER = "one_customer"
    """One customer, or two or three, over and over."""


class Severity(StrEnum):
    """How much an excess weighs, for rules that choose what is sent."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Signal:
    """A finding of one night: something comes up more often than its past explains.

    Attributes
    ----------
    signal_id : str
        ``<subject>@<day>``: the same whenever the same night is run again, so it serves as a key.
    episode_id : str
        The first signal of those that go on, night after night, until the subject is quiet.
    incident_id : str
        The first signal of those that seem to be one thing told of several subjects, such as a source and
        a topic that rise together.
    run_id : str
        The run that found it.
    day, first_day : date
        The night's day, and that on which the episode began.
    scope : Scope
        What it is about; ``topic_id`` is set for a topic, ``source`` for a source as a whole.
    state : SignalState
        New, ongoing, escalating, regressed, or quiet on the night that it ends.
    severity : Severity
    nature : Nature
    news : bool
        Whether a person has not been told yet: it is the first of its incident, or has escalated since,
        and is no templated or empty text. What a default rule sends.
    provisional : bool
        Whether it is about mentions that are no topic yet.
    label : str
        What it is called; empty for a source as a whole.
    keywords : tuple of str
        Words of the excess.
    window : str
        What stands out most: ``day``, ``week`` (seven days), or hours, such as ``09:00-12:00 UTC``.
    observed, expected, low, high : float
        Records of the window; what the past lets expect of it; the interval within which it
        would usually lie.
    exposure : int
        All records of the same sources in the window.
    excess : float
        Records above what was expected.
    customers : int or None
        Distinct customers of the window; None where sources do not name them.
    p_value, q_value : float
        Of the window, alone and among all that was judged that night.
    quotes : tuple of Quote
        Mentions of the excess.
    week_excess : float
        Records of the last seven days above what was expected, whatever the window.
    """

    signal_id: str
    episode_id: str
    incident_id: str
    run_id: str
    day: date
    first_day: date
    scope: Scope
    topic_id: str | None
    source: str | None
    state: SignalState
    severity: Severity
    nature: Nature
    news: bool
    provisional: bool
    label: str
    keywords: tuple[str, ...]
    window: str
    observed: int
    expected: float
    low: float
    high: float
    exposure: int
    excess: float
    customers: int | None
    p_value: float
    q_value: float
    quotes: tuple[Quote, ...]
    week_excess: float = 0.0
