"""Expected failures of the service and how every failure is rendered: problem details (RFC 9457)."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any, ClassVar

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from api.language import language_of
from issuemine.errors import IssuemineError, StoreError
from issuemine.messages import mark, retell, say, speaking, spoken
from issuemine.reasons import unfit

_log = logging.getLogger(__name__)


class Problem(BaseModel):
    """A failure (RFC 9457, ``application/problem+json``)."""

    type: str = Field("about:blank", description="Kind of problem, as a URI reference.")
    title: str = Field(description="Short name of the kind of problem.")
    status: int = Field(description="HTTP status code.")
    detail: str = Field(description="What is wrong with this request and what to do next.")
    errors: list[dict[str, str]] | None = Field(
        None, description="Each parameter that does not fit: `parameter` and `reason`."
    )


class ApiError(IssuemineError):
    """A failure with a status code."""

    stage = "api"
    status: ClassVar[int] = HTTPStatus.INTERNAL_SERVER_ERROR


class NotFoundError(ApiError):
    """What was asked for does not exist in this snapshot."""

    status = HTTPStatus.NOT_FOUND


class BadQueryError(ApiError):
    """Parameters that fit their types but not each other or the limits."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotModified(Exception):
    """The client's copy is still good."""

    def __init__(self, etag: str) -> None:
        self.etag = etag
        super().__init__(etag)


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": description,
        "content": {"application/problem+json": {"schema": Problem.model_json_schema()}},
    }
    for status, description in (
        (404, "Not in this snapshot."),
        (422, "The parameters do not fit."),
        (503, "Nothing is published yet, or the snapshot is damaged."),
    )
}
"""Failures that every data endpoint documents."""


_TITLES = {
    400: mark("Bad Request"),
    404: mark("Not Found"),
    405: mark("Method Not Allowed"),
    422: mark("Unprocessable Content"),
    500: mark("Internal Server Error"),
    503: mark("Service Unavailable"),
}


def _title(status: int) -> str:
    return say(_TITLES.get(status, HTTPStatus(status).phrase))


def problem(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> Response:
    """A problem details response."""
    content = Problem(title=_title(status), status=status, detail=detail, errors=errors)
    return Response(
        orjson.dumps(content.model_dump(exclude_none=True)),
        status_code=status,
        media_type="application/problem+json",
        headers={"Content-Language": speaking(), "Vary": "Accept-Language"},
    )


def install(app: FastAPI) -> None:
    """Render every failure of an application in one shape."""

    @app.exception_handler(IssuemineError)
    async def expected(_: Request, error: IssuemineError) -> Response:
        status = error.status if isinstance(error, ApiError) else HTTPStatus.INTERNAL_SERVER_ERROR
        if isinstance(error, StoreError):
            status = HTTPStatus.SERVICE_UNAVAILABLE
        return problem(int(status), str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        errors = [
            {"parameter": ".".join(str(part) for part in issue["loc"][1:]), "reason": unfit(issue)}
            for issue in error.errors()
        ]
        return problem(422, say("Some parameters do not fit; see errors."), errors)

    @app.exception_handler(HTTPException)
    async def plain(_: Request, error: HTTPException) -> Response:
        rendered = problem(error.status_code, retell(str(error.detail)))
        rendered.headers.update(error.headers or {})
        return rendered

    @app.exception_handler(NotModified)
    async def unchanged(_: Request, answer: NotModified) -> Response:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": answer.etag})

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> Response:
        _log.error("request failed: %s", type(error).__name__, exc_info=error)
        # This handler is called outside of all middleware: it has to find the language itself.
        with spoken(language_of(request.scope, request.app.state.settings.interface.language)):
            return problem(500, say("The service failed. The failure is in its log."))
