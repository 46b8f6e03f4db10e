"""Causes looked for in a snapshot."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from api.causes.schemas import ExplainIn, SegmentIn
from api.deps import Reading
from api.errors import BadQueryError
from api.topics.service import unknown
from issuemine.causes import filterable
from issuemine.diagnosis import differences, history
from issuemine.messages import say
from issuemine.store.causes import Against, Segment
from issuemine.store.reading import FILTER_FIELDS, Filters, Window

_turn = threading.Lock()
"""Looking for causes may take all the memory that DuckDB is given: one search after the other."""


def topic_causes(read: Reading, target: Segment, window: Window, against: Against) -> dict[str, Any]:
    """Candidates for a topic; of when the snapshot was made its new phrases, change points and sequences."""
    found = causes(read, target, window, against=against)
    return found | history(read.database, str(target.topic_id), read.settings.causes)


def explain(read: Reading, asked: ExplainIn, window: Window) -> dict[str, Any]:
    """Candidates for any records against any others."""
    against: Against = "segment" if isinstance(asked.against, SegmentIn) else asked.against
    other = _segment(read, asked.against) if isinstance(asked.against, SegmentIn) else None
    return causes(read, _segment(read, asked.target), window, against=against, other=other, by=asked.by)


def causes(
    read: Reading,
    target: Segment,
    window: Window,
    *,
    against: Against,
    other: Segment | None = None,
    by: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Candidates for what is different about some records."""
    for segment in (target, other):
        topic = None if segment is None else segment.topic_id
        if topic is not None and not read.database.table("read/topic", {"topic_id": topic}).num_rows:
            raise unknown(topic)
    with _turn:
        found = differences(
            read.database,
            target,
            window.first,
            window.last,
            read.settings.causes,
            against=against,
            other=other,
            by=by,
        )
    for candidate in found.told["candidates"]:
        candidate["records_url"] = _records_url(target, candidate["attributes"], window)
    days = {"first": window.first, "last": window.last, "growth_days": window.growth_days}
    return found.told | {
        "snapshot": read.snapshot.snapshot_id,
        "topic_id": target.topic_id,
        "window": days,
        "against": against,
        "by": found.names,
    }


def _segment(read: Reading, given: SegmentIn) -> Segment:
    strange = sorted(set(given.fields) - set(FILTER_FIELDS))
    if strange:
        raise BadQueryError(
            say("Records have no field {name!r} to filter by.", name=strange[0]),
            say("There are: {names}.", names=", ".join(FILTER_FIELDS)),
        )
    named = [given.segment] if given.segment is not None else []
    return Segment(given.topic_id, read.saved.within(Filters(given.fields, given.attributes), named))


def _records_url(target: Segment, attributes: dict[str, str], window: Window) -> str | None:
    """Where a combination's records among those asked about are listed."""
    found = filterable(attributes, FILTER_FIELDS)
    if found is None or target.topic_id is None:
        return None
    chosen = {name: values for name, values in target.filters.fields.items() if name not in attributes}
    asked = [(name, value) for name, values in chosen.items() for value in values]
    asked += [("attribute", f"{name}:{value}") for name, value in target.filters.attributes.items()]
    days = [("first", window.first.isoformat()), ("last", window.last.isoformat())]
    pairs = dict.fromkeys([*days, *asked, *found])
    return f"/v1/topics/{target.topic_id}/records?{urlencode(list(pairs))}"
