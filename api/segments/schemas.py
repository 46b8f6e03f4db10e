"""What is told and asked of saved segments."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Value = Annotated[str, Field(min_length=1, max_length=500)]


class SegmentContent(BaseModel):
    """The records that a segment is made of: all of these must fit."""

    model_config = ConfigDict(extra="forbid")

    fields: dict[str, Annotated[list[Value], Field(min_length=1, max_length=50)]] = Field(
        default_factory=dict,
        max_length=12,
        description="Field of records to the values that it may have, as in the filters of a query.",
    )
    attributes: dict[Value, Value] = Field(
        default_factory=dict,
        max_length=20,
        description="Attributes that must have just that value.",
    )


class SegmentOut(BaseModel):
    """A saved segment."""

    segment_id: int
    name: str = Field(description="Give it as `segment` wherever filters are.")
    fields: dict[str, list[str]]
    attributes: dict[str, str]
    author: str = Field(description="Who saved it last.")


class SegmentList(BaseModel):
    """All saved segments in the order of their names."""

    segments: list[SegmentOut]
