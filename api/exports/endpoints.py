"""``/v1/exports``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import StreamingResponse

from api.deps import Filtered, Read, within_calendar
from api.errors import PROBLEMS
from api.exports import service
from api.exports.asking import MEDIA_TYPES, Asked
from api.exports.schemas import ExportList
from api.security import Role, needs

router = APIRouter(prefix="/exports", tags=["exports"], responses=PROBLEMS)

_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The table.",
        "content": {
            media: {"schema": {"type": "string"} | ({"format": "binary"} if form == "parquet" else {})}
            for form, media in MEDIA_TYPES.items()
        },
    }
}


@router.get("", response_model=ExportList, summary="The tables that can be exported")
@needs(Role.READER)
def list_exports(read: Read) -> Any:
    """Every table of the snapshot with its columns and what they mean."""
    return service.tables(read)


@router.get("/{table}", response_class=StreamingResponse, responses=_FILE, summary="A table, whole")
@needs(Role.READER)
def export(
    read: Read,
    response: Response,
    table: Annotated[str, Path(max_length=40, description="Name of the table.")],
    form: Asked,
    filters: Filtered,
    first: Annotated[date | None, Query(description="First day; default: all days.")] = None,
    last: Annotated[date | None, Query(description="Last day; default: all days.")] = None,
) -> Response:
    """All rows, or those of some days and records, as CSV, JSON Lines or Parquet.

    Rows are sent while they are read, all from one snapshot, even when a newer one is published meanwhile.
    In CSV, texts that a spreadsheet would take for a formula begin with an apostrophe.
    """
    within_calendar(first, last)
    rows = service.table(read, table, form, first, last, filters)
    name = f"issuemine-{read.snapshot.snapshot_id}-{table}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'} | dict(response.headers)
    headers["Vary"] = "Accept, Accept-Language"
    return StreamingResponse(rows, media_type=MEDIA_TYPES[form], headers=headers)
