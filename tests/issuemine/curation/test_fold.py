"""What a log of events leaves, case by case."""

from typing import Any

import pytest

from issuemine.curation import Split, fold
from issuemine.errors import CurationError
from tests.issuemine.curation.logs import log, undo

Said = tuple[str, dict[str, Any]]


def rename(topic: str, label: str) -> Said:
    return ("rename", {"topic": topic, "label": label})


def merge(into: str, *topics: str) -> Said:
    return ("merge", {"into": into, "topics": list(topics)})


def split(topic: str, *mentions: str, label: str | None = None) -> Said:
    return ("split", {"topic": topic, "mentions": list(mentions), "label": label})


def move(mention: str, topic: str | None) -> Said:
    return ("move", {"mention": mention, "topic": topic})


def test_the_later_name_wins_and_its_undo_brings_the_earlier_back() -> None:
    events = log(rename("T1", "Slow"), rename("T1", "App is slow"), undo(2), undo(3))
    assert fold(events[:2]).labels == {"T1": "App is slow"}
    assert fold(events[:3]).labels == {"T1": "Slow"}
    assert fold(events).labels == {"T1": "App is slow"}


def test_merging_into_a_merged_topic_follows_on() -> None:
    found = fold(log(merge("T2", "T1"), merge("T3", "T2"), merge("T1", "T4")))
    assert found.merged == {"T1": "T3", "T2": "T3", "T4": "T3"}


def test_merging_back_changes_nothing() -> None:
    assert fold(log(merge("T2", "T1"), merge("T1", "T2"))).merged == {"T1": "T2"}


def test_what_is_said_of_a_merged_topic_is_said_of_its_target() -> None:
    found = fold(
        log(merge("T2", "T1"), rename("T1", "Refunds"), move("a-0", "T1"), ("lock", {"topic": "T1"}))
    )
    assert (found.labels, found.moves, found.locked) == ({"T2": "Refunds"}, {"a-0": "T2"}, {"T2"})


def test_notes_and_tickets_go_along_with_a_merge_names_and_owners_do_not() -> None:
    found = fold(
        log(
            ("note", {"topic": "T1", "text": "since the release"}),
            ("note", {"topic": "T2", "text": "asked the bank"}),
            ("ticket", {"topic": "T1", "url": "https://t.example/1"}),
            ("ticket", {"topic": "T2", "url": "https://t.example/1"}),
            ("owner", {"topic": "T1", "name": "Payments"}),
            rename("T1", "Refunds"),
            merge("T2", "T1"),
        )
    )
    assert [remark.text for remark in found.notes["T2"]] == ["since the release", "asked the bank"]
    assert found.tickets == {"T2": ("https://t.example/1",)}
    assert (found.owners, found.labels) == ({}, {})


def test_a_split_goes_by_its_provisional_name_until_a_run_gives_it_an_id() -> None:
    events = log(split("T1", "a-0", "a-1", label="Late"), merge("S1", "T4"), ("pin", {"topic": "T9"}))
    assert fold(events[:2]).labels == {"S1": "Late"}
    assert fold(events[:2]).merged == {"T4": "S1"}
    found = fold(events, {1: "T9"})
    assert found.splits == (Split(1, "T1", ("a-0", "a-1"), "Late"),)
    assert (found.labels, found.merged, found.pinned) == ({"T9": "Late"}, {"T4": "T9"}, {"T9"})
    assert found.called("S1") == "T9"


def test_the_mentions_of_an_undone_split_flow_back_and_what_was_said_of_it_is_void() -> None:
    events = log(split("T1", "a-0"), rename("S1", "Late"), merge("S1", "T4"), merge("T2", "T1"), undo(1))
    found = fold(events, {1: "T9"})
    assert found.splits == ()
    assert found.undone_splits == (Split(1, "T2", ("a-0",), None),)
    assert (found.labels, found.merged, found.void) == ({}, {"T1": "T2"}, {2, 3})
    assert found.place("a-0", "T9") == "T2"
    assert found.place("x-9", "T9") == "T2"


def test_a_split_of_an_undone_split_flows_back_too() -> None:
    found = fold(log(split("T1", "a-0", "a-1"), split("S1", "a-1"), undo(1)))
    assert [(made.event_id, made.topic) for made in found.undone_splits] == [(1, "T1"), (2, "T1")]
    assert found.void == {2}


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ((move("a-0", "T3"), split("T1", "a-0")), "S2"),
        ((split("T1", "a-0"), move("a-0", "T3")), "T3"),
        ((split("T1", "a-0"), split("T2", "a-0")), "S2"),
        ((move("a-0", "T3"), ("exclude_mentions", {"mentions": ["a-0"]})), None),
        ((("exclude_mentions", {"mentions": ["a-0"]}), move("a-0", "T3")), "T3"),
        ((("exclude_mentions", {"mentions": ["a-0"]}), split("T1", "a-0")), "S2"),
        ((move("a-0", "T3"), move("a-0", None)), None),
        ((move("a-0", "T3"), merge("T4", "T3")), "T4"),
        ((merge("T4", "T1"),), "T4"),
        ((rename("T1", "Late"),), "T1"),
    ],
)
def test_the_last_word_on_a_mention_holds(said: tuple[Said, ...], place: str) -> None:
    assert fold(log(*said)).place("a-0", "T1") == place


def test_an_undo_of_an_event_that_is_missing_is_told() -> None:
    events = log(rename("T1", "Slow"), undo(1))
    with pytest.raises(CurationError, match="number 1 is missing"):
        fold(events[1:])
