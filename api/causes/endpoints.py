"""``/v1/topics/{id}/causes`` and ``/v1/causes/explain``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api import deps
from api.causes import service
from api.causes.schemas import AgainstTopic, CausesOut, ExplainIn, TopicCausesOut
from api.deps import Asked, Filtered, Read
from api.errors import PROBLEMS
from api.security import Role, needs
from api.topics.endpoints import TopicId
from issuemine.store.causes import Segment

router = APIRouter(tags=["causes"], responses=PROBLEMS)


@router.get(
    "/topics/{topic_id}/causes", response_model=TopicCausesOut, summary="What is different about an issue"
)
@needs(Role.READER)
def topic_causes(
    read: Read,
    topic_id: TopicId,
    window: Asked,
    filters: Filtered,
    against: Annotated[
        AgainstTopic,
        Query(description="`others`: all other records of the window; `past`: the days before it, as many."),
    ] = "others",
) -> Any:
    """Combinations of attributes that are over-represented among its records, best first."""
    return service.topic_causes(read, Segment(topic_id, filters), window, against)


@router.post("/causes/explain", response_model=CausesOut, summary="What is different about any records")
@needs(Role.READER, reads=True)
def explain(read: Read, asked: ExplainIn) -> Any:
    """As for an issue, for any records against all others, their past, or other records."""
    return service.explain(read, asked, deps.window(read, asked.first, asked.last))
