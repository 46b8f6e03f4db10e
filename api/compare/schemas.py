"""What is told of a comparison."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from issuemine.causes import Strength


class SideOut(BaseModel):
    """One side: its days, both included, and all of its records."""

    first: date
    last: date
    records: int = Field(ge=0, description="Records of the days that fit the filters.")


class ComparedTopic(BaseModel):
    """A recurring issue on both sides. Null stands for what cannot be told."""

    topic_id: str
    label: str
    records: int = Field(ge=0, description="Records of the first side that speak of it.")
    other_records: int = Field(ge=0, description="Those of the second.")
    share: float = Field(ge=0, le=1, description="Of all records of the first side.")
    other_share: float = Field(ge=0, le=1, description="Of all records of the second.")
    ratio: float | None = Field(
        ge=0, description="`share` by `other_share`; null where the second side has no record of it."
    )
    low: float | None = Field(ge=0, description="Lower end of the ratio's 95 % interval.")
    high: float | None = Field(
        ge=0, description="Upper end; null where there is none, since the second side has no record of it."
    )
    difference: float | None = Field(description="`share` less `other_share`.")
    difference_low: float | None = Field(description="Lower end of its 95 % interval.")
    difference_high: float | None = Field(description="Upper end.")
    q_value: float = Field(ge=0, le=1, description="False discovery rate over all topics.")
    strength: Strength | None = Field(description="Null where the difference may well be chance.")
    sentence: str


class Comparison(BaseModel):
    """A page of topics, and the two sides that they are compared on."""

    snapshot: str
    sides: list[SideOut] = Field(min_length=2, max_length=2, description="The first, then the second.")
    shared_records: int = Field(ge=0, description="Records that are on both sides.")
    message: str = Field(description="What to bear in mind.")
    topics: list[ComparedTopic]
    hidden_topics: int = Field(description="Topics left out because they are mostly praise or other.")
    next_cursor: str | None
