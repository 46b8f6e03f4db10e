"""Each request is answered in the language that it asks for."""

from __future__ import annotations

from typing import Literal
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from issuemine.messages import LANGUAGES, Language, negotiate, spoken


def language_of(scope: Scope, setting: Literal["auto"] | Language) -> Language:
    """The language that a request is answered in.

    Parameters
    ----------
    scope : ASGI scope
        Of an HTTP request.
    setting : {"auto", "en", "ko"}
        Spoken to everybody who does not choose; auto: what ``Accept-Language`` asks for.
    """
    chosen = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
    for language in LANGUAGES:
        if chosen == language:  # the switch on the pages
            return language
    if setting != "auto":
        return setting
    return negotiate(",".join(Headers(scope=scope).getlist("accept-language")))


class SpeakLanguage:
    """ASGI middleware: messages of a request are in the setting's language, or else in the browser's.

    Parameters
    ----------
    app : ASGI application
        What is called inside.
    setting : {"auto", "en", "ko"}
        As for :func:`language_of`.
    """

    def __init__(self, app: ASGIApp, setting: Literal["auto"] | Language) -> None:
        self._app = app
        self._setting = setting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with spoken(language_of(scope, self._setting)):
            await self._app(scope, receive, send)
