"""What can be said, and what is refused before it is kept for ever."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from issuemine.curation.actions import KINDS, Rename
from issuemine.curation.events import action, action_of, event
from issuemine.errors import CurationError
from tests.issuemine.curation.logs import START, log

GOOD: dict[str, dict[str, Any]] = {
    "rename": {"topic": "T1", "label": "환불 지연"},
    "merge": {"topics": ["T2", "S3"], "into": "T1"},
    "split": {"topic": "T1", "mentions": ["a-0", "a-1"], "label": None},
    "move": {"mention": "a-0", "topic": None},
    "exclude_topic": {"topic": "T1"},
    "exclude_mentions": {"mentions": ["a-0"]},
    "lock": {"topic": "T1"},
    "unlock": {"topic": "T1"},
    "pin": {"topic": "T1"},
    "unpin": {"topic": "T1"},
    "resolve": {"topic": "T1"},
    "archive": {"topic": "T1"},
    "reopen": {"topic": "T1"},
    "note": {"topic": "T1", "text": "first line\nsecond line"},
    "owner": {"topic": "T1", "name": "Payments"},
    "ticket": {"topic": "T1", "url": "https://tracker.example/PAY-1"},
    "undo": {"event_id": 1},
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_event_says_can_be_read_back(kind: str) -> None:
    said = action(kind, GOOD[kind])
    stored = event(said, at=START, author="kim")
    assert stored.kind == kind
    assert action_of(stored) == said


@pytest.mark.parametrize(
    ("kind", "payload", "field"),
    [
        ("rename", {"topic": "12", "label": "Late"}, "topic"),
        ("rename", {"topic": "T0", "label": "Late"}, "topic"),
        ("rename", {"topic": "T1", "label": " \n "}, "label"),
        ("rename", {"topic": "T1", "label": "x" * 201}, "label"),
        ("rename", {"topic": "T1"}, "label"),
        ("rename", {"topic": "T1", "label": "Late", "colour": "red"}, "colour"),
        ("merge", {"topics": [], "into": "T1"}, "topics"),
        ("split", {"topic": "T1", "mentions": []}, "mentions"),
        ("note", {"topic": "T1", "text": "  "}, "text"),
        ("note", {"topic": "T1", "text": "x" * 4_001}, "text"),
        ("ticket", {"topic": "T1", "url": "javascript:alert(1)"}, "url"),
        ("ticket", {"topic": "T1", "url": "PAY-1"}, "url"),
        ("undo", {"event_id": 0}, "event_id"),
    ],
)
def test_what_does_not_fit_is_refused_naming_the_field(
    kind: str, payload: dict[str, Any], field: str
) -> None:
    with pytest.raises(CurationError, match=field):
        action(kind, payload)


def test_a_refusal_does_not_repeat_what_was_written() -> None:
    with pytest.raises(CurationError) as caught:
        action("rename", {"topic": "my card 4111 1111 1111 1111", "label": "hunter2 " * 100})
    assert "4111" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_an_unknown_kind_is_told() -> None:
    with pytest.raises(CurationError, match="celebrate"):
        action("celebrate", {"topic": "T1"})


def test_a_label_is_one_line_and_names_are_counted_once() -> None:
    assert action("rename", {"topic": "T1", "label": "  Refund\n is late "}) == Rename("T1", "Refund is late")
    assert log(("merge", {"topics": ["T2", "T2"], "into": "T1"}))[0].payload["topics"] == ["T2"]


def test_times_are_kept_in_utc_and_need_a_zone() -> None:
    said = action("lock", {"topic": "T1"})
    seoul = timezone(timedelta(hours=9))
    stored = event(said, at=datetime(2026, 3, 1, 8, tzinfo=seoul), author=" kim ")
    assert (stored.at, stored.author) == (datetime(2026, 2, 28, 23, tzinfo=UTC), "kim")
    with pytest.raises(ValueError, match="zone"):
        event(said, at=datetime(2026, 3, 1), author="kim")


def test_an_event_needs_an_author() -> None:
    with pytest.raises(CurationError, match="author"):
        event(action("lock", {"topic": "T1"}), at=START, author=" ")
