"""From a template to an answer; failures are pages too."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.deps import Reading
from api.errors import ApiError, NotFoundError
from api.security.guard import at_browser
from api.web.access import who_reads
from api.web.asking import address
from issuemine.errors import IssuemineError, NothingPublishedError, StoreError
from issuemine.messages import say, speaking
from issuemine.pages.address import Address
from issuemine.pages.rendering import render


def page(
    request: Request,
    template: str,
    values: Mapping[str, Any],
    read: Reading | None = None,
    *,
    at: Address | None = None,
    status: int = 200,
) -> Response:
    """A page with what all pages show: who reads it and which snapshot it is of."""
    shared: dict[str, Any] = {"who": who_reads(request)}
    if read is not None:
        shared["snapshot"] = {"id": read.snapshot.snapshot_id, "as_of": read.snapshot.info["as_of"]}
    text = render(template, shared | dict(values), at=at or address(request))
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Language": speaking(),
        "Vary": "Accept-Language, Cookie",
    }
    return HTMLResponse(text, status_code=status, headers=headers)


class Page(APIRoute):
    """A route whose expected failures are told as a page."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with failures rendered."""
        handle = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handle(request)
            except IssuemineError as failure:
                return _problem(request, failure)
            except RequestValidationError:
                return _problem(request, NotFoundError(say("There is no such page.")))

        return told


def install(app: FastAPI) -> None:
    """Tell somebody at a browser as a page that an address leads nowhere; programs are told as before."""
    others = app.exception_handlers[HTTPException]

    @app.exception_handler(HTTPException)
    async def nowhere(request: Request, error: HTTPException) -> Response:
        # An address that forms are sent to is no page either.
        if error.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED) and at_browser(
            request.scope
        ):
            return _problem(request, NotFoundError(say("There is no such page.")))
        answer: Response = await others(request, error)
        return answer


def _problem(request: Request, failure: IssuemineError) -> Response:
    commands: list[str] = []
    status = int(failure.status) if isinstance(failure, ApiError) else HTTPStatus.INTERNAL_SERVER_ERROR
    title, detail = say("This cannot be shown"), " ".join(filter(None, (failure.message, failure.hint)))
    if isinstance(failure, NothingPublishedError):
        title, detail = say("Nothing is mined yet"), say("Pages show what a run has found in your records.")
        commands = ["make run", "issuemine run tickets.csv"]
    elif status == HTTPStatus.NOT_FOUND:
        title = say("This is not here")
    if isinstance(failure, StoreError):
        status = HTTPStatus.SERVICE_UNAVAILABLE
    values = {"title": title, "detail": detail, "commands": commands}
    return page(request, "problem.html", values, status=int(status))
