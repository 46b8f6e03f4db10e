"""``/v1/segments``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response

from api.changes.service import AppSettings, opened, there
from api.errors import PROBLEMS, WRITE_PROBLEMS
from api.security import Role, admitted_principal, changed, needs
from api.segments import service
from api.segments.schemas import SegmentContent, SegmentList, SegmentOut
from issuemine.store.operational import Operational, segments

router = APIRouter(prefix="/segments", tags=["segments"], responses=PROBLEMS)

Kept = Annotated[Operational | None, Depends(there)]
Store = Annotated[Operational, Depends(opened)]
Name = Annotated[str, Path(min_length=1, max_length=60, description="What the segment is called.")]


@router.get("", response_model=SegmentList, summary="Saved segments")
@needs(Role.READER)
def list_segments(store: Kept) -> Any:
    """Named filters, to be given as `segment` wherever filters are."""
    return {"segments": [asdict(found) for found in (segments.all_segments(store) if store else [])]}


@router.get("/{name}", response_model=SegmentOut, summary="One saved segment")
@needs(Role.READER)
def get_segment(store: Kept, name: Name) -> Any:
    """What it lets through, and who saved it last."""
    return asdict(service.one(store, name))


@router.put(
    "/{name}",
    response_model=SegmentOut,
    summary="Save a segment",
    responses=WRITE_PROBLEMS | {201: {"model": SegmentOut, "description": "The name is new."}},
)
@needs(Role.CURATOR)
def save_segment(
    request: Request,
    store: Store,
    name: Name,
    content: SegmentContent,
    settings: AppSettings,
    response: Response,
) -> Any:
    """Keep filters under a name, in the place of what it stood for; answers change at once."""
    who = admitted_principal(request)
    segment, new = service.saved(store, settings, name, content.fields, content.attributes, who.name)
    changed(request, segment=segment.segment_id)
    response.status_code = 201 if new else 200
    return asdict(segment)


@router.delete("/{name}", status_code=204, summary="Remove a segment", responses=WRITE_PROBLEMS)
@needs(Role.CURATOR)
def remove_segment(request: Request, store: Store, name: Name) -> None:
    """Forget a name; what asks for it from now on is refused."""
    number = segments.remove(store, name)
    if number is None:
        raise service.missing()
    changed(request, segment=number)
