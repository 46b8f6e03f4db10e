"""What is sent to be mined, and what is told of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field


class RejectionOut(BaseModel):
    """A record that could not be used, or a value of one that could not."""

    row: int = Field(description="Which record of the body, from 1.")
    field: str | None = Field(description="The field concerned; null where the record cannot be read at all.")
    reason: str = Field(description="Why; never with text of the record.")
    kept: bool = Field(description="Whether only this value was left out and the record is kept.")


class ReceiptOut(BaseModel):
    """What became of records that were sent. What is accepted is on disk and will not be lost."""

    receipt_id: str = Field(description="Its id, for `/v1/receipts/{receipt_id}`.")
    received_at: datetime
    accepted: int = Field(description="Records that wait for the next run.")
    rejected: int = Field(description="Records that cannot be used.")
    repeated: int = Field(description="Accepted ones of a record that stands twice in the body.")
    rejections: list[RejectionOut] = Field(description="Why, record by record.")


class ReceiptState(BaseModel):
    """Where the records of a receipt are."""

    receipt_id: str
    received_at: datetime
    state: Literal["waiting", "published"] = Field(
        description="`waiting` for a run, or `published` by one: then the service shows them."
    )
    run_id: str | None = Field(description="The run that published them.")


RECORD: dict[str, Any] = {
    "type": "object",
    "description": "A record. It needs `created_at` and `body` or `subject`; give it an `external_id`, so "
    "that sending it again changes it instead of adding another. Further fields are those of files (`tags`, "
    "`status`, `csat`, ...); any other name becomes an attribute.",
    "properties": {
        "external_id": {"description": "Its id at the source."},
        "created_at": {"description": "When it was written, as RFC 3339 or ISO 8601 write it."},
        "updated_at": {"description": "When it was changed last; of two versions the newest counts."},
        "source": {"description": "Where it comes from; default: the query's `source`."},
        "subject": {"description": "Its subject. Redacted before it is kept."},
        "body": {"description": "Its text. Redacted before it is kept."},
        "customer_ref": {"description": "Who wrote it; only a keyed hash is kept."},
        "channel": {"description": "How it came."},
        "language": {"description": "ISO 639-1 code; default: detected."},
    },
}
"""A record as the document describes it; whether it can be used is told of each, not by the schema."""


def body_schema(most: int) -> dict[str, Any]:
    """What a body may be, for the OpenAPI document."""
    rows = {"type": "array", "items": RECORD, "minItems": 1, "maxItems": most}
    lines = {"schema": {"type": "string", "format": "binary", "description": "A record a line."}}
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"oneOf": [RECORD, rows]}},
                "application/x-ndjson": lines,
            },
        }
    }
