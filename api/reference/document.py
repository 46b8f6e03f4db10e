"""Adds to the OpenAPI document what no endpoint says itself: roles, keys, and what all writes take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from api.errors import Problem
from api.reference.links import link
from api.security.roles import ANYONE
from api.security.routes import doors

_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key made with `issuemine keys create`."},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key."},
}
_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Sent again within a day with the same request, it brings the first answer again.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$", "minLength": 1, "maxLength": 255},
}


def describing(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """A function to take the place of the application's ``openapi``."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        document = plain()
        components = document.setdefault("components", {})
        components["securitySchemes"] = _SCHEMES
        components.setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
        for door in doors(app):
            for method in door.methods or ():
                operation = document["paths"].get(door.path, {}).get(method.lower())
                if operation is None or door.needs is None or "x-role" in operation:
                    continue
                operation["x-role"] = str(door.needs.role)
                operation["security"] = [] if door.needs.role == ANYONE else [{"bearer": []}, {"key": []}]
                if method not in ("GET", "HEAD") and not door.needs.reads:
                    operation.setdefault("parameters", []).append(_IDEMPOTENCY)
        if document["paths"]:
            link(document)
        return document

    return openapi
