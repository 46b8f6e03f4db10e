"""From what is published to what arrives: each signal once, whatever is run again, killed, or rolled back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from issuemine.config import Settings
from issuemine.records import Delivery, DeliveryStatus, Quote, Scope, Severity, Signal, SignalState
from issuemine.store.layout import Layout
from issuemine.store.operational import open_operational, outbox
from issuemine.store.operational.tables import alert_deliveries
from issuemine.store.snapshot import Snapshots
from pipelines.alerting import catch_up, hush, queue_run, send
from pipelines.logs import log_to, silent
from tests.issuemine.alerts.servers import hanging, receiving
from tests.issuemine.alerts.signals import days, signal
from tests.pipelines.alerts_world import publish, settings, webhook
from tests.pipelines.processes import events

FILE = {"kind": "file", "path": "alerts.jsonl"}


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def crash(run: int, **changes: Any) -> Signal:
    return signal(run_id=f"r{run:05d}", **changes)


def after_run(layout: Layout, chosen: Settings, **how: bool) -> int:
    """What a run does when its snapshot is published; gives the alerts that were new."""
    with open_operational(layout, chosen.store) as store:
        snapshot = Snapshots(layout).current()
        new = queue_run(store, snapshot, chosen, **how)
        snapshot.close()
        return new


def caught_up(layout: Layout, chosen: Settings) -> int:
    with open_operational(layout, chosen.store) as store:
        return catch_up(store, layout, chosen)


def sent(layout: Layout, chosen: Settings) -> dict[str, int]:
    with open_operational(layout, chosen.store) as store:
        told = send(store, chosen, silent())
    assert told is not None
    return told


def make_due(layout: Layout) -> None:
    """Have the time of all messages come."""
    with open_operational(layout, Settings().store) as store, store.writing() as connection:
        connection.execute(alert_deliveries.update().values(due_at=datetime.now(UTC)))


def messages(layout: Layout, status: DeliveryStatus | None = None) -> list[Delivery]:
    with open_operational(layout, Settings().store) as store:
        return outbox.deliveries(store, status)


def test_a_signal_is_told_once_however_often_its_night_is_run(layout: Layout) -> None:
    with receiving(200) as receiver:
        chosen = settings({"ops": webhook(receiver.url)})
        for run in (1, 2, 3):
            publish(layout, run, [crash(run)])
            after_run(layout, chosen)
            sent(layout, chosen)
    assert len(receiver.requests) == 1
    assert receiver.requests[0].json["data"]["signals"][0]["topic_id"] == "T12"


def test_an_episode_that_goes_on_is_told_when_it_escalates_and_when_it_ends(layout: Layout) -> None:
    with receiving(200) as receiver:
        chosen = settings({"ops": webhook(receiver.url)}, {"states": ["new", "escalating", "quiet"]})
        past: list[Signal] = []
        for run, state, severity, news in (
            (1, SignalState.NEW, Severity.MEDIUM, True),
            (2, SignalState.ONGOING, Severity.MEDIUM, False),
            (3, SignalState.ESCALATING, Severity.HIGH, True),
            (4, SignalState.ONGOING, Severity.HIGH, False),
            (5, SignalState.QUIET, Severity.LOW, False),
        ):
            found = {"first_day": days(0), "state": state, "severity": severity, "news": news}
            past.append(crash(run, day=days(run - 1), **found))
            publish(layout, run, past)
            after_run(layout, chosen)
            sent(layout, chosen)
    types = [request.json["type"] for request in receiver.requests]
    assert types == ["issuemine.signal.new", "issuemine.signal.escalating", "issuemine.signal.quiet"]
    assert len(set(receiver.ids)) == 3


def test_what_a_run_could_not_queue_is_queued_by_the_next_one_or_between_them(layout: Layout) -> None:
    chosen = settings({"ops": FILE})
    publish(layout, 1, [crash(1)])
    after_run(layout, chosen)
    publish(layout, 2, [crash(1), crash(2, subject="T13", day=days(1))])  # and was killed here
    assert caught_up(layout, chosen) == 1
    assert caught_up(layout, chosen) == 0
    publish(layout, 3, [crash(1), crash(3, subject="T14", day=days(2))])  # and was killed here
    publish(layout, 4, [crash(1), crash(3, subject="T14", day=days(2)), crash(4, subject="T15", day=days(3))])
    assert after_run(layout, chosen) == 2


def test_the_first_run_that_tells_anybody_tells_of_its_own_night_only(layout: Layout) -> None:
    publish(layout, 7, [crash(5), crash(6, subject="T13", day=days(1)), crash(7, subject="T14", day=days(2))])
    assert after_run(layout, settings({"ops": FILE})) == 1


def test_a_channel_that_is_set_later_is_not_told_of_the_past(layout: Layout) -> None:
    publish(layout, 1, [crash(1)])
    assert after_run(layout, Settings()) == 0
    publish(layout, 2, [crash(1), crash(2, subject="T13", day=days(1))])
    assert after_run(layout, settings({"ops": FILE})) == 1


def test_a_night_that_is_to_tell_nobody_never_does_but_does_not_hush_those_before(layout: Layout) -> None:
    chosen = settings({"ops": FILE})
    publish(layout, 1, [crash(1)])
    after_run(layout, chosen)
    second = crash(2, subject="T13", day=days(1))
    publish(layout, 2, [crash(1), second])  # killed before it could queue
    hush(layout, chosen, "r00003")
    third = crash(3, subject="T14", day=days(2))
    publish(layout, 3, [crash(1), second, third])
    assert caught_up(layout, chosen) == 0
    publish(layout, 4, [crash(1), second, third, crash(4, subject="T15", day=days(3))])
    assert after_run(layout, chosen) == 1
    assert sent(layout, chosen)["held"] == 0
    told = [content["topic_id"] for one in messages(layout) for content in one.contents]
    assert sorted(told) == ["T12", "T13", "T15"]


def test_a_night_that_told_nobody_is_not_told_when_it_is_run_again_but_what_becomes_of_it_is(
    layout: Layout,
) -> None:
    with receiving(200) as receiver:
        chosen = settings({"ops": webhook(receiver.url)}, {"states": ["new", "escalating", "quiet"]})
        hush(layout, chosen, "r00001")
        publish(layout, 1, [crash(1)])
        after_run(layout, chosen, passed_over=True)
        publish(layout, 2, [crash(2), crash(2, subject="T13")])
        assert after_run(layout, chosen) == 1
        worse = {"day": days(1), "first_day": days(0), "severity": Severity.LOW}
        quiet = crash(3, **worse, state=SignalState.QUIET)
        publish(layout, 3, [crash(2), quiet])
        assert after_run(layout, chosen) == 0
        publish(layout, 4, [crash(2), crash(4, **worse, state=SignalState.ESCALATING)])
        assert after_run(layout, chosen) == 1
        assert sent(layout, chosen)["held"] == 0
    assert [request.json["data"]["signals"][0]["topic_id"] for request in receiver.requests] == ["T13", "T12"]


def test_a_hushed_night_that_was_cut_off_and_is_run_for_real_is_told(layout: Layout) -> None:
    chosen = settings({"ops": FILE})
    hush(layout, chosen, "r00001")
    publish(layout, 1, [crash(1)])
    assert after_run(layout, chosen) == 1


def test_a_rollback_tells_nothing(layout: Layout) -> None:
    publish(layout, 3, [crash(3)], rollback=True)
    assert caught_up(layout, settings({"ops": FILE})) == 0


def test_a_snapshot_of_an_older_version_has_no_signals(layout: Layout, tmp_path: Path) -> None:
    from tests.pipelines.snapshots import publish_by_hand

    assert caught_up(publish_by_hand(tmp_path / "old"), settings({"ops": FILE})) == 0
    assert caught_up(layout, settings({"ops": FILE})) == 0


@pytest.mark.parametrize(
    ("segments", "found", "tells"),
    [
        ({"product": ["pay"]}, {}, True),
        ({"product": ["pay"], "language": ["ko"]}, {}, True),
        ({"source": ["reviews"]}, {}, False),
        ({"source": ["reviews"]}, {"window": "week"}, True),
        ({"source": ["reviews"]}, {"subject": "T13"}, True),
        ({"source": ["desk"]}, {"scope": Scope.SOURCE, "source": "desk", "topic_id": None}, True),
        ({"language": ["ko"]}, {"scope": Scope.SOURCE, "source": "reviews", "topic_id": None}, False),
        ({"language": ["ko"]}, {"scope": Scope.GROUP, "topic_id": None}, True),
        (
            {"language": ["ko"]},
            {"scope": Scope.GROUP, "topic_id": None, "quotes": (Quote("c-0", "c", 0, 1, "x", 1.0),)},
            False,
        ),
    ],
)
def test_segments_are_those_of_the_records_of_the_signal(
    layout: Layout, segments: dict[str, list[str]], found: dict[str, Any], tells: bool
) -> None:
    publish(layout, 1, [crash(1, **found)])
    assert after_run(layout, settings({"ops": FILE}, {"segments": segments})) == tells


def test_what_fails_stays_and_is_sent_later_with_the_same_id(layout: Layout, tmp_path: Path) -> None:
    log = tmp_path / "alerts.log"
    publish(layout, 1, [crash(1)])
    with receiving(500, 500, 200) as receiver:
        chosen = settings({"ops": webhook(receiver.url)})
        after_run(layout, chosen)
        with open_operational(layout, chosen.store) as store, log_to(str(log)) as logger:
            told = send(store, chosen, logger)
        assert told == {"sent_now": 0, "failed_now": 1, "held": 0, "waiting": 1, "sent": 0, "dead": 0}
        (waiting,) = messages(layout, DeliveryStatus.WAITING)
        assert waiting.due_at > datetime.now(UTC)
        assert sent(layout, chosen)["failed_now"] == 0  # its time has not come
        make_due(layout)
        assert sent(layout, chosen)["sent_now"] == 1
    assert len(set(receiver.ids)) == 1
    assert len(receiver.requests) == 3
    (told_of,) = [event for event in events(log) if event["event"] == "alert failed"]
    assert told_of["reason"] == "answered with HTTP status 500"
    for secret in (receiver.url, "crash", "MfKQ9r8"):
        assert secret not in log.read_text()


def test_a_message_is_given_up_after_so_many_attempts_and_stays_listed(layout: Layout) -> None:
    publish(layout, 1, [crash(1)])
    with receiving(404) as receiver:
        chosen = settings({"ops": webhook(receiver.url)}, attempts=3)
        after_run(layout, chosen)
        for _ in range(5):
            make_due(layout)
            sent(layout, chosen)
        (dead,) = messages(layout, DeliveryStatus.DEAD)
    assert len(receiver.requests) == 3
    assert (dead.attempts, dead.failure) == (3, "answered with HTTP status 404")


def test_a_hanging_receiver_does_not_keep_the_others_waiting(layout: Layout) -> None:
    publish(layout, 1, [crash(1)])
    with receiving(hanging) as bad, receiving(200) as good:
        chosen = settings(
            {"bad": webhook(bad.url), "good": webhook(good.url)}, run_seconds=1, timeout_seconds=100
        )
        after_run(layout, chosen)
        told = sent(layout, chosen)
    assert (told["sent_now"], told["failed_now"], told["waiting"]) == (1, 1, 1)
    assert len(good.requests) == 1


def test_a_digest_is_one_message(layout: Layout) -> None:
    found = [crash(1), crash(1, subject="T13"), crash(1, subject="T14", state=SignalState.ESCALATING)]
    publish(layout, 1, found)
    with receiving(200) as receiver:
        chosen = settings({"ops": webhook(receiver.url)}, {"mode": "digest"})
        after_run(layout, chosen)
        sent(layout, chosen)
        sent(layout, chosen)
    (request,) = receiver.requests
    assert request.json["type"] == "issuemine.digest"
    assert request.json["data"]["title"].endswith("2 new, 1 escalating")


def test_a_night_that_is_run_again_after_its_message_was_deleted_tells_nothing(layout: Layout) -> None:
    with receiving(200) as receiver:
        chosen = settings({"ops": webhook(receiver.url)}, {"states": ["new", "quiet"]})
        found = {"first_day": days(0), "day": days(0)}
        publish(layout, 1, [crash(1, **found)])
        after_run(layout, chosen)
        sent(layout, chosen)
        with open_operational(layout, chosen.store) as store, store.writing() as connection:
            long_ago = datetime.now(UTC) - timedelta(days=chosen.alerts.keep_days + 1)
            connection.execute(alert_deliveries.update().values(sent_at=long_ago))
        for run in (2, 3):
            publish(layout, run, [crash(run, **found)])
            after_run(layout, chosen)
            sent(layout, chosen)
        assert messages(layout) == []
        assert len(receiver.requests) == 1
        ended = {"day": days(9), "state": SignalState.QUIET, "severity": Severity.LOW, "news": False}
        publish(layout, 4, [crash(4, **found), crash(4, **(found | ended))])
        after_run(layout, chosen)
        sent(layout, chosen)
    states = [request.json["data"]["signals"][0]["state"] for request in receiver.requests]
    assert states == ["new", "quiet"]
