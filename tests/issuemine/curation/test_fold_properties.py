"""What holds of the fold whatever people say."""

from collections.abc import Mapping
from dataclasses import replace

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from issuemine.curation import Curation, fold
from issuemine.records import CurationEvent
from tests.issuemine.curation.logs import MENTIONS, START, TOPICS, log, logs

ANY = settings(max_examples=200)


def without_traces(found: Curation) -> Curation:
    """A state less what tells of undone splits."""
    return replace(found, undone_splits=(), split_names={})


@ANY
@given(logs(), st.randoms())
def test_the_same_events_leave_the_same_state(events: list[CurationEvent], random: object) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(events) == fold(shuffled) == fold(list(events))


@ANY
@given(logs(), st.data())
def test_an_event_and_its_undo_are_as_if_never_said(events: list[CurationEvent], data: st.DataObject) -> None:
    undone = {event.undoes for event in events}
    plain = [event for event in events if event.kind != "undo" and event.event_id not in undone]
    if not plain:
        return
    taken = data.draw(st.sampled_from(plain))
    undo = CurationEvent(START, "kim", "undo", {}, undoes=taken.event_id, event_id=len(events) + 1)
    never = [event for event in events if event.event_id != taken.event_id]
    assert without_traces(fold([*events, undo])) == without_traces(fold(never))


@ANY
@given(logs(), st.data())
def test_undoing_an_undo_brings_everything_back(events: list[CurationEvent], data: st.DataObject) -> None:
    plain = [event for event in events if event.kind != "undo"]
    undone = {event.undoes for event in events}
    if not (held := [event for event in plain if event.event_id not in undone]):
        return
    taken = data.draw(st.sampled_from(held))
    number = len(events) + 1
    undo = CurationEvent(START, "kim", "undo", {}, undoes=taken.event_id, event_id=number)
    redo = CurationEvent(START, "kim", "undo", {}, undoes=number, event_id=number + 1)
    assert fold([*events, undo, redo]) == fold(events)


@ANY
@given(logs())
def test_no_part_names_a_topic_that_is_merged_away_or_undone(events: list[CurationEvent]) -> None:
    found = fold(events)
    gone = set(found.merged) | {split.name for split in found.undone_splits}
    named = [
        *found.labels,
        *found.merged.values(),
        *found.excluded_topics,
        *found.locked,
        *found.pinned,
        *found.notes,
        *found.owners,
        *found.tickets,
        *(topic for topic in found.moves.values() if topic is not None),
        *(split.topic for split in (*found.splits, *found.undone_splits)),
    ]
    assert gone.isdisjoint(named)
    assert found.excluded_mentions.isdisjoint(found.moves)


@ANY
@given(logs(), st.sampled_from(MENTIONS), st.none() | st.sampled_from(TOPICS))
def test_a_mention_has_one_place_and_stays_there(
    events: list[CurationEvent], mention: str, topic: str | None
) -> None:
    found = fold(events)
    place = found.place(mention, topic)
    assert found.place(mention, place) == place


pairs = st.lists(st.tuples(st.sampled_from(TOPICS), st.sampled_from(TOPICS)), max_size=8)


def groups(merged: Mapping[str, str]) -> set[frozenset[str]]:
    members: dict[str, set[str]] = {}
    for topic in TOPICS:
        members.setdefault(merged.get(topic, topic), set()).add(topic)
    return {frozenset(topics) for topics in members.values()}


@ANY
@given(pairs, st.randoms())
def test_merges_in_any_order_join_what_a_graph_connects(
    joined: list[tuple[str, str]], random: object
) -> None:
    graph = nx.Graph(joined)
    graph.add_nodes_from(TOPICS)
    expected = {frozenset(part) for part in nx.connected_components(graph)}
    for _ in range(2):
        events = log(*(("merge", {"topics": [one], "into": other}) for one, other in joined))
        assert groups(fold(events).merged) == expected
        random.shuffle(joined)  # type: ignore[attr-defined]


@ANY
@given(logs())
def test_ids_given_by_runs_change_names_and_nothing_else(events: list[CurationEvent]) -> None:
    given_ids = {event.event_id: f"T{100 + event.event_id}" for event in events if event.kind == "split"}
    plain, named = fold(events), fold(events, given_ids)
    names = {f"S{number}": topic for number, topic in given_ids.items()}
    assert named.labels == {names.get(topic, topic): label for topic, label in plain.labels.items()}
    assert named.void == plain.void
    for mention in MENTIONS:
        for topic in TOPICS:
            place = plain.place(mention, topic)
            assert named.place(mention, topic) == (None if place is None else names.get(place, place))
    by_id = [
        replace(
            event,
            payload={
                key: names.get(value, value) if isinstance(value, str) else value
                for key, value in event.payload.items()
            },
        )
        for event in events
    ]
    assert fold(by_id, given_ids) == named
