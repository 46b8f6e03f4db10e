"""From events to the state that they leave: a pure function, so that every run finds the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from issuemine.curation.actions import (
    Action,
    Archive,
    ExcludeMentions,
    ExcludeTopic,
    Lock,
    Merge,
    Move,
    Note,
    OfTopic,
    Owner,
    Pin,
    Rename,
    Reopen,
    Resolve,
    SplitOff,
    Ticket,
    Undo,
    Unlock,
    Unpin,
)
from issuemine.curation.events import action_of
from issuemine.curation.state import Curation, Decision, Remark, Split
from issuemine.errors import CurationError
from issuemine.messages import say
from issuemine.records import CurationEvent, undo_chains


def fold(events: Iterable[CurationEvent], split_topics: Mapping[int, str] | None = None) -> Curation:
    """What holds after some events.

    Later events win over earlier ones, undone events count as never said, and an event on a merged topic
    is one on the topic that it is part of. What is said of a split's topic goes with the split: it has no
    effect once the split is undone.

    Parameters
    ----------
    events : iterable of CurationEvent
        All events, in the order of their ids.
    split_topics : mapping of event id to topic id, optional
        Ids that runs gave to the topics of splits; the state then names them by it.

    Raises
    ------
    CurationError
        If an event cannot be read, or undoes one that does not come before it.
    """
    log = sorted(events, key=lambda event: event.event_id)
    try:
        holds = dict(undo_chains(log).values())
    except KeyError as error:
        raise CurationError(
            say("The events are not whole: number {event_id} is missing.", event_id=error.args[0]),
            say("Restore a backup of the operational store."),
        ) from error
    folding = _Folding(log, split_topics or {})
    for event in log:
        if event.kind != "undo":
            folding.take(event, action_of(event), holds=holds[event.event_id])
    return folding.state()


class _Folding:
    """The state while events are read. A split's topic goes by its provisional name in here."""

    def __init__(self, log: Sequence[CurationEvent], split_topics: Mapping[int, str]) -> None:
        ids = {event.event_id for event in log if event.kind == "split"}
        self._given = {f"S{number}": topic for number, topic in split_topics.items() if number in ids}
        self._provisional = {topic: name for name, topic in self._given.items()}
        self._made: set[str] = set()
        self._taken_from: dict[str, str] = {}
        self._into: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._owners: dict[str, str] = {}
        self._moves: dict[str, str | None] = {}
        self._splits: list[Split] = []
        self._undone: list[Split] = []
        self._excluded: set[str] = set()
        self._outside: set[str] = set()
        self._locked: set[str] = set()
        self._pinned: set[str] = set()
        self._notes: list[tuple[str, Remark]] = []
        self._tickets: list[tuple[str, str]] = []
        self._decisions: dict[str, Decision] = {}
        self._void: set[int] = set()

    def take(self, event: CurationEvent, said: Action, *, holds: bool) -> None:
        """Add what an event says; of one that is undone only a split leaves a trace."""
        if isinstance(said, SplitOff):
            self._split(event.event_id, said, holds)
        elif holds and not isinstance(said, Undo) and not self._say(event, said):
            self._void.add(event.event_id)

    def _say(self, event: CurationEvent, said: OfTopic | Merge | ExcludeMentions) -> bool:
        """Whether the topic that an event speaks of is there."""
        if isinstance(said, Merge):
            return self._merge(said)
        if isinstance(said, ExcludeMentions):
            self._outside.update(said.mentions)
            return True
        if said.topic is None:
            self._put(said.mention, None)
            return True
        topic = self._at(said.topic)
        if topic is None:
            return False
        match said:
            case Rename(label=label):
                self._labels[topic] = label
            case Move(mention=mention):
                self._put(mention, topic)
            case ExcludeTopic():
                self._excluded.add(topic)
            case Lock():
                self._locked.add(topic)
            case Unlock():
                self._locked.discard(topic)
            case Pin():
                self._pinned.add(topic)
            case Unpin():
                self._pinned.discard(topic)
            case Resolve() | Archive() | Reopen():
                self._decisions[topic] = Decision(event.kind, event.event_id, event.author)
            case Note(text=text):
                self._notes.append((topic, Remark(event.at, event.author, text)))
            case Owner(name=name):
                self._owners[topic] = name
            case Ticket(url=url):
                self._tickets.append((topic, url))
        return True

    def _merge(self, said: Merge) -> bool:
        into = self._at(said.into)
        topics = [topic for topic in map(self._at, said.topics) if topic is not None]
        if into is None or not topics:
            return False
        # Only topics that are not merged themselves get an entry, so that there can be no cycle.
        self._into |= {topic: into for topic in topics if topic != into}
        return True

    def _split(self, number: int, said: SplitOff, holds: bool) -> None:
        source = self._at(said.topic)
        made = f"S{number}"
        if holds and source is not None:
            self._made.add(made)
            self._splits.append(Split(number, source, said.mentions, said.label))
            if said.label is not None:
                self._labels[made] = said.label
            for mention in said.mentions:
                self._moves.pop(mention, None)
                self._outside.discard(mention)
            return
        if holds:
            self._void.add(number)
        named = self._provisional.get(said.topic, said.topic)
        if source is not None or named in self._taken_from:
            self._taken_from[made] = source or named
            self._undone.append(Split(number, made, said.mentions, said.label))

    def _put(self, mention: str, topic: str | None) -> None:
        self._moves[mention] = topic
        self._outside.discard(mention)

    def _at(self, topic: str) -> str | None:
        """The topic that one is part of by now; None where a split that does not hold made it."""
        name = self._provisional.get(topic, topic)
        if name.startswith("S") and name not in self._made:
            return None
        while name in self._into:
            name = self._into[name]
        return name

    def _today(self, name: str) -> str:
        """A topic under the name that goes outside."""
        while name in self._taken_from or name in self._into:
            name = self._taken_from[name] if name in self._taken_from else self._into[name]
        return self._given.get(name, name)

    def state(self) -> Curation:
        """The state after the last event."""
        notes: dict[str, tuple[Remark, ...]] = {}
        for topic, remark in self._notes:
            notes[self._today(topic)] = (*notes.get(self._today(topic), ()), remark)
        tickets: dict[str, tuple[str, ...]] = {}
        for topic, url in self._tickets:
            before = tickets.get(self._today(topic), ())
            tickets[self._today(topic)] = before if url in before else (*before, url)
        return Curation(
            labels=self._named(self._labels),
            merged={self._given.get(topic, topic): self._today(topic) for topic in self._into},
            splits=tuple(self._dated(split) for split in self._splits),
            undone_splits=tuple(self._dated(split) for split in self._undone),
            moves={
                mention: None if topic is None else self._today(topic)
                for mention, topic in self._moves.items()
                if mention not in self._outside
            },
            excluded_topics=frozenset(self._named(dict.fromkeys(self._excluded, ""))),
            excluded_mentions=frozenset(self._outside),
            locked=frozenset(self._named(dict.fromkeys(self._locked, ""))),
            pinned=frozenset(self._named(dict.fromkeys(self._pinned, ""))),
            notes=notes,
            owners=self._named(self._owners),
            tickets=tickets,
            decisions={
                self._given.get(topic, topic): decision
                for topic, decision in self._decisions.items()
                if topic not in self._into
            },
            split_names=dict(self._given),
            void=frozenset(self._void),
        )

    def _named(self, said: Mapping[str, str]) -> dict[str, str]:
        """What is said of topics that go on; a merged topic has nothing of its own any more."""
        return {
            self._given.get(topic, topic): what for topic, what in said.items() if topic not in self._into
        }

    def _dated(self, split: Split) -> Split:
        return Split(split.event_id, self._today(split.topic), split.mentions, split.label)
