"""The curator's desk: what is said is checked against the newest snapshot, then recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from issuemine.config import Settings
from issuemine.curation import Curation, fold
from issuemine.curation.actions import (
    Action,
    ExcludeMentions,
    Merge,
    Move,
    Note,
    Rename,
    SplitOff,
    Undo,
)
from issuemine.curation.events import action, event
from issuemine.errors import CurationError, CurationUsageError
from issuemine.messages import say
from issuemine.records import CurationEvent, undo_chains
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.operational import Operational, open_operational
from issuemine.store.operational.events import all_events, append, events_of
from issuemine.store.reading_mentions import mention_topics, nearest_mentions, split_topics, topic_labels
from issuemine.store.snapshot import Snapshot, Snapshots

_TOPIC = re.compile(r"[TS][1-9]\d*")


class Desk:
    """A snapshot, what has been said about it, and where more is recorded.

    Parameters
    ----------
    snapshot : Snapshot
        The newest one: topics and mentions must be in it.
    store : Operational, optional
        Where events are kept; None where nobody has said anything yet, and nothing is to be recorded.
    settings : Settings
        All settings; ``clean`` says how texts are redacted.
    database : Database, optional
        The reader's own connection to the snapshot; default: the snapshot's.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        store: Operational | None,
        settings: Settings,
        database: Database | None = None,
    ) -> None:
        self.store = store
        self.database = database or snapshot.database
        self.events: list[CurationEvent] = self._said()
        self._given = split_topics(self.database)
        self.curation: Curation = fold(self.events, self._given)
        self._settings = settings
        self.labels = topic_labels(self.database)

    def topic(self, asked: str) -> str:
        """The topic that one is part of by now.

        Raises
        ------
        CurationError
            If there is none; names the nearest, or says what became of it.
        """
        name = asked.strip().upper()
        today = self.curation.called(name)
        if today in self.labels or today in {split.name for split in self.curation.splits}:
            return today
        for split in self.curation.undone_splits:
            if today in (split.name, self.curation.called(split.name)):
                raise CurationError(
                    say("{topic} came from a split that does not hold any more.", topic=name),
                    say("Its mentions go back to {topic} at the next run.", topic=split.topic),
                )
        if _TOPIC.fullmatch(today) and today[0] == "T" and int(today[1:]) <= self._newest():
            raise CurationError(
                say("{topic} is retired: the newest snapshot has no records of it.", topic=today),
                say("'issuemine topics' lists the topics that there are."),
            )
        raise CurationError(say("There is no topic {topic}.", topic=asked), self._near(asked))

    def mentions(self, asked: Sequence[str], topic: str | None = None) -> list[str]:
        """Mentions as they were asked for, once they are known to be there, in the topic if one is named.

        Raises
        ------
        CurationError
            If one is not there, naming the nearest, or is in another topic.
        """
        names = [name.strip() for name in asked]
        found = mention_topics(self.database, names)
        for name in names:
            if name not in found:
                near = ", ".join(nearest_mentions(self.database, name))
                raise CurationError(
                    say("There is no mention {mention}.", mention=name),
                    say("The nearest are {names}; 'issuemine mentions TOPIC' lists all.", names=near),
                )
            place = self.curation.place(name, found[name])
            if topic is not None and place != topic:
                raise CurationError(
                    say(
                        "Mention {mention} belongs to {place}, not to {topic}.",
                        mention=name,
                        place=place or say("no topic"),
                        topic=topic,
                    ),
                    say("Move it with 'issuemine curate move', or name the topic that it is in."),
                )
        return names

    def record(self, kind: str, author: str, **payload: Any) -> CurationEvent:
        """Keep what was said, of the topics of today and with its texts redacted.

        Parameters
        ----------
        kind : str
            One of ``issuemine.curation.actions.KINDS``.
        author : str
            Who says it.
        **payload : Any
            The fields of that action.

        Returns
        -------
        CurationEvent
            Its event, with the id that it got.

        Raises
        ------
        CurationError
            If it does not fit, names what is not there, undoes what is undone, or has no author.
        """
        checked = self._checked(action(kind, payload))
        said = event(checked, at=datetime.now(UTC), author=author)
        assert self.store is not None  # noqa: S101 - who records brings one
        return replace(said, event_id=append(self.store, said))

    def _checked(self, said: Action) -> Action:
        """What is said, of topics and mentions that are there, with redacted texts."""
        match said:
            case Undo():
                return said
            case Merge(topics, into):
                target = self.topic(into)
                names = tuple(self.topic(topic) for topic in topics)
                if target in names:
                    raise CurationUsageError(
                        say("{topic} cannot be merged into itself.", topic=target),
                        say("'issuemine curate log {topic}' tells what it is made of.", topic=target),
                    )
                return Merge(names, target)
            case SplitOff(topic, mentions, label):
                source = self.topic(topic)
                return SplitOff(
                    source, tuple(self.mentions(mentions, source)), label and self._redacted(label)
                )
            case Move(mention, place):
                (known,) = self.mentions([mention])
                return Move(known, None if place is None else self.topic(place))
            case ExcludeMentions(mentions):
                return ExcludeMentions(tuple(self.mentions(mentions)))
            case Rename(topic, label):
                return Rename(self.topic(topic), self._redacted(label))
            case Note(topic, text):
                return Note(self.topic(topic), self._redacted(text))
        return replace(said, topic=self.topic(said.topic))

    def _redacted(self, text: str) -> str:
        from issuemine.clean.redaction.shared import shared_redactor  # takes seconds to load

        return shared_redactor(self._settings.clean).redact(text).text

    def told(self, topic: str | None = None) -> list[tuple[CurationEvent, bool]]:
        """What was said, of a topic and those merged into it or of all, and whether it is in effect."""
        chains = undo_chains(self.events)
        state = dict(chains.values())
        events = self.events
        if topic is not None and self.store is not None:
            events = events_of(self.store, self.curation.names(topic.strip().upper()))
        holds = {number: state[first] == on for number, (first, on) in chains.items()}
        return [(event, holds[event.event_id]) for event in events if event.event_id in holds]

    def voided(self) -> list[int]:
        """Events that have had no effect since the desk was opened, as the topic they name is gone."""
        return sorted(fold(self._said(), self._given).void - self.curation.void)

    def _said(self) -> list[CurationEvent]:
        return all_events(self.store) if self.store is not None else []

    def _newest(self) -> int:
        return max((int(topic[1:]) for topic in self.labels), default=0)

    def _near(self, asked: str) -> str:
        """Topics whose id or label is written like what was asked for."""
        by_label = {label.lower(): topic for topic, label in reversed(self.labels.items())}
        ids = get_close_matches(asked.upper(), self.labels, n=3)
        labels = get_close_matches(asked.lower(), by_label, n=3, cutoff=0.4)
        near = dict.fromkeys([*ids, *(by_label[label] for label in labels)])
        if not near:
            return say("'issuemine topics' lists the topics that there are.")
        told = ", ".join(f"{topic} ({self.labels[topic]})" for topic in near)
        return say("The nearest are {names}; 'issuemine topics' lists more.", names=told)


@contextmanager
def curating(warehouse: Path, settings: Settings) -> Iterator[Desk]:
    """The desk of a warehouse folder.

    Raises
    ------
    StoreError
        If nothing is published there yet, or the operational store cannot be opened.
    """
    layout = Layout(warehouse)
    snapshot = Snapshots(layout, settings.store).current()
    try:
        with open_operational(layout, settings.store) as store:
            yield Desk(snapshot, store, settings)
    finally:
        snapshot.close()
