"""``/v1/curation``: one address for each kind of event, and what was said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request

from api.curation import service
from api.curation.schemas import CurationEvents, Said, TopicCuration
from api.curation.service import AtDesk
from api.errors import PROBLEMS, WRITE_PROBLEMS, NotFoundError
from api.paging import Cursor, Limit, decode
from api.security import Role, admitted_principal, changed, needs
from issuemine.curation.actions import KINDS
from issuemine.errors import CurationError

router = APIRouter(prefix="/curation", tags=["curation"], responses=PROBLEMS)

_TOPIC = r"^[TS][1-9][0-9]{0,17}$"


@router.get("/events", response_model=CurationEvents, summary="What was said of topics")
@needs(Role.READER)
def events(
    at: AtDesk,
    topic: Annotated[
        str | None,
        Query(pattern=_TOPIC, description="Only what was said of this topic and those merged into it."),
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Any:
    """Events, the newest first, those that were undone too."""
    mark = decode(cursor, (int,))
    return service.events(at, topic, limit, mark[0] if mark is not None else None)


@router.get("/topics/{topic_id}", response_model=TopicCuration, summary="What holds of a topic")
@needs(Role.READER)
def topic(at: AtDesk, topic_id: Annotated[str, Path(pattern=_TOPIC, description="Id of the topic.")]) -> Any:
    """Owner, tickets, notes and marks; what was said since the last run is in it already."""
    try:
        return service.topic(at, topic_id)
    except CurationError as error:
        raise NotFoundError(error.message, error.hint) from error


def _endpoint(kind: str, said: type[Any]) -> Callable[..., Any]:
    """The endpoint of a kind, whose body is that kind's action."""

    def say_it(request: Request, at: AtDesk, body: Any) -> Any:
        who = admitted_principal(request)
        told = service.record(at, kind, who.name, body)
        changed(request, event=told["event_id"], kind=kind)
        return told

    say_it.__annotations__["body"] = said
    say_it.__name__ = kind
    return needs(Role.CURATOR)(say_it)


for name, action in KINDS.items():
    about = (action.__doc__ or "").strip()
    router.add_api_route(
        f"/{name.replace('_', '-')}",
        _endpoint(name, action),
        methods=["POST"],
        status_code=201,
        response_model=Said,
        responses=WRITE_PROBLEMS,
        summary=f"Say: {about.split(';')[0].rstrip('.')}",
        description=f"{about} Takes effect at the next run; can be undone.",
    )
