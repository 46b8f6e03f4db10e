"""``/v1/hooks``: events that helpdesks send, admitted by their signatures."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from api.errors import PROBLEMS, WRITE_PROBLEMS
from api.hooks import service
from api.hooks.schemas import EventOut
from api.security import ANYONE, needs, signed_by

router = APIRouter(prefix="/hooks", tags=["hooks"], responses=PROBLEMS | WRITE_PROBLEMS)

_BODY = {
    "requestBody": {
        "required": True,
        "description": "As the helpdesk documents it.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


async def _raw(request: Request) -> bytes:
    """The body as it was signed."""
    return await request.body()


Raw = Annotated[bytes, Depends(_raw)]


@router.post(
    "/zendesk", response_model=EventOut, status_code=202, summary="An event of Zendesk", openapi_extra=_BODY
)
@signed_by("zendesk")
def zendesk(request: Request, body: Raw) -> Any:
    """A ticket event, signed with the webhook's signing secret."""
    return service.take(request, "zendesk", body)


@router.post(
    "/intercom", response_model=EventOut, status_code=202, summary="An event of Intercom", openapi_extra=_BODY
)
@signed_by("intercom")
def intercom(request: Request, body: Raw) -> Any:
    """A notification of a conversation, signed with the app's client secret."""
    return service.take(request, "intercom", body)


@router.head("/intercom", include_in_schema=False)
@needs(ANYONE)
def intercom_asks() -> Response:
    """Intercom asks whether somebody is there before it saves an address."""
    return Response()


@router.post(
    "/chatwoot", response_model=EventOut, status_code=202, summary="An event of Chatwoot", openapi_extra=_BODY
)
@signed_by("chatwoot")
def chatwoot(request: Request, body: Raw) -> Any:
    """An event of a conversation or message, signed with the webhook's secret."""
    return service.take(request, "chatwoot", body)
