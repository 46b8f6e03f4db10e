"""What is told of topics."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field


class WindowOut(BaseModel):
    """The days counted, both included."""

    first: date
    last: date
    growth_days: int = Field(description="Growth compares this many last days with as many before them.")


class Quote(BaseModel):
    """A passage near the centre of a topic, in place: `text` is the record's text from start to end."""

    record_id: str
    mention_id: str
    start: int = Field(ge=0, description="First character in the record's text.")
    end: int = Field(ge=0, description="One past the last character.")
    text: str = Field(description="The passage, redacted.")
    similarity: float = Field(description="Cosine to the topic's centre.")


class Keyword(BaseModel):
    """A word that sets a topic apart."""

    word: str
    weight: float = Field(description="c-TF-IDF weight, comparable within the topic.")


class TopicSummary(BaseModel):
    """A recurring issue in the list."""

    topic_id: str = Field(description="Permanent id.")
    label: str
    records: int = Field(ge=0, description="Records of the window that speak of it, each counted once.")
    share: float = Field(ge=0, le=1, description="Of all records of the window that fit the filters.")
    recent: int = Field(ge=0, description="Records in the last growth days.")
    previous: int = Field(ge=0, description="Records in as many days before.")
    growth: float = Field(
        gt=0, description="Ratio of the recent rate to the previous one, after exposure: 1 is no change."
    )
    first_seen: date
    last_seen: date
    languages: list[str]
    keywords: list[str]
    intents: dict[str, float] = Field(description="Mean probability of each intent over its mentions.")
    quote: str | None = Field(description="The passage nearest to its centre.")


class TopicList(BaseModel):
    """A page of topics."""

    snapshot: str
    window: WindowOut
    topics: list[TopicSummary]
    hidden_topics: int = Field(description="Topics left out because they are mostly praise or other.")
    next_cursor: str | None


class Breakdown(BaseModel):
    """How often one value of a field stands among a topic's records, beside all records."""

    value: str
    records: int
    share: float = Field(description="Of the topic's records that carry the field.")
    overall_share: float = Field(description="Of all records that carry the field.")


class LineageEvent(BaseModel):
    """Something that became of a topic in a run."""

    run_id: str
    day: date
    event: str = Field(description="born, split_from, merged_into, retired or revived.")
    topic_id: str = Field(description="The topic it became of.")
    other_id: str | None = Field(description="The topic that it was split from or merged into.")
    mentions: int = Field(description="Mentions that speak for it.")
    share: float = Field(description="Their part of the topic's mentions.")


class FormerLabel(BaseModel):
    """A label that a topic has, or had."""

    run_id: str = Field(description="Run that gave it.")
    day: date | None
    label: str


class SharedTerm(BaseModel):
    """What two topics both speak of, in the words of each."""

    term: str = Field(description="As this topic says it.")
    other_term: str = Field(description="As the linked topic says it.")


class LinkedTopic(BaseModel):
    """A topic of another language that seems to be the same issue: a proposal, found by the glossary."""

    topic_id: str
    label: str
    languages: list[str]
    score: float = Field(gt=0, description="Cosine of what the two topics speak of; at most 1.")
    terms: list[SharedTerm] = Field(description="The concepts that both speak of, the most telling first.")


class TopicDetail(BaseModel):
    """One recurring issue, whole."""

    snapshot: str
    window: WindowOut
    topic_id: str
    label: str
    space: str = Field(description="Encoder space in which it was found.")
    languages: list[str]
    records: int
    mentions: int
    share: float
    recent: int
    previous: int
    growth: float
    first_seen: date | None = Field(description="None where nothing is counted under it yet.")
    last_seen: date | None
    hidden: bool = Field(description="Mostly praise or other, so left out of the list of top issues.")
    intents: dict[str, float]
    keywords: list[Keyword]
    quotes: list[Quote]
    breakdowns: dict[str, list[Breakdown]] = Field(description="By field or attribute name.")
    linked: list[LinkedTopic] = Field(description="The best first.")
    born_run: str
    retired: bool = Field(description="Found no more; what was counted under it stays.")
    merged_into: str | None = Field(description="The topic that took in a retired one.")
    stability: float | None = Field(
        description="Mean Jaccard index with what is found in samples of its mentions; above 0.75 is steady."
    )
    lineage: list[LineageEvent]
    labels: list[FormerLabel] = Field(description="Oldest first; the last is the present one.")


class Place(BaseModel):
    """A half-open range of characters."""

    start: int
    end: int


class TopicRecord(BaseModel):
    """A record that speaks of a topic."""

    record_id: str
    source: str
    external_id: str
    created_at: datetime
    kind: str | None
    channel: str | None
    language: str | None
    product: str | None
    version: str | None
    platform: str | None
    text: str = Field(description="Redacted subject and body.")
    mentions: list[Place] = Field(description="Where the text speaks of the topic.")
    similarity: float
    rating: float | None
    csat: float | None
    nps: float | None
    ces: float | None
    attributes: dict[str, str]


class TopicRecords(BaseModel):
    """A page of a topic's records, newest first."""

    snapshot: str
    topic_id: str
    records: list[TopicRecord]
    next_cursor: str | None
