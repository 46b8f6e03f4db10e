"""The OpenAPI document as a page to read: plain HTML, in English like the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any


def page(document: Mapping[str, Any]) -> str:
    """The page.

    Parameters
    ----------
    document : mapping
        An OpenAPI document.
    """
    info = document["info"]
    title = f"{escape(info['title'])} {escape(info['version'])}"
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    view = '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>'
    about = f"<h1>{title}</h1><p>{escape(info['description'].strip())}</p>"
    link = '<p><a href="openapi.json">openapi.json</a></p>'
    return "".join((head, view, about, link, *_operations(document), "</body></html>"))


def _operations(document: Mapping[str, Any]) -> Iterator[str]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"<h2><code>{method.upper()} {escape(path)}</code></h2>"
            yield f"<p><strong>{escape(operation.get('summary', ''))}</strong></p>"
            yield f"<p>{escape(operation.get('description', ''))}</p>"
            if role := operation.get("x-role"):
                yield f"<p>Role: <code>{escape(role)}</code></p>"
            yield from _parameters(operation.get("parameters", []))
            if "requestBody" in operation:
                yield f"<p>Body: <code>{escape(_names(operation['requestBody']))}</code></p>"
            yield f"<p>Answers: {escape(', '.join(operation['responses']))}</p>"


def _parameters(parameters: list[Mapping[str, Any]]) -> Iterator[str]:
    if not parameters:
        return
    yield "<table><tr><th>parameter</th><th>in</th><th>meaning</th></tr>"
    for one in parameters:
        name, place, meaning = (escape(str(one.get(field, ""))) for field in ("name", "in", "description"))
        yield f"<tr><td><code>{name}</code></td><td>{place}</td><td>{meaning}</td></tr>"
    yield "</table>"


def _names(body: Mapping[str, Any]) -> str:
    """Names of the schemas that a body may have."""
    schemas = [content["schema"] for content in body["content"].values()]
    return ", ".join(str(one.get("$ref", one.get("title", ""))).rpartition("/")[2] for one in schemas)
