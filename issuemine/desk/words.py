"""Curation events in words."""

from __future__ import annotations

from issuemine.curation.actions import (
    Archive,
    ExcludeMentions,
    ExcludeTopic,
    Lock,
    Merge,
    Move,
    Note,
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
from issuemine.messages import say
from issuemine.records import CurationEvent


def in_words(event: CurationEvent) -> str:
    """What an event says, as a clause without a full stop."""
    match action_of(event):
        case Rename(topic, label):
            return say("{topic} is called “{label}”", topic=topic, label=label)
        case Merge(topics, into):
            return say("{into} takes in {topics}", into=into, topics=", ".join(topics))
        case SplitOff(topic, mentions, label):
            told = say(
                "mentions of {topic} that become topic {name}: {count:,}",
                topic=topic,
                name=f"S{event.event_id}",
                count=len(mentions),
            )
            return told if label is None else f"{told} “{label}”"
        case Move(mention, None):
            return say("mention {mention} belongs to no topic", mention=mention)
        case Move(mention, topic):
            return say("mention {mention} belongs to {topic}", mention=mention, topic=topic)
        case ExcludeTopic(topic):
            return say("{topic} is excluded", topic=topic)
        case ExcludeMentions(mentions):
            return say("excluded mentions: {mentions}", mentions=", ".join(mentions))
        case Lock(topic):
            return say("{topic} is locked", topic=topic)
        case Unlock(topic):
            return say("{topic} is no longer locked", topic=topic)
        case Pin(topic):
            return say("{topic} is pinned", topic=topic)
        case Unpin(topic):
            return say("{topic} is no longer pinned", topic=topic)
        case Resolve(topic):
            return say("{topic} is resolved", topic=topic)
        case Archive(topic):
            return say("{topic} is archived until it escalates", topic=topic)
        case Reopen(topic):
            return say("{topic} is open again", topic=topic)
        case Note(topic, text):
            return say("note on {topic}: {text}", topic=topic, text=text)
        case Owner(topic, name):
            return say("{name} looks after {topic}", topic=topic, name=name)
        case Ticket(topic, url):
            return say("{topic} is worked on at {url}", topic=topic, url=url)
        case Undo(event_id):
            return say("event {event_id} is undone", event_id=event_id)
