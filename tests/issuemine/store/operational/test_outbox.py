"""The outbox: nothing is queued twice, nothing is lost, and what became of a message is known."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from issuemine.config import StoreSettings
from issuemine.records import Alert, DeliveryStatus, Mode, Told
from issuemine.store.backup import back_up
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.migrations import migrate
from issuemine.store.operational import Operational, open_operational, outbox
from issuemine.store.operational.alone import alone
from issuemine.store.operational.tables import alerts
from issuemine.store.restore import restore
from tests.issuemine.store.test_publish import fill

NOW = datetime(2026, 3, 1, 2, 15, tzinfo=UTC)
LATER = NOW + timedelta(hours=6)


def alert(key: str, mode: Mode = Mode.IMMEDIATE, rule: str = "default", due_at: datetime = NOW) -> Alert:
    content = {"label": f"환불 {key}"}
    day = date(2026, 2, 28)
    return Alert(key, rule, "ops", mode, "T1", "T1@2026-02-28", "new", "high", day, due_at, content)


def queued(store: Operational, *alerts: Alert, run: int = 1) -> int:
    return outbox.queue(store, lambda _: alerts, run)


def joined(keys: Iterable[str]) -> str:
    return "digest_" + "+".join(sorted(keys))


def collected(store: Operational, now: datetime = NOW) -> list[str]:
    outbox.collect(store, now, joined)
    return [one.key for one in outbox.due(store, now)]


def test_what_was_queued_before_is_not_queued_again_also_when_it_was_sent(store: Operational) -> None:
    assert queued(store, alert("a"), alert("b")) == 2
    assert collected(store) == ["a", "b"]
    outbox.mark_sent(store, "a", NOW)
    assert queued(store, alert("b"), alert("a"), alert("c"), alert("c")) == 1
    assert collected(store) == ["b", "c"]


def test_planning_is_told_what_was_queued_before(store: Operational) -> None:
    seen: list[Sequence[Told]] = []

    def plan(told: Sequence[Told]) -> list[Alert]:
        seen.append(told)
        return [alert("a")]

    for run in (1, 2):
        outbox.queue(store, plan, run)
    known = Told("default", "ops", "T1", "T1@2026-02-28", "high", date(2026, 2, 28))
    assert seen == [[], [known]]


def test_a_plan_that_fails_queues_nothing_and_settles_nothing(store: Operational) -> None:
    def plan(_: Sequence[Told]) -> list[Alert]:
        raise KeyError

    with pytest.raises(KeyError):
        outbox.queue(store, plan, 3)
    assert outbox.progress(store) is None
    assert outbox.counts(store)["held"] == 0


def test_runs_are_settled_upwards_only(store: Operational) -> None:
    assert outbox.progress(store) is None
    queued(store, run=4)
    assert outbox.progress(store) == 4
    outbox.settle(store, 7)
    queued(store, run=2)
    assert outbox.progress(store) == 7


def test_of_many_that_queue_the_same_at_once_one_does(layout: Layout, settings: StoreSettings) -> None:
    def try_to(_: int) -> int:
        with open_operational(layout, settings) as store:
            return queued(store, alert("a"), alert("b"))

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(try_to, range(6))) == [0, 0, 0, 0, 0, 2]


def test_an_alert_is_held_until_its_time(store: Operational) -> None:
    queued(store, alert("now"), alert("later", due_at=LATER))
    assert collected(store) == ["now"]
    assert outbox.counts(store) == {"held": 1, "waiting": 1, "sent": 0, "dead": 0}
    assert collected(store, LATER) == ["now", "later"]


def test_a_digest_has_all_that_is_due_of_a_rule_and_nothing_is_in_two(store: Operational) -> None:
    queued(store, *(alert(key, Mode.DIGEST) for key in "ab"), alert("c", Mode.DIGEST, "other"))
    assert collected(store) == ["digest_a+b", "digest_c"]
    first, _ = outbox.due(store, NOW)
    assert [content["label"] for content in first.contents] == ["환불 a", "환불 b"]
    assert (first.mode, first.rule, first.created_at) == (Mode.DIGEST, "default", NOW)
    outbox.mark_sent(store, "digest_a+b", NOW)
    queued(store, *(alert(key, Mode.DIGEST) for key in "abd"))
    assert collected(store) == ["digest_c", "digest_d"]


def test_a_message_that_fails_waits_and_one_that_keeps_failing_is_given_up_until_somebody_asks(
    store: Operational,
) -> None:
    queued(store, alert("a"), alert("b"))
    collected(store)
    outbox.mark_failed(store, "a", "no answer in time", LATER)
    assert collected(store) == ["b"]
    assert collected(store, LATER) == ["a", "b"]
    outbox.mark_failed(store, "a", "no connection", None)
    assert collected(store, LATER + timedelta(days=9)) == ["b"]
    (dead,) = outbox.deliveries(store, DeliveryStatus.DEAD)
    assert (dead.key, dead.attempts, dead.failure) == ("a", 2, "no connection")
    assert outbox.revive(store, LATER) == 1
    assert collected(store, LATER) == ["a", "b"]
    again = outbox.delivery(store, dead.delivery_id)
    assert again == replace(dead, status=DeliveryStatus.WAITING, attempts=0, due_at=LATER)


def test_what_was_sent_cannot_be_sent_again_by_asking(store: Operational) -> None:
    queued(store, alert("a"))
    (key,) = collected(store)
    outbox.mark_sent(store, key, LATER)
    (sent,) = outbox.deliveries(store)
    assert (sent.status, sent.sent_at, sent.failure) == (DeliveryStatus.SENT, LATER, None)
    assert outbox.revive(store, LATER, sent.delivery_id) == 0
    assert outbox.revive(store, LATER, 99) == 0
    assert outbox.delivery(store, 99) is None


def test_messages_are_listed_newest_first(store: Operational) -> None:
    queued(store, *(alert(key) for key in "abc"))
    collected(store)
    outbox.mark_sent(store, "b", NOW)
    assert [one.key for one in outbox.deliveries(store)] == ["c", "b", "a"]
    assert [one.key for one in outbox.deliveries(store, DeliveryStatus.WAITING, most=1)] == ["c"]


def test_one_sends_at_a_time_and_nobody_is_kept_from_writing(
    layout: Layout, settings: StoreSettings, store: Operational
) -> None:
    with open_operational(layout, settings) as other, alone(store, 1) as mine:
        assert mine
        with alone(other, 0.1) as theirs:
            assert not theirs
        assert queued(other, alert("a")) == 1
    with alone(store, 0.1) as mine:
        assert mine


def test_a_backup_holds_the_outbox(layout: Layout, tmp_path: Path) -> None:
    with Database(layout.warehouse) as database:
        migrate(database)
        fill(database)
    with open_operational(layout, StoreSettings()) as store:
        queued(store, alert("a"), alert("b"), alert("later", due_at=LATER), run=5)
        collected(store)
        outbox.mark_sent(store, "a", NOW)
        back_up(layout, tmp_path / "backup.tar", now=NOW)
        outbox.mark_sent(store, "b", NOW)
    fresh = Layout(tmp_path / "fresh")
    restore(tmp_path / "backup.tar", fresh)
    with open_operational(fresh, StoreSettings()) as store:
        assert outbox.counts(store) == {"held": 1, "waiting": 1, "sent": 1, "dead": 0}
        assert outbox.progress(store) == 5
        assert collected(store, LATER) == ["b", "later"]


def test_what_is_forgotten_is_known_for_ever_and_never_told_again(store: Operational) -> None:
    queued(store, alert("a"), alert("b", Mode.DIGEST), alert("c", Mode.DIGEST), alert("d"))
    for key in collected(store)[:2]:
        outbox.mark_sent(store, key, NOW)
    outbox.mark_failed(store, "d", "refused", None)
    assert outbox.forget(store, LATER, NOW) == 0
    assert outbox.forget(store, LATER, NOW + timedelta(seconds=1)) == 3
    assert outbox.deliveries(store) == []
    assert outbox.counts(store) == {"held": 0, "waiting": 0, "sent": 0, "dead": 0}
    assert collected(store, LATER) == []
    assert outbox.revive(store, LATER) == 0
    assert queued(store, alert("a"), alert("b"), alert("d", due_at=LATER), run=2) == 0
    assert collected(store, LATER) == []


def test_what_was_told_is_remembered_without_its_words(store: Operational) -> None:
    queued(store, alert("a"))
    collected(store)
    outbox.mark_sent(store, "a", NOW)
    outbox.forget(store, LATER, LATER)
    seen: list[Sequence[Told]] = []
    outbox.queue(store, lambda told: seen.append(told) or [], 2)
    assert seen == [[Told("default", "ops", "T1", "T1@2026-02-28", "high", date(2026, 2, 28))]]
    with store.reading() as connection:
        (row,) = connection.execute(alerts.select()).mappings()
    assert (row["key"], row["content"]) == ("a", {})


def test_what_waits_is_never_forgotten_and_numbers_are_not_given_again(
    store: Operational,
) -> None:
    queued(store, alert("a"), alert("b"), alert("c", due_at=LATER))
    collected(store)
    outbox.mark_failed(store, "a", "no answer", NOW)
    outbox.mark_sent(store, "b", NOW)
    assert outbox.forget(store, LATER, LATER + timedelta(days=400)) == 1
    assert collected(store, LATER) == ["a", "c"]
    assert [one.delivery_id for one in outbox.deliveries(store)] == [3, 1]
