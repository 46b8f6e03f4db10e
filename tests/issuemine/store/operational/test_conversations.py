"""Conversations of helpdesks: each event is merged once, whoever else writes, and what waits is known."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from issuemine.store.operational import Operational
from issuemine.store.operational.conversations import Kept, accepted, merge

AT = datetime(2026, 10, 5, 12, tzinfo=UTC)


def add(store: Operational, word: str, external_id: str = "7") -> Kept:
    return merge(store, "zendesk", external_id, lambda known: f"{known or ''}{word}", AT)


def test_an_event_is_merged_into_what_is_kept(store: Operational) -> None:
    assert add(store, "a") == Kept("a", 1, 0)
    assert add(store, "b") == Kept("ab", 2, 0)
    assert add(store, "c", "8") == Kept("c", 1, 0)


def test_an_event_that_tells_nothing_new_is_no_new_revision(store: Operational) -> None:
    add(store, "a")
    assert add(store, "") == Kept("a", 1, 0)


def test_what_the_inbox_has_not_had_waits(store: Operational) -> None:
    assert add(store, "a").waits
    accepted(store, "zendesk", "7", 1)
    assert not add(store, "").waits
    assert add(store, "b") == Kept("ab", 2, 1)
    accepted(store, "zendesk", "7", 2)
    accepted(store, "zendesk", "7", 1)
    assert add(store, "") == Kept("ab", 2, 2)


def test_events_that_come_at_once_are_all_merged(store: Operational) -> None:
    add(store, ".")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: add(store, chr(97 + n)), range(16)))
    assert sorted(add(store, "").state) == sorted("." + "".join(chr(97 + n) for n in range(16)))
