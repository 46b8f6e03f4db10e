"""Who reads a page: what its header says, and whether it may change anything."""

from __future__ import annotations

from typing import Any

from fastapi import Request


def who_reads(request: Request) -> dict[str, Any]:
    """What templates know of the reader."""
    return {"name": "", "open": True, "by_session": False, "curates": False, "csrf_token": ""}
