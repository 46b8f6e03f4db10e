"""The helpdesks whose events are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from issuemine.ingest.hooks import chatwoot, intercom, zendesk
from issuemine.ingest.hooks.event import Event
from issuemine.ingest.hooks.payload import Payload


@dataclass(frozen=True, slots=True)
class Vendor:
    """A helpdesk: ``kind`` names an event as it does, ``read`` gives what the event tells, or None."""

    name: str
    kind: Callable[[Payload], str | None]
    read: Callable[[Payload], Event | None]


VENDORS = {
    name: Vendor(name, module.kind, module.read)
    for name, module in (("zendesk", zendesk), ("intercom", intercom), ("chatwoot", chatwoot))
}
"""By the names that their addresses and their records' source have."""
