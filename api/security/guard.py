"""The one place that decides whether a request reaches its endpoint."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI, Request
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ForbiddenError, UnauthorizedError, rendered
from api.security.doorkeeper import Doorkeeper
from api.security.limiting import Limiter
from api.security.origin import check_origin
from api.security.principal import Principal
from api.security.roles import ANYONE, SIGNED
from api.security.routes import Door, door_of, doors
from api.security.writes import Writes
from issuemine.errors import IssuemineError, StoreError
from issuemine.messages import say

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FOR_PROGRAMS = ("/v1/", "/mcp")


class Guard:
    """ASGI middleware: lets a request through to the routes that it may use.

    A path or method that no route has is passed on, to be answered with 404 or 405; a route that does not
    declare what it asks for is open to nobody.

    Parameters
    ----------
    app : ASGI application
        What is called inside.
    service : FastAPI
        The application whose routes are guarded.
    doorkeeper : Doorkeeper
        Knows who asks.
    limiter : Limiter
        Knows how often.
    writes : Writes
        Notes what is written.
    """

    def __init__(
        self, app: ASGIApp, service: FastAPI, doorkeeper: Doorkeeper, limiter: Limiter, writes: Writes
    ) -> None:
        self._app = app
        self._service = service
        self._doorkeeper = doorkeeper
        self._limiter = limiter
        self._writes = writes
        self._doors: list[Door] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it answered."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        if self._doors is None:
            self._doors = doors(self._service)
        found = door_of(self._doors, scope)
        if found is None:
            await self._app(scope, receive, send)
            return
        door, named = found
        state = scope.setdefault("state", {})
        state["route"], state["admitted"] = door.path, door.endpoint
        try:
            who = state["principal"] = await self._admit(door, scope)
        except IssuemineError as error:
            await _refusal(error, scope)(scope, receive, send)
            return
        if scope["method"] in SAFE or door.needs is None:
            await self._app(scope, receive, send)
        else:
            await self._writes.answer(self._app, scope, receive, send, who, door.needs, named)

    async def _admit(self, door: Door, scope: Scope) -> Principal | None:
        """Who asks; raises where they may not."""
        needs = door.needs
        if needs is None:
            raise ForbiddenError(say("Nobody may use this address: it does not say which role it asks for."))
        if needs.role == SIGNED:
            # Who asks is told by a signature of the body, which `Writes` reads and has checked.
            return None
        if needs.role == ANYONE:
            if scope["method"] not in SAFE:
                check_origin(Headers(scope=scope))
                await self._limiter.count(None, scope)
            return await self._greeted(scope) if needs.greets else None
        try:
            who = await self._doorkeeper.who(scope)
        except UnauthorizedError:
            await self._limiter.refuse(scope)
            raise
        if scope["method"] not in SAFE:
            check_origin(Headers(scope=scope))
        await self._limiter.count(who, scope)
        if not who.may(needs.role):
            raise ForbiddenError(
                say("This needs a key of the role {role}; yours is {own}.", role=needs.role, own=who.role)
            )
        return who

    async def _greeted(self, scope: Scope) -> Principal | None:
        """Who asks, if that can be found out: no page for anyone depends on it."""
        try:
            return await self._doorkeeper.who(scope)
        except (UnauthorizedError, StoreError):
            return None


async def admitted(request: Request) -> None:
    """Dependency of all endpoints: the one that answers must be the one that the guard has judged.

    Raises
    ------
    ForbiddenError
        If the router has found another one.
    """
    if request.scope["endpoint"] is not request.scope.get("state", {}).get("admitted"):
        raise ForbiddenError(say("Nobody may use this address: it does not say which role it asks for."))


def at_browser(scope: Scope) -> bool:
    """Whether somebody at a browser asks for a page."""
    page = scope["method"] == "GET" and not scope["path"].startswith(_FOR_PROGRAMS)
    return page and "text/html" in Headers(scope=scope).get("accept", "")


def _refusal(error: IssuemineError, scope: Scope) -> Response:
    """A problem for programs; somebody at a browser who is not signed in is shown where to."""
    if isinstance(error, UnauthorizedError) and at_browser(scope):
        query = scope.get("query_string", b"").decode("latin-1")
        wanted = scope["path"] + (f"?{query}" if query else "")
        return RedirectResponse(f"/sign-in?next={quote(wanted, safe='/')}", status_code=303)
    return rendered(error)
