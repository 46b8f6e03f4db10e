"""What a test of a channel sends."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from issuemine.alerts.planning import content_of
from issuemine.messages import say
from issuemine.records import Delivery, Mode, Nature, Quote, Scope, Severity, Signal, SignalState


def sample_delivery(channel: str, now: datetime) -> Delivery:
    """A message of its own by a channel, about a signal that never was.

    Parameters
    ----------
    channel : str
        Its name.
    now : datetime
        With a zone; the sample is of this day.
    """
    text = say("The app closes as soon as I open a file.")
    signal = Signal(
        signal_id=f"sample@{now.date()}",
        episode_id=f"sample@{now.date() - timedelta(days=1)}",
        incident_id=f"sample@{now.date() - timedelta(days=1)}",
        run_id="sample",
        day=now.date(),
        first_day=now.date() - timedelta(days=1),
        scope=Scope.TOPIC,
        topic_id="T0",
        source=None,
        state=SignalState.NEW,
        severity=Severity.HIGH,
        nature=Nature.ORGANIC,
        news=True,
        provisional=False,
        label=say("App closes by itself (a sample)"),
        keywords=(),
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
        quotes=(Quote("sample-0", "sample", 0, len(text), text, 1.0),),
    )
    return Delivery(
        key=f"test_{secrets.token_hex(16)}",
        rule="test",
        channel=channel,
        mode=Mode.TEST,
        contents=(content_of(signal, 2),),
        created_at=now,
        due_at=now,
    )
