"""The frozen types and Arrow schemas that flow from stage to stage.

Tables are the interface: a stage receives and returns ``pyarrow`` tables (or numpy arrays that run
parallel to one), so that each can be run, tested and replayed alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

import pyarrow as pa

from issuemine.records_alerts import Alert as Alert
from issuemine.records_alerts import Delivery as Delivery
from issuemine.records_alerts import DeliveryStatus as DeliveryStatus
from issuemine.records_alerts import Mode as Mode
from issuemine.records_alerts import Told as Told
from issuemine.records_signals import Nature as Nature
from issuemine.records_signals import Scope as Scope
from issuemine.records_signals import Severity as Severity
from issuemine.records_signals import Signal as Signal
from issuemine.records_signals import SignalState as SignalState

_TIME = pa.timestamp("us", tz="UTC")


class Kind(StrEnum):
    """What sort of thing a record is."""

    TICKET = "ticket"
    SURVEY = "survey"
    REVIEW = "review"
    CHAT = "chat"
    NOTE = "note"


class Intent(StrEnum):
    """What a mention does. The order is the order of probability columns everywhere."""

    PROBLEM = "problem"
    REQUEST = "request"
    QUESTION = "question"
    CHURN = "churn"
    PRAISE = "praise"
    OTHER = "other"


TEXT_FIELDS = ("subject", "body")
TIME_FIELDS = ("created_at", "updated_at", "resolved_at")
COUNT_FIELDS = ("reopens", "transfers", "replies", "contacts")
SCORE_FIELDS = ("csat", "nps", "ces", "rating")
LABEL_FIELDS = (
    "kind",
    "channel",
    "language",
    "product",
    "version",
    "platform",
    "plan",
    "region",
    "journey_stage",
    "status",
    "priority",
)
"""Fields with few distinct values: what lists are filtered by and breakdowns are made of."""

_FACTS: list[pa.Field] = [
    pa.field("source", pa.string(), nullable=False),
    pa.field("external_id", pa.string(), nullable=False),
    *(pa.field(name, _TIME, nullable=name != "created_at") for name in TIME_FIELDS),
    *(pa.field(name, pa.string()) for name in LABEL_FIELDS),
    pa.field("customer_ref", pa.string()),
    pa.field("tags", pa.list_(pa.string())),
    pa.field("attributes", pa.map_(pa.string(), pa.string())),
    *(pa.field(name, pa.int32()) for name in COUNT_FIELDS),
    *(pa.field(name, pa.float64()) for name in SCORE_FIELDS),
]

RAW_RECORD_SCHEMA = pa.schema([*_FACTS, *(pa.field(name, pa.string()) for name in TEXT_FIELDS)])
"""What ingest yields: valid, typed, but not yet redacted. Lives in memory only, never stored."""

SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("reason", pa.string())])
"""A half-open character range of a record's ``text`` and why it is marked."""

RECORD_SCHEMA = pa.schema(
    [
        pa.field("record_id", pa.string(), nullable=False),
        *_FACTS,
        pa.field("text", pa.string(), nullable=False),
        pa.field("content_hash", pa.string(), nullable=False),
        pa.field("boilerplate", pa.list_(SPAN)),
        pa.field("redactions", pa.map_(pa.string(), pa.int32())),
    ]
)
"""What clean yields and the store keeps. ``text`` is the redacted subject and body joined by a blank
line; ``customer_ref`` is a keyed hash; ``boilerplate`` are ranges of ``text`` that no mention covers
(quoted reply, signature, greeting, ...); ``redactions`` counts placeholders by kind."""

REJECT_SCHEMA = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
        pa.field("field", pa.string()),
        pa.field("reason", pa.string(), nullable=False),
    ]
)
"""Rows that could not be used. ``row`` counts data rows from 1; ``reason`` never holds text of the
row's own."""

