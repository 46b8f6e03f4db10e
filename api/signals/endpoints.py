"""``/v1/signals`` and ``/v1/topics/{id}/signals``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.deps import Asked, Read
from api.errors import PROBLEMS
from api.paging import Cursor, Limit, decode, page_size
from api.security import Role, needs
from api.signals import service
from api.signals.schemas import SignalList, TopicSignals
from api.topics.endpoints import TopicId

router = APIRouter(tags=["signals"], responses=PROBLEMS)


@router.get("/signals", response_model=SignalList, summary="What emerges")
@needs(Role.READER)
def list_signals(
    read: Read,
    window: Asked,
    news: Annotated[bool, Query(description="Only signals that were news.")] = False,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Any:
    """Signals of the window with their evidence, the newest first."""
    return service.list_signals(
        read, window, news=news, limit=page_size(read, limit), after=decode(cursor, (str, str))
    )


@router.get("/topics/{topic_id}/signals", response_model=TopicSignals, summary="The signals of an issue")
@needs(Role.READER)
def topic_signals(read: Read, topic_id: TopicId, window: Asked) -> Any:
    """Where the topic stands, how it came to stand there, and its signals in the window."""
    return service.topic_signals(read, topic_id, window)
