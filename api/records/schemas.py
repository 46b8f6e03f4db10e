"""What is told of rejected rows."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Reject(BaseModel):
    """A row that could not be used, or only in part."""

    run_id: str
    file: str
    row: int = Field(description="Data row in the file, from 1.")
    field: str | None
    reason: str


class RejectPage(BaseModel):
    """A page of rejected rows, newest run first."""

    snapshot: str
    rejects: list[Reject]
    next_cursor: str | None
