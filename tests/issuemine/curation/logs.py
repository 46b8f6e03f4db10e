"""Short logs of events, written by hand or drawn at random."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from issuemine.curation.events import action, event
from issuemine.records import CurationEvent, undo_chains

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def log(*said: tuple[str, dict[str, Any]]) -> list[CurationEvent]:
    """Events numbered from 1, a minute apart."""
    events = []
    for number, (kind, payload) in enumerate(said, start=1):
        at = START + timedelta(minutes=number)
        events.append(replace(event(action(kind, payload), at=at, author="kim"), event_id=number))
    return events


def undo(number: int) -> tuple[str, dict[str, Any]]:
    return ("undo", {"event_id": number})


TOPICS = ("T1", "T2", "T3", "T4", "T5")
MENTIONS = ("a-0", "a-1", "b-0", "c-0")


@st.composite
def logs(draw: st.DrawFn, most: int = 14) -> list[CurationEvent]:
    """Logs as the store lets them grow: a split's topic is named after the split, an undo takes effect."""
    said: list[tuple[str, dict[str, Any]]] = []
    for number in range(1, draw(st.integers(0, most)) + 1):
        said.append(draw(_next(log(*said), number)))
    return log(*said)


def _next(before: Sequence[CurationEvent], number: int) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    made = [f"S{event.event_id}" for event in before if event.kind == "split"]
    topic = st.sampled_from([*TOPICS, *made])
    mention = st.sampled_from(MENTIONS)
    mentions = st.lists(mention, min_size=1, max_size=3)
    chains = undo_chains(before)
    state = dict(chains.values())
    can_be_undone = [at for at, (first, holds) in chains.items() if state[first] == holds]
    word = st.sampled_from(("slow app", "card declined"))
    choices = [
        st.tuples(st.just("rename"), st.fixed_dictionaries({"topic": topic, "label": word})),
        st.tuples(
            st.just("merge"),
            st.fixed_dictionaries({"topics": st.lists(topic, min_size=1, max_size=3), "into": topic}),
        ),
        st.tuples(
            st.just("split"),
            st.fixed_dictionaries({"topic": topic, "mentions": mentions, "label": st.none() | word}),
        ),
        st.tuples(st.just("move"), st.fixed_dictionaries({"mention": mention, "topic": st.none() | topic})),
        st.tuples(st.just("exclude_mentions"), st.fixed_dictionaries({"mentions": mentions})),
        st.tuples(
            st.sampled_from(("exclude_topic", "lock", "unlock", "pin", "unpin")),
            st.fixed_dictionaries({"topic": topic}),
        ),
        st.tuples(st.just("note"), st.fixed_dictionaries({"topic": topic, "text": word})),
        st.tuples(st.just("owner"), st.fixed_dictionaries({"topic": topic, "name": word})),
        st.tuples(
            st.just("ticket"),
            st.fixed_dictionaries({"topic": topic, "url": st.just(f"https://t.example/{number}")}),
        ),
    ]
    if can_be_undone:
        choices.append(st.sampled_from(can_be_undone).map(undo))
    return st.one_of(choices)
