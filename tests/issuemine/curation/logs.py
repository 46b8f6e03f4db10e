"""Short logs of events, written by hand or drawn at random."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from issuemine.curation.events import action, event
from issuemine.records import CurationEvent, undo_chains

START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def log(*said: tuple[str, dict[str, Any]]) -> list[CurationEvent]:
    """Events numbered from 1, a minute apart."""
    return [_event(number, kind, payload) for number, (kind, payload) in enumerate(said, start=1)]


def undo(number: int) -> tuple[str, dict[str, Any]]:
    return ("undo", {"event_id": number})


TOPICS = ("T1", "T2", "T3", "T4", "T5")
MENTIONS = ("a-0", "a-1", "b-0", "c-0")

# Whole numbers stand for things that only the events before tell: splits so far, events that can be undone.
_topic = st.sampled_from(TOPICS) | st.integers(0, 3)
_mentions = st.lists(st.sampled_from(MENTIONS), min_size=1, max_size=3)
_word = st.sampled_from(("slow app", "card declined"))
_address = st.sampled_from(("https://t.example/1", "https://t.example/2"))


def _said(kinds: tuple[str, ...], **payload: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(st.sampled_from(kinds), st.fixed_dictionaries(payload))


_anything = st.one_of(
    _said(("rename",), topic=_topic, label=_word),
    _said(("merge",), topics=st.lists(_topic, min_size=1, max_size=3), into=_topic),
    _said(("split",), topic=_topic, mentions=_mentions, label=st.none() | _word),
    _said(("move",), mention=st.sampled_from(MENTIONS), topic=st.none() | _topic),
    _said(("exclude_mentions",), mentions=_mentions),
    _said(("exclude_topic", "lock", "unlock", "pin", "unpin"), topic=_topic),
    _said(("resolve", "archive", "reopen"), topic=_topic),
    _said(("note",), topic=_topic, text=_word),
    _said(("owner",), topic=_topic, name=_word),
    _said(("ticket",), topic=_topic, url=_address),
    _said(("undo",), event_id=st.integers(0, 9)),
)


def logs(most: int = 14) -> st.SearchStrategy[list[CurationEvent]]:
    """Logs as the store lets them grow: a split's topic is named after the split, an undo takes effect."""
    return st.lists(_anything, max_size=most).map(_grown)


def _grown(drawn: list[tuple[str, dict[str, Any]]]) -> list[CurationEvent]:
    events: list[CurationEvent] = []
    for kind, payload in drawn:
        made = [f"S{event.event_id}" for event in events if event.kind == "split"]
        names = {key: _named(value, made) for key, value in payload.items()}
        if kind == "undo":
            chains = undo_chains(events)
            state = dict(chains.values())
            can_be_undone = [number for number, (first, holds) in chains.items() if state[first] == holds]
            if not can_be_undone:
                continue
            names = {"event_id": can_be_undone[payload["event_id"] % len(can_be_undone)]}
        events.append(_event(len(events) + 1, kind, names))
    return events


def _event(number: int, kind: str, payload: dict[str, Any]) -> CurationEvent:
    at = START + timedelta(minutes=number)
    return replace(event(action(kind, payload), at=at, author="kim"), event_id=number)


def _named(value: Any, made: list[str]) -> Any:
    if isinstance(value, list):
        return [_named(part, made) for part in value]
    if isinstance(value, int):
        return made[value % len(made)] if made else TOPICS[value % len(TOPICS)]
    return value
