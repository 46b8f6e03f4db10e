"""What is told of curation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field


class CurationEventOut(BaseModel):
    """Something that a person said; it takes effect at the next run."""

    event_id: int = Field(ge=1, description="Its number, larger than all before.")
    at: datetime = Field(description="When it was said.")
    author: str = Field(description="Name of the key, or of who typed it.")
    kind: str = Field(description="One of the kinds of `/v1/curation`, with underscores.")
    payload: dict[str, Any] = Field(description="What was said, as it was kept: of the topics of that day.")
    undoes: int | None = Field(description="The event that it takes back.")
    in_effect: bool = Field(description="Whether it holds: not undone, or brought back.")
    in_words: str = Field(description="The same in words, in the language of the request.")


class Said(CurationEventOut):
    """An event that was recorded."""

    without_effect: list[int] = Field(
        description="Events that have no effect any more after it, as the topic that they name is gone."
    )


class CurationEvents(BaseModel):
    """A page of events, the newest first."""

    events: list[CurationEventOut]
    next_cursor: str | None


class NoteOut(BaseModel):
    """A remark on a topic."""

    at: datetime
    author: str
    text: str = Field(description="Redacted.")


class TopicCuration(BaseModel):
    """What holds of a topic by what people said, after the next run at the latest."""

    topic_id: str = Field(description="Its id of today: of the topic that it is part of.")
    label: str | None = Field(description="What people call it; none where naming's label counts.")
    owner: str | None
    tickets: list[str]
    notes: list[NoteOut] = Field(description="Oldest first.")
    locked: bool
    pinned: bool
    excluded: bool
    decision: str | None = Field(description="resolve, archive or reopen, whichever was said last.")
    merged: list[str] = Field(description="Other ids and names that lead to it.")
