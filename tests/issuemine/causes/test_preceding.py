"""Planted sequences of topics are found with their days; writing often raises nothing by itself."""

import numpy as np
import pytest

from tests.issuemine.causes.contacts import DAYS, Contacts, chatter, follow


def world(seed: int) -> tuple[Contacts, np.random.Generator]:
    generator = np.random.default_rng(seed)
    return chatter(generator), generator


def test_a_planted_sequence_is_found_in_its_direction_with_its_days() -> None:
    contacts, generator = world(1)
    follow(contacts, generator, "T3", "T7", share=0.3, days=5)
    (found,) = contacts.found()
    assert (found.topic_id, found.next_id, found.ordered, found.strength) == ("T3", "T7", True, "strong")
    assert 4 < found.days_low < found.days < found.days_high < 7
    assert found.reverse < found.contacts / 3


def test_the_excess_is_about_what_was_planted() -> None:
    contacts, generator = world(2)
    before = len(contacts.rows)
    follow(contacts, generator, "T3", "T7", share=0.3, days=5)
    planted = len(contacts.rows) - before
    (found,) = contacts.found()
    low, high = (found.contacts * (1 - 1 / ratio) for ratio in (found.low, found.high))
    assert low < planted < high * 1.1
    assert found.excess == pytest.approx(found.contacts - found.expected)
    assert found.ratio == pytest.approx(found.contacts / found.expected)


@pytest.mark.parametrize("seed", range(3, 9))
def test_customers_who_write_often_raise_nothing_by_that(seed: int) -> None:
    contacts, _ = world(seed)
    assert contacts.found() == []


def test_a_topic_of_customers_who_write_often_follows_nothing() -> None:
    contacts, generator = world(10)
    counts: dict[str | None, int] = {}
    for customer, _, _ in contacts.rows:
        counts[customer] = counts.get(customer, 0) + 1
    for customer, _, _ in list(contacts.rows):
        if counts[customer] >= 6 and generator.random() < 0.5:
            contacts.add(customer, float(generator.uniform(0, DAYS)), "T9")
    assert contacts.found() == []


def test_a_burst_that_everybody_writes_of_follows_nothing() -> None:
    contacts, generator = world(11)
    for number in generator.choice(800, 300, replace=False):
        contacts.add(f"c{number}", float(generator.uniform(40, 41)), "T10")
    assert contacts.found() == []


def test_two_topics_of_the_same_customers_are_no_sequence() -> None:
    contacts, generator = world(12)
    for number in generator.choice(800, 120, replace=False):
        start = generator.uniform(0, DAYS - 10)
        for topic in ("T5", "T8"):
            contacts.add(f"c{number}", float(start + generator.uniform(0, 9)), topic)
    found = contacts.found()
    assert {(each.topic_id, each.next_id) for each in found} == {("T5", "T8"), ("T8", "T5")}
    assert [(each.ordered, each.strength) for each in found] == [(False, "weak")] * 2


def test_two_topics_that_lead_to_one_do_not_hide_each_other() -> None:
    contacts, generator = world(13)
    for first in ("T2", "T4"):
        follow(contacts, generator, first, "T6", share=0.35, days=3)
    assert {(each.topic_id, each.next_id) for each in contacts.found()} == {("T2", "T6"), ("T4", "T6")}


def test_one_customer_who_writes_the_same_over_and_over_is_no_sequence() -> None:
    contacts, _ = world(14)
    for turn in range(30):
        contacts.add("c1", turn * 3.0, "T9")
        contacts.add("c1", turn * 3.0 + 1, "T10")
    assert contacts.found() == []


def test_what_follows_later_than_the_days_given_does_not_follow() -> None:
    contacts, generator = world(15)
    follow(contacts, generator, "T3", "T7", share=0.3, days=10)
    assert [(each.topic_id, each.next_id) for each in contacts.found(14)] == [("T3", "T7")]
    assert contacts.found(4) == []


def test_records_without_a_customer_follow_nothing() -> None:
    contacts, generator = world(16)
    follow(contacts, generator, "T3", "T7", share=0.3, days=5)
    nameless = Contacts([(None, at, topic) for _, at, topic in contacts.rows])
    assert nameless.found() == []
