"""The routes of an application and what each asks for, read from the application itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette._utils import get_route_path
from starlette.types import Scope

from api.security.roles import Needs, declared


@dataclass(frozen=True)
class Door:
    """A route.

    ``methods`` is None where all are answered, as by an application that is mounted; ``needs`` is None
    where the route does not say what it asks for.
    """

    path: str
    methods: frozenset[str] | None
    endpoint: Any
    needs: Needs | None
    pattern: re.Pattern[str]

    def opens(self, path: str, method: str) -> dict[str, str] | None:
        """What a path names in the route's; None where it is not this route's or the method is another."""
        found = self.pattern.match(path)
        if found is None or (self.methods is not None and method not in self.methods):
            return None
        return found.groupdict()


def doors(app: FastAPI) -> list[Door]:
    """All routes of an application, in the order in which they are tried."""
    found = []
    for route in iter_route_contexts(app.routes):
        endpoint = route.endpoint or route.original_route.app  # type: ignore[attr-defined]
        methods = None if route.methods is None else frozenset(route.methods)
        path = route.path or ""
        found.append(Door(path, methods, endpoint, declared(endpoint), route.path_regex))
    return found


def door_of(known: list[Door], scope: Scope) -> tuple[Door, dict[str, str]] | None:
    """The route that will answer a request, by the rules of the router, and what the path names."""
    path, method = get_route_path(scope), scope["method"]
    for door in known:
        named = door.opens(path, method)
        if named is not None:
            return door, named
    return None
