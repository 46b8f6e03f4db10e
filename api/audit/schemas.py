"""What is told of writes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field


class AuditEntryOut(BaseModel):
    """A write that somebody asked for; ids and kinds, never texts."""

    audit_id: int = Field(ge=1)
    at: datetime
    key_id: int | None = Field(description="Number of the key; none without one, or at the command line.")
    who: str = Field(description="Name of the key, or the login name at the command line.")
    role: str
    method: str = Field(description="HTTP method; CLI at the command line.")
    route: str = Field(description="Pattern of the address, or the command.")
    target: dict[str, Any] = Field(description="What the address named.")
    status: int | None = Field(description="Of the answer; none where the service ended before it knew.")
    changed: dict[str, Any]


class AuditLog(BaseModel):
    """A page of the audit log, the newest first."""

    entries: list[AuditEntryOut]
    next_cursor: str | None
