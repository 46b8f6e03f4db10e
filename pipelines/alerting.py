"""Alerts of a warehouse folder: queued from what is published, sent from the outbox.

Both can be done again at any time. What a snapshot holds is queued once, by its keys; what is in the outbox
is sent until it is known to have arrived.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from issuemine.alerts.backoff import next_attempt
from issuemine.alerts.delivery import Outcome, deliver
from issuemine.alerts.keys import digest_key
from issuemine.alerts.planning import plan
from issuemine.alerts.senders import sender_of
from issuemine.config import Settings
from issuemine.messages import speaking
from issuemine.store.layout import Layout
from issuemine.store.operational import Operational, open_operational, outbox
from issuemine.store.operational.alone import alone
from issuemine.store.pointer import pointed, served
from issuemine.store.reading_signals import segments_of, signals_after
from issuemine.store.snapshot import Snapshot, Snapshots
from pipelines.logs import Logger
from pipelines.manifest import number_of


def queue_run(
    store: Operational, snapshot: Snapshot, settings: Settings, *, passed_over: bool = False
) -> int:
    """Queue the alerts of a run, and of runs before it that were cut off before they could.

    Messages that were told long ago are forgotten with it.

    Parameters
    ----------
    store : Operational
        Holds the outbox.
    snapshot : Snapshot
        What the run has published.
    settings : Settings
        Channels and rules.
    passed_over : bool, default False
        For a run that was hushed: have none of it told when its night is run again.

    Returns
    -------
    int
        Alerts that were new.
    """
    number, settled = number_of(snapshot.snapshot_id), outbox.progress(store)
    # A run that is done again under its old number is looked at again.
    after = number - 1 if settled is None else min(settled, number - 1)
    new = _queue(store, snapshot, settings, after, passed_over=passed_over)
    now = datetime.now(UTC)
    outbox.forget(store, now, now - timedelta(days=settings.alerts.keep_days))
    return new


def catch_up(store: Operational, layout: Layout, settings: Settings) -> int:
    """Queue what the snapshot that is served holds and no run has queued; gives the alerts that were new.

    After a rollback nothing is: what an old snapshot tells was told when it was new.
    """
    run_id, settled = served(layout), outbox.progress(store)
    if run_id is None or "rollback" in pointed(layout):
        return 0
    if settled is not None and number_of(run_id) <= settled:
        return 0
    snapshot = Snapshots(layout, settings.store).current()
    try:
        return _queue(store, snapshot, settings, number_of(run_id) - 1 if settled is None else settled)
    finally:
        snapshot.close()


def hush(layout: Layout, settings: Settings, run_id: str) -> None:
    """Have a run tell nothing, not even later; what earlier runs have to tell is queued first."""
    with open_operational(layout, settings.store) as store:
        catch_up(store, layout, settings)
        outbox.settle(store, number_of(run_id))


def send(
    store: Operational, settings: Settings, log: Logger, stopped: Callable[[], bool] = lambda: False
) -> dict[str, int] | None:
    """Send what is due, for at most ``alerts.run_seconds``.

    Parameters
    ----------
    store : Operational
        Holds the outbox.
    settings : Settings
        Channels and patience.
    log : Logger
        Told how each message fared, never what it says.
    stopped : callable, optional
        Whether to end early.

    Returns
    -------
    dict of str to int or None
        Messages sent and failed just now, and those of each status; None if another process is sending.
    """
    senders = {name: sender_of(name, settings.alerts, speaking()) for name in settings.alerts.channels}
    told = {"sent_now": 0, "failed_now": 0}
    start = time.monotonic()
    with alone(store, settings.alerts.run_seconds) as mine:
        if not mine:
            return None
        now = datetime.now(UTC)
        outbox.collect(store, now, digest_key)
        seconds = settings.alerts.run_seconds - (time.monotonic() - start)
        for outcome in deliver(outbox.due(store, now), senders, settings.alerts, seconds, stopped):
            told["failed_now" if outcome.failure else "sent_now"] += 1
            _note(store, outcome, settings, log)
    return told | outbox.counts(store)


def _queue(
    store: Operational, snapshot: Snapshot, settings: Settings, after: int, *, passed_over: bool = False
) -> int:
    database = snapshot.database
    planning = partial(
        plan,
        signals_after(database, after),
        settings.alerts,
        segments=partial(segments_of, database),
        now=datetime.now(UTC),
    )
    number = number_of(snapshot.snapshot_id)
    return outbox.queue(store, lambda told: planning(told=told), number, passed_over=passed_over)


def _note(store: Operational, outcome: Outcome, settings: Settings, log: Logger) -> None:
    delivery, now = outcome.delivery, datetime.now(UTC)
    facts = {"key": delivery.key, "rule": delivery.rule, "channel": delivery.channel}
    if outcome.failure is None:
        outbox.mark_sent(store, delivery.key, now)
        log.info("alert sent", **facts)
        return
    failed = delivery.attempts + 1
    dead = failed >= settings.alerts.attempts
    again_at = None if dead else next_attempt(failed, now, outcome.wait)
    outbox.mark_failed(store, delivery.key, outcome.failure, again_at)
    told = "alert given up" if dead else "alert failed"
    log.warning(told, **facts, attempts=failed, reason=outcome.failure, again_at=again_at)
