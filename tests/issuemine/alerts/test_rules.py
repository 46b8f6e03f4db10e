"""Which signals are told: by state, severity, segment, and what was told before."""

from datetime import UTC, datetime
from typing import Any

import pytest

from issuemine.alerts.keys import alert_key
from issuemine.alerts.planning import plan
from issuemine.alerts.rules import Segments
from issuemine.config import AlertRule, AlertsSettings
from issuemine.records import Alert, Nature, Severity, Signal, SignalState, Told
from tests.issuemine.alerts.signals import NOW, days, signal

FILE = {"kind": "file", "path": "alerts.jsonl"}


def settings(*rules: dict[str, Any], channels: tuple[str, ...] = ("ops",)) -> AlertsSettings:
    return AlertsSettings.model_validate(
        {
            "channels": dict.fromkeys(channels, FILE),
            "rules": [{"name": f"r{at}"} | rule for at, rule in enumerate(rules)],
        }
    )


def planned(
    *signals: Signal, told: list[Told] | None = None, records: Segments = (), **rule: Any
) -> list[Alert]:
    return plan(list(signals), settings(rule), told=told or [], segments=lambda _: records, now=NOW)


def told_of(*alerts: Alert) -> list[Told]:
    return [Told(a.rule, a.channel, a.subject, a.episode_id, a.severity, a.day) for a in alerts]


def test_nothing_is_told_without_a_channel() -> None:
    assert plan([signal()], AlertsSettings(), told=[], segments=lambda _: (), now=NOW) == []


def test_a_channel_without_rules_is_told_all_news() -> None:
    only = AlertsSettings.model_validate({"channels": {"ops": FILE}})
    found = plan([signal(), signal("T13", news=False)], only, told=[], segments=lambda _: (), now=NOW)
    assert [(alert.rule, alert.channel, alert.subject) for alert in found] == [("default", "ops", "T12")]


@pytest.mark.parametrize("state", SignalState)
def test_by_default_what_began_escalated_or_came_back_is_told(state: SignalState) -> None:
    tells = state in (SignalState.NEW, SignalState.ESCALATING, SignalState.REGRESSED)
    assert len(planned(signal(state=state))) == tells


def test_a_rule_chooses_states_and_severities() -> None:
    high = signal(severity=Severity.HIGH)
    assert planned(high, states=["escalating"]) == []
    assert planned(signal(severity=Severity.LOW), severities=["high"]) == []
    assert len(planned(high, states=["new"], severities=["high"])) == 1


def test_what_is_no_news_is_told_only_where_a_rule_wants_it() -> None:
    campaign = signal(nature=Nature.TEMPLATED, news=False)
    assert planned(campaign) == []
    assert len(planned(campaign, news_only=False)) == 1


KOREAN_PAY = {"language": "ko", "product": "pay", "source": "desk"}
ENGLISH_PAY = {"language": "en", "product": "pay", "source": "desk"}
OTHER = {"language": "en", "product": None, "source": "reviews"}


@pytest.mark.parametrize(
    ("segments", "tells"),
    [
        ({"product": ["pay"]}, True),
        ({"product": ["pay"], "language": ["ko"]}, True),
        ({"source": ["desk", "reviews"]}, True),
        ({"language": ["ko"], "source": ["reviews"]}, False),
        ({"product": ["cards"]}, False),
    ],
)
def test_a_signal_is_told_when_enough_of_its_records_lie_in_the_segments(
    segments: dict[str, list[str]], tells: bool
) -> None:
    records = [(KOREAN_PAY, 20), (ENGLISH_PAY, 5), (OTHER, 75)]
    assert len(planned(signal(), records=records, segments=segments)) == tells


def test_the_share_of_a_segment_is_a_setting() -> None:
    records = [(KOREAN_PAY, 19), (OTHER, 81)]
    for share, tells in ((0.2, False), (0.19, True)):
        rule = {"segments": {"language": ["ko"]}, "segment_share": share}
        assert len(planned(signal(), records=records, **rule)) == tells


def test_a_signal_of_whose_records_nothing_is_known_lies_in_no_segment() -> None:
    assert planned(signal(), segments={"language": ["ko"]}) == []


