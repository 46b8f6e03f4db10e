"""A parameter that has one value is given once: of two, no rule would say which one counts."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from fastapi import Request

from api.errors import BadQueryError
from api.web.asking import REPEATED
from issuemine.messages import say


async def given_once(request: Request) -> None:
    """Dependency of all endpoints.

    Raises
    ------
    BadQueryError
        If a parameter of the query is given twice that is no list.
    """
    given = request.query_params
    if len(given) == len(given.multi_items()):
        return
    lists = _lists(request)
    for name in given:
        if name not in lists and len(given.getlist(name)) > 1:
            raise BadQueryError(say("The parameter {name} is given twice.", name=name[:100]))


def _lists(request: Request) -> Set[str]:
    """Parameters of the route that may be given many times: as the document says, on pages the filters."""
    path = request.app.openapi()["paths"].get(request.scope["state"].get("route"))
    if path is None:
        return REPEATED
    parameters = path.get(request.method.lower(), {}).get("parameters", [])
    return {one["name"] for one in parameters if _is_list(one["schema"])}


def _is_list(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "array" or any(_is_list(part) for part in schema.get("anyOf", ()))
