"""What is told of the service's health."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Health(BaseModel):
    """The process answers."""

    status: str = Field(description="Always ok.")


class Readiness(BaseModel):
    """The service can answer from a snapshot."""

    status: str = Field(description="Always ready; otherwise the answer is 503.")
    snapshot: str
