"""Signals made by hand, and messages made of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from issuemine.alerts.planning import content_of
from issuemine.records import (
    Delivery,
    Mode,
    Nature,
    Quote,
    Scope,
    Severity,
    Signal,
    SignalState,
)

TUESDAY = date(2020, 8, 4)
NOW = datetime(2020, 8, 5, 2, 15, tzinfo=UTC)
QUOTE = "The app crashes <every> time I open a file & it *never* saves"

_CRASH = Signal(
    signal_id="T12@2020-08-04",
    episode_id="T12@2020-08-04",
    incident_id="T12@2020-08-04",
    run_id="r00001",
    day=TUESDAY,
    first_day=TUESDAY,
    scope=Scope.TOPIC,
    topic_id="T12",
    source=None,
    state=SignalState.NEW,
    severity=Severity.MEDIUM,
    nature=Nature.ORGANIC,
    news=True,
    provisional=False,
    label="App crashes on start",
    keywords=("crash", "start"),
    window="day",
    observed=41,
    expected=6.2,
    low=2.0,
    high=11.0,
    exposure=900,
    excess=34.8,
    customers=38,
    p_value=1e-9,
    q_value=1e-7,
    quotes=(Quote("a-0", "a", 0, len(QUOTE), QUOTE, 0.9), Quote("b-0", "b", 0, 7, "crashes", 0.8)),
)


def signal(
    subject: str = "T12", day: date = TUESDAY, first_day: date | None = None, **changes: Any
) -> Signal:
    """A signal of a topic; its ids follow from the subject and the days."""
    first = first_day or day
    episode = f"{subject}@{first}"
    ids = {"signal_id": f"{subject}@{day}", "episode_id": episode, "incident_id": episode}
    return replace(_CRASH, **({"day": day, "first_day": first, "topic_id": subject} | ids | changes))


def days(count: int) -> date:
    """So many days after the Tuesday."""
    return TUESDAY + timedelta(days=count)


def delivery(
    channel: str = "ops", key: str = "alert_0123", mode: Mode = Mode.IMMEDIATE, *signals: Signal
) -> Delivery:
    """A message on its way."""
    contents = tuple(content_of(one, 2) for one in signals or (signal(),))
    return Delivery(key, "default", channel, mode, contents, NOW, NOW)
