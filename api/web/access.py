"""Who reads a page: what its header says, and whether it may change anything."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from api.security import Role, csrf_token, principal_of


def who_reads(request: Request) -> dict[str, Any]:
    """What templates know of the reader."""
    who = principal_of(request)
    return {
        "name": who.name if who is not None else "",
        "open": who is not None and who.open,
        "by_session": who is not None and who.by_session,
        "curates": who is not None and who.may(Role.CURATOR),
        "csrf_token": csrf_token(request),
    }
