"""``/v1/topics``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from api.answers import Remembered
from api.deps import Asked, Filtered, Read, counted
from api.errors import PROBLEMS
from api.paging import Cursor, Limit, decode, page_size
from api.security import Role, needs
from api.topics import service
from api.topics.schemas import TopicDetail, TopicList, TopicRecords
from issuemine.records import Intent

router = APIRouter(prefix="/topics", tags=["topics"], responses=PROBLEMS, route_class=Remembered)

TopicId = Annotated[str, Path(max_length=40, description="Permanent id of the topic.")]


class Sort(StrEnum):
    """Order of the list, largest first."""

    COUNT = "count"
    GROWTH = "growth"
    SHARE = "share"


@router.get("", response_model=TopicList, summary="The top recurring issues")
@needs(Role.READER)
async def list_topics(
    read: Read,
    window: Asked,
    filters: Filtered,
    sort: Annotated[Sort, Query(description="Order, largest first.")] = Sort.COUNT,
    intent: Annotated[
        Intent | None, Query(description="Only topics with at least `least_intent` of this intent.")
    ] = None,
    least_intent: Annotated[float, Query(ge=0, le=1, description="See `intent`.")] = 0.25,
    include_hidden: Annotated[
        bool, Query(description="Also topics that are mostly praise or other.")
    ] = False,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Any:
    """Topics with records in the window, counted over the records that fit the filters."""
    return await counted(
        read,
        filters,
        service.list_topics,
        read,
        window,
        filters,
        sort=sort.value,
        intent=intent.value if intent else None,
        least_intent=least_intent,
        include_hidden=include_hidden,
        limit=page_size(read, limit),
        after=decode(cursor, (float, str)),
    )


@router.get("/{topic_id}", response_model=TopicDetail, summary="One recurring issue")
@needs(Role.READER)
async def topic_detail(read: Read, topic_id: TopicId, window: Asked, filters: Filtered) -> Any:
    """Label, keywords, quotes, counts, and how its records differ from all records."""
    return await counted(read, filters, service.topic_detail, read, topic_id, window, filters)


@router.get("/{topic_id}/records", response_model=TopicRecords, summary="The records of an issue")
@needs(Role.READER)
def topic_records(
    read: Read,
    topic_id: TopicId,
    window: Asked,
    filters: Filtered,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Any:
    """Records that speak of the topic, newest first, each with the places where it does."""
    after = decode(cursor, (str, str))
    return service.topic_records(read, topic_id, window, filters, page_size(read, limit), after)