def test_a_topic_is_not_told_again_until_its_cooldown_is_over() -> None:
    first = planned(signal(), cooldown_days=3)
    again = [signal(day=days(at), state=SignalState.REGRESSED) for at in (1, 2, 3)]
    found = [planned(one, told=told_of(*first), cooldown_days=3) for one in again]
    assert [len(alerts) for alerts in found] == [0, 0, 1]
    assert len(planned(again[0], told=told_of(*first), cooldown_days=0)) == 1
    other = signal("T13", day=days(1))
    assert len(planned(other, told=told_of(*first), cooldown_days=3)) == 1


def test_what_gets_more_severe_is_told_in_spite_of_the_cooldown() -> None:
    first = told_of(*planned(signal(severity=Severity.MEDIUM)))
    worse = {"day": days(1), "first_day": days(0), "state": SignalState.ESCALATING}
    assert planned(signal(**worse, severity=Severity.MEDIUM), told=first) == []
    assert len(planned(signal(**worse, severity=Severity.HIGH), told=first)) == 1


def test_that_it_is_quiet_again_is_told_where_the_beginning_was() -> None:
    begun = told_of(*planned(signal(severity=Severity.HIGH), states=["new", "quiet"]))
    calm = {"state": SignalState.QUIET, "severity": Severity.LOW, "news": False}
    quiet = signal(day=days(2), first_day=days(0), **calm)
    assert len(planned(quiet, told=begun, states=["new", "quiet"], severities=["high"])) == 1
    assert planned(quiet, states=["new", "quiet"]) == []
    of_another_time = signal(day=days(40), first_day=days(38), **calm)
    assert planned(of_another_time, told=begun, states=["new", "quiet"]) == []


def test_a_rule_sends_by_all_channels_unless_it_names_some() -> None:
    both = settings({}, {"channels": ["mail"]}, channels=("ops", "mail"))
    found = plan([signal()], both, told=[], segments=lambda _: (), now=NOW)
    assert [(alert.rule, alert.channel) for alert in found] == [("r0", "ops"), ("r0", "mail"), ("r1", "mail")]


def test_a_night_that_is_run_again_plans_the_same_keys_and_nights_apart_plan_others() -> None:
    worse = signal(
        day=days(1), first_day=days(0), state=SignalState.ESCALATING, severity=Severity.HIGH, run_id="r00002"
    )
    signals = [signal(), signal("T13"), worse]
    later = datetime(2021, 1, 1, tzinfo=UTC)
    first = planned(*signals)
    again = plan(signals[::-1], settings({}), told=told_of(*first), segments=lambda _: (), now=later)
    assert [alert.key for alert in again] == [alert.key for alert in first]
    assert len({alert.key for alert in first}) == 3


def test_a_key_depends_on_all_that_makes_it_another_message_and_on_nothing_else() -> None:
    plain = alert_key(signal(), "r", "c")
    assert (
        alert_key(signal(observed=99, label="x", run_id="r00009", severity=Severity.HIGH), "r", "c") == plain
    )
    later = signal(day=days(3), first_day=days(0))
    assert alert_key(later, "r", "c") == plain
    changed = {
        plain,
        alert_key(signal("T13"), "r", "c"),
        alert_key(signal(day=days(1)), "r", "c"),
        alert_key(signal(state=SignalState.REGRESSED), "r", "c"),
        alert_key(signal(state=SignalState.ESCALATING), "r", "c"),
        alert_key(signal(state=SignalState.ESCALATING, severity=Severity.HIGH), "r", "c"),
        alert_key(signal(), "r2", "c"),
        alert_key(signal(), "r", "c2"),
        alert_key(signal(), "rc", ""),
    }
    assert len(changed) == 9


def test_an_alert_holds_what_is_told_and_no_more_quotes_than_are_wanted() -> None:
    (alert,) = plan(
        [signal()],
        AlertsSettings.model_validate({"channels": {"ops": FILE}, "quotes": 1}),
        told=[],
        segments=lambda _: (),
        now=NOW,
    )
    assert alert.content["observed"] == 41
    assert alert.content["day"] == "2020-08-04"
    assert len(alert.content["quotes"]) == 1
    assert alert.due_at == NOW
    assert AlertRule().told_states == (SignalState.NEW, SignalState.ESCALATING, SignalState.REGRESSED)
