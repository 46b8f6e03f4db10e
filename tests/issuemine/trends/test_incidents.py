"""Signals that are one thing told of several subjects are one incident."""

from datetime import date

from issuemine.records import Scope
from issuemine.trends.incidents import Member, incidents

TODAY, LONG_AGO = date(2026, 5, 20), date(2026, 4, 1)


def member(name: str, scope: Scope, records: range, **more: object) -> Member:
    known: dict[str, object] = {"incident_id": None, "first_day": TODAY, "p_value": 1e-6} | more
    return Member(signal_id=name, scope=scope, records=frozenset(map(str, records)), **known)  # type: ignore[arg-type]


def test_a_source_and_what_rises_with_it_are_one_incident_named_by_the_surest() -> None:
    source = member("source", Scope.SOURCE, range(90))
    large = member("large", Scope.TOPIC, range(60), p_value=1e-20)
    small = member("small", Scope.TOPIC, range(80, 86))
    assert incidents([source, large, small]) == ["large"] * 3


def test_topics_without_common_records_are_incidents_of_their_own() -> None:
    one, other = member("one", Scope.TOPIC, range(20)), member("other", Scope.TOPIC, range(20, 40))
    assert incidents([one, other]) == ["one", "other"]


def test_what_begins_during_a_long_disturbance_is_told_by_itself() -> None:
    source = member("source", Scope.SOURCE, range(90), incident_id="old", first_day=LONG_AGO)
    topic = member("topic", Scope.TOPIC, range(30))
    assert incidents([source, topic]) == ["old", "topic"]


def test_incidents_that_go_on_keep_their_ids_though_they_share_records() -> None:
    one = member("one", Scope.TOPIC, range(20), incident_id="a", first_day=LONG_AGO)
    other = member("other", Scope.TOPIC, range(20), incident_id="b", first_day=LONG_AGO)
    assert incidents([one, other]) == ["a", "b"]


def test_a_tiny_signal_does_not_take_in_a_large_one() -> None:
    tiny = member("tiny", Scope.TOPIC, range(3), incident_id="tiny", first_day=LONG_AGO)
    large = member("large", Scope.TOPIC, range(60))
    assert incidents([tiny, large]) == ["tiny", "large"]
