"""Notes every answer: in the access log and in the metrics. Neither ever holds a text or a query."""

from __future__ import annotations

import re
import secrets
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.observing.log import access_log
from api.observing.metrics import note

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LEFT = 499
"""Noted where who asked left before the end of the request, as nginx does: no failure of the service."""


class Observe:
    """ASGI middleware: one line and one count an answer, by the route's pattern and not by its address.

    Parameters
    ----------
    app : ASGI application
        What is called inside.
    log_file : str
        As the setting ``api.log_file``.
    """

    def __init__(self, app: ASGIApp, log_file: str) -> None:
        self._app = app
        self._log = access_log(log_file)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        began, status, size = time.perf_counter(), 0, 0

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sending)
            status = status or _LEFT
        finally:
            status = status or 500
            seconds = time.perf_counter() - began
            route, who = state.get("route", "unknown"), state.get("principal")
            note(scope["method"], route, status, seconds)
            self._log.info(
                "answered",
                request=request_id,
                method=scope["method"],
                route=route,
                status=status,
                milliseconds=round(seconds * 1_000, 1),
                bytes=size,
                key=getattr(who, "key_id", None),
            )
