"""What waits in the inbox, in Prometheus' text format: looked up when asked, so that all processes agree."""

from __future__ import annotations

from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from issuemine.store.inbox import Inbox


def waiting(inbox: Inbox) -> bytes:
    """Records, bytes and age of what waits for a run."""
    registry = CollectorRegistry()
    posts = inbox.waiting()
    age = max(0.0, (datetime.now(UTC) - posts[0].at).total_seconds()) if posts else 0.0
    for name, meaning, value in (
        ("issuemine_inbox_records", "Records that wait for a run.", sum(post.records for post in posts)),
        ("issuemine_inbox_bytes", "Bytes of them on disk.", inbox.bytes()),
        ("issuemine_inbox_oldest_seconds", "Seconds since the oldest of them came; 0 where none waits.", age),
    ):
        Gauge(name, meaning, registry=registry).set(value)
    return generate_latest(registry)
