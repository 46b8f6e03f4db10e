"""Each request is answered in the language that it asks for."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from issuemine.messages import Language, negotiate, spoken


class SpeakLanguage:
    """ASGI middleware: messages of a request are in the setting's language, or else in the browser's.

    Parameters
    ----------
    app : ASGI application
        What is called inside.
    language : Language, optional
        Spoken to everybody; default: what ``Accept-Language`` asks for.
    """

    def __init__(self, app: ASGIApp, language: Language | None = None) -> None:
        self._app = app
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with spoken(self._language or negotiate(Headers(scope=scope).get("accept-language", ""))):
            await self._app(scope, receive, send)
