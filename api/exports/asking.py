"""The format that an export is asked for in."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from issuemine.store.formats import Format

MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}
_KNOWN: dict[str, Format] = {media: form for form, media in MEDIA_TYPES.items()} | {
    "application/jsonl": "jsonl",
    "application/ndjson": "jsonl",
    "application/x-parquet": "parquet",
}


def chosen_format(
    request: Request,
    format: Annotated[
        Format | None, Query(description="Default: what the Accept header asks for, else `csv`.")
    ] = None,
) -> Format:
    """The format asked for."""
    return format or accepted(request.headers.get("accept", ""))


Asked = Annotated[Format, Depends(chosen_format)]


def accepted(header: str) -> Format:
    """What an Accept header would rather have (RFC 9110, section 12.5.1); CSV where it names none of ours."""
    best: tuple[float, Format] = (0.0, "csv")
    for part in header.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        form = _KNOWN.get(media)
        if form is not None and _number(weight) > best[0]:
            best = (_number(weight), form)
    return best[1]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
