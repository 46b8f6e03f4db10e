"""Expected failures of the service and how every failure is rendered: problem details (RFC 9457)."""

from __future__ import annotations

import logging
import traceback
from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from api.language import language_of
from issuemine.errors import BusyError, CurationError, FullError, IssuemineError, StoreError
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

    @property
    def headers(self) -> dict[str, str]:
        """Headers that go with it."""
        return {}


class NotFoundError(ApiError):
    """What was asked for does not exist in this snapshot."""

    status = HTTPStatus.NOT_FOUND


class BadQueryError(ApiError):
    """Parameters that fit their types but not each other or the limits."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class UnauthorizedError(ApiError):
    """Nobody says who asks, or not so that it opens anything."""

    status = HTTPStatus.UNAUTHORIZED

    @property
    def headers(self) -> dict[str, str]:
        """The scheme to ask with (RFC 9110, section 11.6.1)."""
        return {"WWW-Authenticate": 'Bearer realm="issuemine"'}


class ForbiddenError(ApiError):
    """Who asks may not do this."""

    status = HTTPStatus.FORBIDDEN


class ConflictError(ApiError):
    """It cannot be done now, or was asked for before with other words."""

    status = HTTPStatus.CONFLICT


class TooLargeError(ApiError):
    """More was sent than is read."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class UnsupportedError(ApiError):
    """A body of a kind that is not read."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class TooManyRequestsError(ApiError):
    """Somebody asks too often; ``seconds`` is how long to wait."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, message: str, hint: str | None = None, *, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(message, hint)

    @property
    def headers(self) -> dict[str, str]:
        """How long to wait."""
        return {"Retry-After": str(self.seconds)}


class UnavailableError(ApiError):
    """What is asked for needs something that this snapshot, or this service, does not have now."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class NotModified(Exception):
    """The client's copy is still good."""

    def __init__(self, etag: str) -> None:
        self.etag = etag
        super().__init__(etag)


def _documented(*problems: tuple[int, str]) -> dict[int | str, dict[str, Any]]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": description, "content": content} for status, description in problems}


PROBLEMS = _documented(
    (400, "The request cannot be read."),
    (401, "No key, or one that opens nothing."),
    (403, "The key's role may not do this."),
    (404, "Not in this snapshot."),
    (422, "The parameters do not fit."),
    (429, "Asked too often; `Retry-After` says how long to wait."),
    (503, "Nothing is published yet, or the snapshot is damaged."),
)
"""Failures that every data endpoint documents."""
WRITE_PROBLEMS = _documented(
    (409, "The request with this `Idempotency-Key` is still being answered."),
    (413, "The body is too large."),
)
"""Failures that every write documents too."""


_TITLES = {
    400: mark("Bad Request"),
    401: mark("Unauthorized"),
    403: mark("Forbidden"),
    404: mark("Not Found"),
    405: mark("Method Not Allowed"),
    409: mark("Conflict"),
    413: mark("Content Too Large"),
    415: mark("Unsupported Media Type"),
    422: mark("Unprocessable Content"),
    429: mark("Too Many Requests"),
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


_STATUSES: tuple[tuple[type[IssuemineError], int], ...] = (
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (CurationError, HTTPStatus.UNPROCESSABLE_ENTITY),
)
"""Status of expected failures that come from below the service."""


def rendered(error: IssuemineError) -> Response:
    """An expected failure as problem details."""
    if isinstance(error, ApiError):
        response = problem(int(error.status), str(error))
        response.headers.update(error.headers)
        return response
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
    response = problem(int(status), str(error))
    if error.retry_helps:
        response.headers["Retry-After"] = "60" if isinstance(error, FullError) else "1"
    return response


def install(app: FastAPI) -> None:
    """Render every failure of an application in one shape."""

    @app.exception_handler(IssuemineError)
    async def expected(_: Request, error: IssuemineError) -> Response:
        return rendered(error)

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
        # Where it failed, but not what it says: others' messages may quote what was sent.
        frames = traceback.extract_tb(error.__traceback__)[-5:]
        where = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        _log.error("request failed: %s at %s", type(error).__name__, where)
        # This handler is called outside of all middleware: it has to find the language itself.
        with spoken(language_of(request.scope, request.app.state.settings.interface.language)):
            return problem(500, say("The service failed. The failure is in its log."))
