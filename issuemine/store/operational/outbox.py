"""The outbox: what is to be told is kept before it is sent, and what was told is never queued again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from issuemine.records import Alert, Delivery, DeliveryStatus, Mode, Told
from issuemine.store.operational.engine import Operational
from issuemine.store.operational.tables import alert_deliveries, alert_progress, alerts

_AT_ONCE = 500
"""Keys asked for in one statement."""
_UNSENT = (alerts.c.delivery_id.is_(None), alerts.c.forgotten_at.is_(None))
"""Alerts that no message tells, and none told."""


def progress(store: Operational) -> int | None:
    """Number of the run up to which signals are settled; None before the first."""
    with store.reading() as connection:
        return _progress(connection)


def queue(
    store: Operational,
    plan: Callable[[Sequence[Told]], Iterable[Alert]],
    run_number: int,
    *,
    passed_over: bool = False,
) -> int:
    """Plan alerts and keep those that are new, and note the run as settled, in one transaction.

    Parameters
    ----------
    store : Operational
        The open store.
    plan : callable
        Told all that was queued before; gives alerts, of which those with a known key are dropped.
    run_number : int
        The run that is settled with it.
    passed_over : bool, default False
        Keep the keys only: none of this is told, now or later.

    Returns
    -------
    int
        Alerts that were new.
    """
    with store.writing() as connection:
        columns = [alerts.c[name] for name in Told.__dataclass_fields__]
        told = sa.select(*columns).where(alerts.c.due_at.is_not(None))
        rows = connection.execute(told.order_by(alerts.c.alert_id))
        planned = {alert.key: alert for alert in plan([Told(**row) for row in rows.mappings()])}
        for key in _known(connection, list(planned)):
            del planned[key]
        if planned:
            never: dict[str, Any] = {"due_at": None, "content": {}} if passed_over else {}
            connection.execute(alerts.insert(), [asdict(alert) | never for alert in planned.values()])
        _settle(connection, run_number)
    return len(planned)


def settle(store: Operational, run_number: int) -> None:
    """Note a run as settled: nothing is told of it."""
    with store.writing() as connection:
        _settle(connection, run_number)


def collect(store: Operational, now: datetime, digest_key: Callable[[Iterable[str]], str]) -> int:
    """Make messages of the alerts that are due: one of each, or a digest a rule and channel.

    Parameters
    ----------
    store : Operational
        The open store.
    now : datetime
        Alerts that are due later stay as they are.
    digest_key : callable
        Makes the key of a digest out of those of its alerts; of any other message it is its alert's.

    Returns
    -------
    int
        Messages made.
    """
    with store.writing() as connection:
        waiting = sa.select(alerts).where(*_UNSENT, alerts.c.due_at <= now)
        groups: dict[tuple[str, ...], list[Any]] = {}
        for row in connection.execute(waiting.order_by(alerts.c.alert_id)):
            alone = row.mode == Mode.IMMEDIATE
            groups.setdefault((row.rule, row.channel, row.key if alone else ""), []).append(row)
        for (rule, channel, key), rows in groups.items():
            message = {
                "key": key or digest_key([row.key for row in rows]),
                "rule": rule,
                "channel": channel,
                "mode": rows[0].mode,
                "contents": [row.content for row in rows],
                "created_at": now,
                "due_at": now,
                "status": DeliveryStatus.WAITING,
                "attempts": 0,
            }
            made = connection.execute(
                alert_deliveries.insert().values(message).returning(alert_deliveries.c.delivery_id)
            ).scalar_one()
            ids = [row.alert_id for row in rows]
            connection.execute(alerts.update().where(alerts.c.alert_id.in_(ids)).values(delivery_id=made))
    return len(groups)


def due(store: Operational, now: datetime) -> list[Delivery]:
    """Messages to be sent now, the oldest first."""
    waiting = alert_deliveries.c.status == DeliveryStatus.WAITING
    return _read(store, sa.select(alert_deliveries).where(waiting, alert_deliveries.c.due_at <= now))


def mark_sent(store: Operational, key: str, at: datetime) -> None:
    """Note that a message has arrived."""
    values = {"status": DeliveryStatus.SENT, "sent_at": at, "failure": None}
    with store.writing() as connection:
        connection.execute(alert_deliveries.update().where(alert_deliveries.c.key == key).values(values))


def mark_failed(store: Operational, key: str, reason: str, again_at: datetime | None) -> None:
    """Note that an attempt failed, why, and when the next one is due; None gives the message up."""
    values: dict[str, Any] = {"failure": reason, "attempts": alert_deliveries.c.attempts + 1}
    values |= {"due_at": again_at} if again_at is not None else {"status": DeliveryStatus.DEAD}
    with store.writing() as connection:
        connection.execute(alert_deliveries.update().where(alert_deliveries.c.key == key).values(values))


def revive(store: Operational, now: datetime, delivery_id: int | None = None) -> int:
    """Have a message, or all that are dead, tried again at once; gives how many. Sent ones stay sent."""
    chosen = alert_deliveries.c.status == DeliveryStatus.DEAD
    if delivery_id is not None:
        chosen = sa.and_(
            alert_deliveries.c.delivery_id == delivery_id, alert_deliveries.c.status != DeliveryStatus.SENT
        )
    values = {"status": DeliveryStatus.WAITING, "due_at": now, "attempts": 0}
    with store.writing() as connection:
        return connection.execute(alert_deliveries.update().where(chosen).values(values)).rowcount


def forget(store: Operational, now: datetime, until: datetime) -> int:
    """Delete messages that were sent, or given up, before a time; gives how many.

    Their alerts stay without content: the keys for ever, so that a night that is run again finds them told,
    and what was told of which day, which later alerts depend on.

    Parameters
    ----------
    store : Operational
        The open store.
    now : datetime
        When they are forgotten.
    until : datetime
        Messages that were sent, or tried last, before it are.
    """
    status, message = alert_deliveries.c.status, alert_deliveries.c.delivery_id
    old = sa.or_(
        sa.and_(status == DeliveryStatus.SENT, alert_deliveries.c.sent_at < until),
        sa.and_(status == DeliveryStatus.DEAD, alert_deliveries.c.due_at < until),
    )
    with store.writing() as connection:
        told = alerts.c.delivery_id.in_(sa.select(message).where(old))
        blank: dict[str, Any] = {"delivery_id": None, "content": {}, "forgotten_at": now}
        connection.execute(alerts.update().where(told).values(blank))
        return connection.execute(alert_deliveries.delete().where(old)).rowcount


def deliveries(store: Operational, status: DeliveryStatus | None = None, most: int = 50) -> list[Delivery]:
    """Messages, the newest first."""
    query = sa.select(alert_deliveries)
    if status is not None:
        query = query.where(alert_deliveries.c.status == status)
    return _read(store, query.limit(most), newest_first=True)


def delivery(store: Operational, delivery_id: int) -> Delivery | None:
    """One message by its number."""
    found = _read(store, sa.select(alert_deliveries).where(alert_deliveries.c.delivery_id == delivery_id))
    return found[0] if found else None


def counts(store: Operational) -> dict[str, int]:
    """Messages by status, and ``held``: alerts whose time has not come to become messages."""
    status = alert_deliveries.c.status
    with store.reading() as connection:
        rows = connection.execute(sa.select(status, sa.func.count()).group_by(status))
        found = {str(name): int(count) for name, count in rows}
        held = sa.select(sa.func.count()).where(*_UNSENT, alerts.c.due_at.is_not(None))
        found["held"] = int(connection.execute(held).scalar_one())
    return {name: found.get(name, 0) for name in ("held", *map(str, DeliveryStatus))}


def _read(store: Operational, query: sa.Select[Any], *, newest_first: bool = False) -> list[Delivery]:
    number = alert_deliveries.c.delivery_id
    with store.reading() as connection:
        rows = connection.execute(query.order_by(number.desc() if newest_first else number)).mappings().all()
    return [
        Delivery(
            **{
                **row,
                "mode": Mode(row["mode"]),
                "status": DeliveryStatus(row["status"]),
                "contents": tuple(row["contents"]),
            }
        )
        for row in rows
    ]


def _known(connection: sa.Connection, keys: list[str]) -> list[str]:
    found: list[str] = []
    for at in range(0, len(keys), _AT_ONCE):
        asked = sa.select(alerts.c.key).where(alerts.c.key.in_(keys[at : at + _AT_ONCE]))
        found += connection.execute(asked).scalars()
    return found


def _progress(connection: sa.Connection) -> int | None:
    return connection.execute(sa.select(sa.func.max(alert_progress.c.run_number))).scalar()


def _settle(connection: sa.Connection, run_number: int) -> None:
    before = _progress(connection)
    if before is None:
        connection.execute(alert_progress.insert().values(run_number=run_number))
    elif before < run_number:
        connection.execute(alert_progress.update().values(run_number=run_number))