TOKEN = pa.struct(
    [
        ("lemma", pa.string()),
        ("pos", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
    ]
)
"""One token of a mention: dictionary form, coarse part of speech (universal tags where the language's
analyser knows them, ``X`` where not, ``STOP`` for stop words, ``MASK`` for placeholders, ``PUNCT``,
``NUM``) and its half-open character range in the mention's ``text``."""

MENTION_SCHEMA = pa.schema(
    [
        pa.field("mention_id", pa.string(), nullable=False),
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("ordinal", pa.int32(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("text_hash", pa.string(), nullable=False),
        pa.field("language", pa.string(), nullable=False),
        pa.field("tokens", pa.list_(TOKEN), nullable=False),
    ]
)
"""Mentions in place: ``record.text[start:end] == mention.text``. ``mention_id`` is
``<record_id>-<ordinal>``."""


@dataclass(frozen=True, slots=True)
class Quote:
    """An exemplar of a topic, shown in place: ``record.text[start:end]``."""

    mention_id: str
    record_id: str
    start: int
    end: int
    text: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word of a topic and its c-TF-IDF weight (positive, comparable within the topic only)."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class TopicName:
    """How a topic is shown: a label that a person would write, its keywords and its quotes."""

    label: str
    keywords: tuple[Keyword, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A recurring issue. ``topic_id`` is permanent; ``records`` counts each record once."""

    topic_id: str
    space: str
    name: TopicName
    records: int
    mentions: int
    first_seen: date
    last_seen: date
    intents: dict[str, float]


@dataclass(frozen=True, slots=True)
class MappedFile:
    """What was recognised in one input file: ``columns`` maps record fields to its columns."""

    file: str
    format: str
    encoding: str
    date_order: str | None
    columns: dict[str, str]
    attributes: tuple[str, ...]
    rows: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class RunManifest:
    """One execution of the pipeline: what went in, what came out, how long it took."""

    run_id: str
    as_of: date | None
    started_at: datetime
    finished_at: datetime | None
    outcome: str
    inputs: tuple[MappedFile, ...] = ()
    watermarks: dict[str, datetime] = field(default_factory=dict)
    """By source: when the newest of its records was written that any run has read."""
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    discovered: dict[str, str] = field(default_factory=dict)
    stability: dict[str, float] = field(default_factory=dict)
    error: str | None = None
    attempts: int = 1
    written_from: dict[str, Any] | None = None
    """What its topics were found from; None until they are written down."""


@dataclass(frozen=True, slots=True)
class CurationEvent:
    """Something that a person said about topics or mentions; kept for ever, replayed by every run.

    ``kind`` and ``payload`` are those of the actions of ``issuemine.curation``; ``undoes`` is the event
    that an undo takes back; ``event_id`` is 0 until the store has given one.
    """

    at: datetime
    author: str
    kind: str
    payload: dict[str, Any]
    undoes: int | None = None
    event_id: int = 0

    @property
    def topics(self) -> frozenset[str]:
        """Topics that the event names."""
        named = [self.payload.get("topic"), self.payload.get("into"), *self.payload.get("topics", ())]
        return frozenset(name for name in named if name is not None)


class Undoable(Protocol):
    """An event of a log that is only appended to."""

    @property
    def event_id(self) -> int:
        """Its number, larger than all before."""
        ...

    @property
    def undoes(self) -> int | None:
        """The event that it takes back, if it does."""
        ...


def undo_chains(events: Iterable[Undoable]) -> dict[int, tuple[int, bool]]:
    """What each event puts in or out of effect, in the order of the events.

    An event puts itself in effect, its undo puts it out of effect, the undo of that in again, and so on.

    Returns
    -------
    dict
        By event id: the event at the chain's beginning, and whether it is in effect from here on. So
        ``dict(undo_chains(events).values())`` says which events are in effect after the last.

    Raises
    ------
    KeyError
        If an undo names an event that does not come before it.
    """
    chains: dict[int, tuple[int, bool]] = {}
    for event in events:
        if event.undoes is None:
            chains[event.event_id] = (event.event_id, True)
        else:
            first, holds = chains[event.undoes]
            chains[event.event_id] = (first, not holds)
    return chains
