"""What is told of runs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field


class RunOut(BaseModel):
    """One execution of the pipeline."""

    run_id: str
    as_of: date | None = Field(description="Last day that counted.")
    started_at: datetime
    finished_at: datetime | None
    outcome: str = Field(description="done, failed or interrupted.")
    manifest: dict[str, Any] | None = Field(
        description="Inputs, counts, seconds a stage, versions, settings."
    )


class RunPage(BaseModel):
    """A page of runs, newest first."""

    snapshot: str
    runs: list[RunOut]
    next_cursor: str | None
