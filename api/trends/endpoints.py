"""``/v1/topics/{id}/trend``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.answers import Remembered, written
from api.deps import Asked, Read
from api.errors import PROBLEMS
from api.security import Role, needs
from api.topics.endpoints import TopicId
from api.trends import service
from api.trends.schemas import Trend

router = APIRouter(prefix="/topics", tags=["trends"], responses=PROBLEMS, route_class=Remembered)


class Step(StrEnum):
    """Length of a step; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@router.get("/{topic_id}/trend", response_model=Trend, summary="An issue over time")
@needs(Role.READER)
async def trend(
    read: Read,
    response: Response,
    topic_id: TopicId,
    window: Asked,
    step: Annotated[Step, Query(description="Length of a step.")] = Step.DAY,
) -> Response:
    """Records a day, week or month, beside all records of that time."""
    return written(service.trend(read, topic_id, window, step.value), response)
