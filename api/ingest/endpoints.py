"""``/v1/records`` for what is sent, ``/v1/receipts`` for what became of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.errors import PROBLEMS, WRITE_PROBLEMS, BadQueryError
from api.ingest import service
from api.ingest.schemas import ReceiptOut, ReceiptState, body_schema
from api.security import Role, changed, needs
from issuemine.config import ApiSettings
from issuemine.ingest.rows import is_source
from issuemine.messages import say

router = APIRouter(tags=["ingest"], responses=PROBLEMS)

_UNREAD: dict[int | str, dict[str, Any]] = {
    415: PROBLEMS[400] | {"description": "The body is neither JSON nor JSON Lines."}
}


@router.post(
    "/records",
    response_model=ReceiptOut,
    status_code=202,
    summary="Send records",
    responses=WRITE_PROBLEMS | _UNREAD,
    openapi_extra=body_schema(ApiSettings.model_fields["max_records"].default),
)
@needs(Role.INGESTER)
def send_records(
    request: Request,
    response: Response,
    intake: service.TakesIn,
    rows: Annotated[list[Any], Depends(service.rows_of)],
    source: Annotated[
        str, Query(min_length=1, max_length=100, description="Source of records that name none.")
    ] = "api",
) -> Any:
    """Take records in: one, a list, or one a line.

    Each is checked as the rows of a file are, and redacted before anything is written. What is accepted is on
    disk when this answers, and a part of what the next run publishes. Sending a record again is harmless.
    """
    if not is_source(source):
        raise BadQueryError(
            say("A source is named with letters and digits."), say("For example: source=helpdesk.")
        )
    receipt = service.take_in(intake, rows, source)
    changed(request, receipt=receipt.receipt_id, accepted=receipt.accepted, rejected=receipt.rejected)
    response.headers["Location"] = f"/v1/receipts/{receipt.receipt_id}"
    return service.told(receipt)


@router.get("/receipts/{receipt_id}", response_model=ReceiptState, summary="What became of records")
@needs(Role.INGESTER)
def receipt_state(
    intake: service.TakesIn,
    receipt_id: Annotated[str, Path(max_length=100, description="As the answer to sending gave it.")],
) -> Any:
    """Whether the records still wait, or which run has published them."""
    return service.state_of(intake, receipt_id)
