"""How one answer leads to the next request: OpenAPI links, by the names of operations."""

from __future__ import annotations

from typing import Any, NamedTuple


class _Link(NamedTuple):
    """From a place in an answer (a JSON pointer) to a parameter of another operation."""

    place: str
    operation: str
    parameter: str


_OF_TOPIC = ("topic_detail", "topic_records", "trend", "topic_signals", "topic_causes", "topic")
_LINKS: dict[str, list[_Link]] = {
    "list_topics": [
        *(_Link("/topics/0/topic_id", operation, "topic_id") for operation in _OF_TOPIC),
        _Link("/next_cursor", "list_topics", "cursor"),
    ],
    "topic_detail": [_Link("/linked/0/topic_id", "topic_detail", "topic_id")],
    "compare": [
        _Link("/topics/0/topic_id", "topic_detail", "topic_id"),
        _Link("/next_cursor", "compare", "cursor"),
    ],
    "list_signals": [
        _Link("/signals/0/topic_id", "topic_signals", "topic_id"),
        _Link("/next_cursor", "list_signals", "cursor"),
    ],
    "list_exports": [_Link("/tables/0/name", "export", "table")],
    "list_changes": [_Link("/next_cursor", "list_changes", "cursor")],
    "runs": [_Link("/runs/0/run_id", "rejects", "run"), _Link("/next_cursor", "runs", "cursor")],
    "events": [_Link("/next_cursor", "events", "cursor")],
}


def link(document: dict[str, Any]) -> None:
    """Add the links to a document whose operations have names.

    Raises
    ------
    KeyError
        If a link leads from or to an operation, or to a parameter, that is not there.
    """
    known = {
        operation["operationId"]: operation
        for methods in document["paths"].values()
        for operation in methods.values()
    }
    for name, links in _LINKS.items():
        answers = known[name]["responses"]["200"].setdefault("links", {})
        for one in links:
            if one.parameter not in {parameter["name"] for parameter in known[one.operation]["parameters"]}:
                raise KeyError(f"{one.operation} has no parameter {one.parameter}")
            answers[f"{one.operation} by {one.parameter}".replace(" ", "_")] = {
                "operationId": one.operation,
                "parameters": {one.parameter: f"$response.body#{one.place}"},
            }
