"""What holds of topics and mentions after everything that people said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Remark(NamedTuple):
    """A note on a topic."""

    at: datetime
    author: str
    text: str


class Decision(NamedTuple):
    """Where a person puts a topic: ``kind`` is resolve, archive or reopen."""

    kind: str
    event_id: int
    author: str


@dataclass(frozen=True, slots=True)
class Split:
    """Mentions that are a topic of their own.

    ``topic`` is the topic that they were taken from, under its name of today.
    """

    event_id: int
    topic: str
    mentions: tuple[str, ...]
    label: str | None

    @property
    def name(self) -> str:
        """Provisional name of the new topic."""
        return f"S{self.event_id}"


@dataclass(frozen=True)
class Curation:
    """The state that a run replays. No two of its parts contradict each other.

    To apply it: merge, then make the splits in their order, then move mentions, then take out the excluded
    ones; :meth:`place` says the same for one mention. Topics made by a split stand under their id where
    the fold was told it, else under their provisional name.

    Parameters
    ----------
    labels, owners : mapping of topic to text
        What a topic is called (that of a split included), and who looks after it.
    merged : mapping of topic to topic
        Topics that are part of another now; the other is itself not merged.
    splits : tuple of Split
        Splits that hold, in order; a mention in two belongs to the later one.
    undone_splits : tuple of Split
        Splits that do not hold any more: what their topics have flows back to ``topic``.
    moves : mapping of mention to topic or None
        Where mentions belong whatever discovery finds; None is no topic.
    excluded_topics, locked, pinned : frozenset of str
        Topics.
    excluded_mentions : frozenset of str
        Mentions that belong to no topic.
    notes, tickets : mapping of topic to tuple
        In order; those of merged topics are with the topic that goes on.
    decisions : mapping of topic to Decision
        Where people put topics; the newest of each.
    split_names : mapping of str to str
        Provisional names of splits, held or undone, to the ids that runs gave them.
    void : frozenset of int
        Events that are in effect but without any, as they name the topic of a split that does not hold.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    splits: tuple[Split, ...] = ()
    undone_splits: tuple[Split, ...] = ()
    moves: Mapping[str, str | None] = field(default_factory=dict)
    excluded_topics: frozenset[str] = frozenset()
    excluded_mentions: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    notes: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    tickets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    split_names: Mapping[str, str] = field(default_factory=dict)
    void: frozenset[int] = frozenset()

    def called(self, topic: str) -> str:
        """Name of today of a topic: its id where a split made it, and the topic that it is part of."""
        name = self.split_names.get(topic, topic)
        return self.merged.get(name, name)

    def names(self, topic: str) -> frozenset[str]:
        """All names that have led to a topic: its own, those of merged topics, and provisional ones."""
        today = self.called(topic)
        ids = {topic, today, *(name for name, target in self.merged.items() if target == today)}
        return frozenset(ids | {name for name, given in self.split_names.items() if given in ids})

    def place(self, mention: str, topic: str | None) -> str | None:
        """Topic of a mention that discovery, or the run before, put into ``topic``; None is no topic."""
        if mention in self.excluded_mentions:
            return None
        if mention in self.moves:
            return self.moves[mention]
        for split in reversed(self.splits):
            if mention in split.mentions:
                return self.called(split.name)
        if topic is None:
            return None
        back = {self.split_names.get(split.name, split.name): split.topic for split in self.undone_splits}
        return back.get(self.called(topic), self.called(topic))
