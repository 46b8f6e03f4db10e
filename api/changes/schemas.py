"""What is told and asked of the change log."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class ChangeIn(BaseModel):
    """Something that happened outside of the records."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(
        "release",
        min_length=1,
        max_length=40,
        description="`release`, `outage`, `campaign`, `price`, `policy` or any other word.",
    )
    name: str = Field(min_length=1, max_length=200, description="What it is called, such as a version.")
    start: date = Field(description="The day it came.")
    end: date | None = Field(None, description="Its last day; default: the day it came.")
    scope: dict[str, str] = Field(
        default_factory=dict,
        max_length=5,
        description="Fields or attributes of records with the value that it concerns; default: all records.",
    )
    note: str = Field("", max_length=1_000, description="What else is known.")


class ChangeOut(BaseModel):
    """An entry of the change log; it takes effect at the next run."""

    event_id: int = Field(description="Its number.")
    kind: str = Field(description="Redacted.")
    name: str = Field(description="Redacted.")
    start: date
    end: date
    scope: dict[str, str] = Field(description="Redacted.")
    note: str = Field(description="Redacted.")


class ChangeList(BaseModel):
    """A page of the change log."""

    changes: list[ChangeOut]
    next_cursor: str | None
