"""``/v1/search``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from api.deps import Asked, Filtered, Read
from api.errors import PROBLEMS
from api.paging import Cursor, Limit, decode, encode, page_size
from api.search import service
from api.search.schemas import SearchResult
from api.search.service import By
from api.security import Role, needs

router = APIRouter(prefix="/search", tags=["search"], responses=PROBLEMS)


class In(StrEnum):
    """What is looked for."""

    MENTIONS = "mentions"
    TOPICS = "topics"


@router.get("", response_model=SearchResult, summary="Search by words and by meaning")
@needs(Role.READER)
def search(
    request: Request,
    read: Read,
    window: Asked,
    filters: Filtered,
    q: Annotated[str, Query(min_length=1, max_length=500, description="What to look for, in any language.")],
    by: Annotated[
        By,
        Query(
            description="By the words (BM25 over their dictionary forms), by the meaning (cosine), or both."
        ),
    ] = By.BOTH,
    what: Annotated[
        In, Query(alias="in", description="Find mentions, or the topics they belong to.")
    ] = In.MENTIONS,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Any:
    """Passages or topics that fit the query best, among the records that count."""
    skip = min(max((decode(cursor, (int,)) or [0])[0], 0), service.DEEPEST)
    query = service.Query(q, window, filters, by)
    engine, rows = request.app.state.search, page_size(read, limit)
    if what == In.MENTIONS:
        ranking = service.ranked(read, engine, query, skip + rows + 1)
        found = service.mentions(read, engine, ranking, rows, skip)
    else:
        found = service.topics(read, engine, service.ranked(read, engine, query, service.VOTERS), rows, skip)
    after = found.pop("next")
    return found | {
        "snapshot": read.snapshot.snapshot_id,
        "next_cursor": None if after is None else encode([after]),
    }
