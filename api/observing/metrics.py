"""Metrics in Prometheus' text format, of all processes of a service together."""

from __future__ import annotations

import os

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_registry = CollectorRegistry()
_requests = Counter(
    "issuemine_requests", "Answers by route and status.", ("method", "route", "status"), registry=_registry
)
_seconds = Histogram(
    "issuemine_request_seconds",
    "Seconds until an answer was whole.",
    ("route",),
    registry=_registry,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)
_events = Counter(
    "issuemine_hook_events",
    "Events of helpdesks by what became of them.",
    ("helpdesk", "outcome"),
    registry=_registry,
)
_remembered = Counter(
    "issuemine_remembered", "Answers by route that were given from memory.", ("route",), registry=_registry
)
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
MEDIA_TYPE = CONTENT_TYPE_LATEST


def note(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answer."""
    _requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


def note_event(helpdesk: str, outcome: str) -> None:
    """Count an event of a helpdesk."""
    _events.labels(helpdesk, outcome).inc()


def note_remembered(route: str) -> None:
    """Count an answer that was given from memory."""
    _remembered.labels(route).inc()


def exposition() -> bytes:
    """All metrics; of all processes where ``issuemine serve`` has started several."""
    if _FOLDER not in os.environ:
        return generate_latest(_registry)
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)
