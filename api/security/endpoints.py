"""``POST /sign-in`` and ``POST /sign-out``: a key for a cookie, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import quote

from anyio import from_thread
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.errors import UnauthorizedError
from api.security.doorkeeper import COOKIE
from api.security.principal import principal_of
from api.security.roles import ANYONE, needs
from issuemine.messages import say
from issuemine.records_access import Role
from issuemine.store.operational import keys, sessions

router = APIRouter(include_in_schema=False)


@router.post("/sign-in")
@needs(ANYONE, reads=True)
def sign_in(
    request: Request,
    key: Annotated[str, Form(max_length=200)] = "",
    next_: Annotated[str, Form(alias="next", max_length=2_000)] = "/",
) -> Response:
    """Begin a session of a key that holds."""
    now = datetime.now(UTC)
    operational = request.app.state.operational
    store = operational.there()
    found = keys.find(store, key.strip()) if store is not None else None
    if store is None or found is None or not found.holds(now) or found.role is Role.INGESTER:
        from_thread.run(request.app.state.limiter.refuse, request.scope)
        if "text/html" in request.headers.get("accept", ""):
            return RedirectResponse(f"/sign-in?failed=1&next={quote(_local(next_))}", status_code=303)
        raise UnauthorizedError(
            say("This key opens no page: it is unknown, has ended, or only brings records.")
        )
    before = request.cookies.get(COOKIE)
    if before is not None:
        sessions.end(store, before)
    ends = now + timedelta(hours=request.app.state.settings.api.session_hours)
    if found.expires_at is not None:
        ends = min(ends, found.expires_at)
    token = sessions.begin(store, found, at=now, expires_at=ends)
    answer = RedirectResponse(_local(next_), status_code=303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int((ends - now).total_seconds()),
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="lax",
    )
    return answer


@router.post("/sign-out")
@needs(Role.READER, reads=True)
def sign_out(request: Request) -> Response:
    """End the session."""
    who = principal_of(request)
    if who is not None and who.token is not None:
        sessions.end(request.app.state.operational.open(), who.token)
        request.app.state.doorkeeper.forget(who.token)
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(COOKIE, httponly=True, secure=request.url.scheme == "https", samesite="lax")
    return answer


def _local(address: str) -> str:
    """An address of this service; any other becomes the first page, so that nobody is led away."""
    led_away = not address.startswith("/") or address.startswith("//") or "\\" in address
    return "/" if led_away or not address.isprintable() else address
