"""A write that a browser sends must come from a page of ours."""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers

from api.errors import ForbiddenError
from api.security.principal import Principal
from issuemine.messages import say
from issuemine.store.operational import sessions

HEADER = "x-csrf-token"
FIELD = "csrf_token"


def check_origin(headers: Headers) -> None:
    """Refuse what the browser says was sent by a page of another site.

    Raises
    ------
    ForbiddenError
        If ``Origin`` names another host, or ``Sec-Fetch-Site`` another site; programs send neither.
    """
    origin = headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    if foreign or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise ForbiddenError(say("This was sent by a page of another site."))


def check_token(who: Principal, headers: Headers, body: bytes) -> None:
    """Refuse a write by cookie without the token that only our pages know.

    Raises
    ------
    ForbiddenError
        If neither the header ``X-CSRF-Token`` nor the form's field ``csrf_token`` has it.
    """
    if who.token is None:
        return
    given = headers.get(HEADER, "")
    if not given and headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        given = dict(parse_qsl(body.decode("utf-8", "replace"))).get(FIELD, "")
    if not hmac.compare_digest(given.encode(), sessions.csrf_token(who.token).encode()):
        raise ForbiddenError(
            say("The page's token is missing or does not fit."), say("Load the page again and repeat it.")
        )
