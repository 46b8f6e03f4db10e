"""A parameter that has one value is given once: of two, no rule would say which one counts."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from fastapi import Request
from fastapi.dependencies.utils import field_annotation_is_sequence, get_flat_params
from fastapi.routing import APIRoute

from api.errors import BadQueryError
from api.web.asking import REPEATED
from issuemine.messages import say

_known: dict[Any, Set[str]] = {}
"""Endpoint to its parameters that are lists."""


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
    """Parameters of the route that may be given many times: as its endpoint says, on pages the filters."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute) or not request.scope["state"]["route"].startswith("/v1/"):
        return REPEATED
    found = _known.get(route.endpoint)
    if found is None:
        fields = get_flat_params(route.dependant)
        found = {field.alias for field in fields if field_annotation_is_sequence(field.field_info.annotation)}
        _known[route.endpoint] = found
    return found
