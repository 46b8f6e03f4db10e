"""The change log: kept once, in order, taken back and brought again, never changed."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from issuemine.errors import CausesError, StoreError
from issuemine.records_changes import Change
from issuemine.store.operational import Operational
from issuemine.store.operational.changes import add, all_events, log, remove
from issuemine.store.operational.tables import change_events

AT = datetime(2026, 3, 9, 12, tzinfo=UTC)


def release(day: int, name: str) -> Change:
    when = date(2026, 3, day)
    return Change("release", name, when, when, {"platform": "안드로이드"}, "메모 😀")


def test_entries_come_back_as_they_were_the_earliest_first(store: Operational) -> None:
    late, early = release(5, "5.2"), release(2, "5.1")
    assert add(store, [late, early], at=AT, author="kim") == [1, 2]
    assert list(log(store).items()) == [(2, early), (1, late)]
    assert [(event.at, event.author) for event in all_events(store)] == [(AT, "kim")] * 2


def test_the_same_entry_is_kept_once(store: Operational) -> None:
    assert add(store, [release(2, "a"), release(2, "a")], at=AT, author="kim") == [1, None]
    assert add(store, [release(2, "a"), release(3, "b")], at=AT, author="kim") == [None, 2]


def test_an_entry_is_removed_and_brought_again(store: Operational) -> None:
    add(store, [release(2, "a")], at=AT, author="kim")
    assert remove(store, 1, at=AT, author="lee") == (release(2, "a"), 2, False)
    assert log(store) == {}
    with pytest.raises(CausesError, match="by 2"):
        remove(store, 1, at=AT, author="lee")
    assert remove(store, 2, at=AT, author="lee") == (release(2, "a"), 3, True)
    assert list(log(store)) == [1]
    with pytest.raises(CausesError, match="no entry 9"):
        remove(store, 9, at=AT, author="lee")


def test_what_was_removed_can_be_entered_anew(store: Operational) -> None:
    add(store, [release(2, "a")], at=AT, author="kim")
    remove(store, 1, at=AT, author="kim")
    assert add(store, [release(2, "a")], at=AT, author="kim") == [3]


@pytest.mark.parametrize("statement", [change_events.delete(), change_events.update().values(author="x")])
def test_the_log_refuses_to_be_changed(store: Operational, statement: sa.Executable) -> None:
    add(store, [release(2, "a")], at=AT, author="kim")
    with pytest.raises(StoreError), store.writing() as connection:
        connection.execute(statement)
    assert [event.author for event in all_events(store)] == ["kim"]
