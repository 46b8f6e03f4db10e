"""What is told of what was found."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from api.search.service import By
from api.topics.schemas import Place


class FoundTopic(BaseModel):
    """The topic of a mention."""

    topic_id: str
    label: str


class FoundQuote(BaseModel):
    """A passage that was found, in place: `text` is the record's text from start to end."""

    record_id: str
    mention_id: str
    start: int = Field(ge=0, description="First character in the record's text.")
    end: int = Field(ge=0, description="One past the last character.")
    text: str = Field(description="The passage, redacted.")
    marks: list[Place] = Field(description="Where the query's words stand in `text`.")
    language: str
    source: str
    channel: str | None
    day: date = Field(description="Day of the record.")
    score: float = Field(description="Comparable within one answer only.")


class FoundMention(FoundQuote):
    """A mention that was found."""

    topic: FoundTopic | None = Field(description="The topic that it belongs to; none for some.")


class FoundTopicRow(BaseModel):
    """A topic that was found."""

    topic_id: str
    label: str
    languages: list[str]
    keywords: list[str]
    hidden: bool = Field(description="Mostly praise or other, so left out of the list of top issues.")
    score: float = Field(description="Sum of the reciprocal ranks of its mentions among those found.")
    mentions: int = Field(ge=1, description="Its mentions among the 200 that fit best.")
    quote: FoundQuote = Field(description="The one of these that fits best.")


class SearchResult(BaseModel):
    """What a query finds, the best first: mentions or topics, as was asked."""

    snapshot: str
    by: By = Field(description="What was found by; `words` where a snapshot has no vectors yet.")
    words: list[str] = Field(description="The words that were looked for, as dictionaries write them.")
    mentions: list[FoundMention] | None = Field(None, description="With `in=mentions`.")
    topics: list[FoundTopicRow] | None = Field(None, description="With `in=topics`.")
    next_cursor: str | None
