"""What is told of a topic's trend."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from api.topics.schemas import WindowOut


class Point(BaseModel):
    """Records in one step of time."""

    start: date = Field(description="First day of the step; the first step may begin before the window.")
    records: int = Field(ge=0, description="Records that speak of the topic, each counted once a day.")
    all_records: int = Field(ge=0, description="All records of the step: the exposure.")


class Trend(BaseModel):
    """A topic's records over time; steps without records are there as 0."""

    snapshot: str
    topic_id: str
    window: WindowOut
    step: str
    points: list[Point]
