"""The things that a person can say about topics and mentions.

A topic is named by its id (``T12``), or as ``S<event_id>`` when a split has made it and no run has given it
an id yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic.dataclasses import dataclass

_STRICT = ConfigDict(extra="forbid")
_ADDRESS = TypeAdapter(HttpUrl)
_LABEL = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?"
_WEB = rf"^https?://{_LABEL}(\.{_LABEL}){{0,5}}(:[1-9][0-9]{{0,3}})?(/[A-Za-z0-9._~!$&'()*+,;=:@/?#-]*)?$"
"""How addresses are documented; whatever else is one, such as a name in Korean, is accepted too."""


def one_line(text: str) -> str:
    """A text with its white space told as single blanks."""
    return " ".join(text.split())


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _address(text: str) -> str:
    _ADDRESS.validate_python(text)
    return text


Topic = Annotated[str, StringConstraints(pattern=r"^[TS][1-9][0-9]{0,17}$")]
MentionId = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Line = Annotated[str, AfterValidator(one_line), Field(min_length=1, max_length=200)]
Topics = Annotated[tuple[Topic, ...], Field(min_length=1, max_length=1_000), AfterValidator(_distinct)]
Mentions = Annotated[
    tuple[MentionId, ...], Field(min_length=1, max_length=100_000), AfterValidator(_distinct)
]


@dataclass(frozen=True, config=_STRICT)
class Rename:
    """The topic is called this, whatever naming finds; the label is redacted."""

    topic: Topic
    label: Line


@dataclass(frozen=True, config=_STRICT)
class Merge:
    """These topics are the same issue as ``into``, which goes on."""

    topics: Topics
    into: Topic


@dataclass(frozen=True, config=_STRICT)
class SplitOff:
    """These mentions are an issue of their own: a new topic, ``S<event_id>``."""

    topic: Topic
    mentions: Mentions
    label: Line | None = None


@dataclass(frozen=True, config=_STRICT)
class Move:
    """The mention belongs to this topic, or to none."""

    mention: MentionId
    topic: Topic | None


@dataclass(frozen=True, config=_STRICT)
class ExcludeTopic:
    """The topic is no issue and is not to be shown."""

    topic: Topic


@dataclass(frozen=True, config=_STRICT)
class ExcludeMentions:
    """The mentions speak of no issue and belong to no topic."""

    mentions: Mentions


@dataclass(frozen=True, config=_STRICT)
class Lock:
    """Discovery leaves the mentions of the topic together."""

    topic: Topic


@dataclass(frozen=True, config=_STRICT)
class Unlock:
    """Discovery may cut the topic anew."""

    topic: Topic


@dataclass(frozen=True, config=_STRICT)
class Pin:
    """The topic stays among the issues shown."""

    topic: Topic


@dataclass(frozen=True, config=_STRICT)
class Unpin:
    """The topic is shown like any other."""

    topic: Topic


@dataclass(frozen=True, config=_STRICT)
class Resolve:
    """The topic is settled; when it rises again, it has regressed."""

    topic: Topic


@dataclass(frozen=True, config=_STRICT)
class Archive:
    """The topic is put away until it escalates."""

    topic: Topic


@dataclass(frozen=True, config=_STRICT)
class Reopen:
    """The topic stands where its records put it, whatever was decided before."""

    topic: Topic


@dataclass(frozen=True, config=_STRICT)
class Note:
    """A remark on the topic; its text is redacted."""

    topic: Topic
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]


@dataclass(frozen=True, config=_STRICT)
class Owner:
    """Who looks after the topic."""

    topic: Topic
    name: Line


@dataclass(frozen=True, config=_STRICT)
class Ticket:
    """Where the topic is worked on, as an http or https address."""

    topic: Topic
    url: Annotated[
        str,
        StringConstraints(max_length=2_000),
        AfterValidator(_address),
        WithJsonSchema({"type": "string", "format": "uri", "pattern": _WEB, "maxLength": 2_000}),
    ]


@dataclass(frozen=True, config=_STRICT)
class Undo:
    """The event is as if it had never been; undoing an undo brings it back."""

    event_id: Annotated[int, Field(ge=1)]


OfTopic: TypeAlias = (
    Rename
    | Move
    | ExcludeTopic
    | Lock
    | Unlock
    | Pin
    | Unpin
    | Resolve
    | Archive
    | Reopen
    | Note
    | Owner
    | Ticket
)
"""What is said of one topic."""
Action: TypeAlias = OfTopic | Merge | SplitOff | ExcludeMentions | Undo

KINDS: Mapping[str, type[Any]] = {
    "rename": Rename,
    "merge": Merge,
    "split": SplitOff,
    "move": Move,
    "exclude_topic": ExcludeTopic,
    "exclude_mentions": ExcludeMentions,
    "lock": Lock,
    "unlock": Unlock,
    "pin": Pin,
    "unpin": Unpin,
    "resolve": Resolve,
    "archive": Archive,
    "reopen": Reopen,
    "note": Note,
    "owner": Owner,
    "ticket": Ticket,
    "undo": Undo,
}
"""Kind of event to action. The kinds are stored: none is ever renamed."""
