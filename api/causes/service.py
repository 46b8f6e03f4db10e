"""Causes looked for in a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import numpy as np

from api.causes.schemas import ExplainIn, SegmentIn
from api.deps import Reading
from api.errors import BadQueryError
from api.topics.service import unknown
from issuemine.causes import encode, filterable, scan, strata, stratifier, telling, told, told_sequences
from issuemine.causes.change_words import changes_told
from issuemine.messages import say
from issuemine.store.causes import Against, Segment, attribute_names, compared, phrases
from issuemine.store.changes import change_points
from issuemine.store.cuboids import Cuboids
from issuemine.store.reading import FILTER_FIELDS, Filters, Window
from issuemine.store.sequences import topic_sequences


def topic_causes(read: Reading, target: Segment, window: Window, against: Against) -> dict[str, Any]:
    """Candidates for a topic; of when the snapshot was made its new phrases, change points and sequences."""
    found = causes(read, target, window, against=against)
    topic_id = str(target.topic_id)
    changed = changes_told(change_points(read.database, topic_id))
    around = told_sequences(topic_sequences(read.database, topic_id), read.settings.causes.max_candidates)
    return found | changed | {"phrases": phrases(read.database, topic_id), "sequences": around}


def explain(read: Reading, asked: ExplainIn, window: Window) -> dict[str, Any]:
    """Candidates for any records against any others."""
    against: Against = "segment" if isinstance(asked.against, SegmentIn) else asked.against
    other = _segment(asked.against) if isinstance(asked.against, SegmentIn) else None
    return causes(read, _segment(asked.target), window, against=against, other=other, by=asked.by)


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
    settings = read.settings.causes
    within = stratifier(settings)
    names = telling(attribute_names(read.database) if by is None else list(dict.fromkeys(by)), settings)
    found = compared(
        read.database,
        target,
        [*names, within],
        window.first,
        window.last,
        against=against,
        segment=other,
    )
    column = found.columns.pop(within)
    coded = encode(found.columns, np.ones(len(found.chosen)), settings)
    rows = found.rows(coded.codes, strata(column))
    mode = "past" if against == "past" else "others"
    counter = Cuboids(read.database, rows, sample_rows=settings.sample_rows)
    answer = told(scan(counter, coded, settings, mode, standardised=True), mode)
    for candidate in answer["candidates"]:
        candidate["records_url"] = _records_url(target.topic_id, candidate["attributes"], window)
    days = {"first": window.first, "last": window.last, "growth_days": window.growth_days}
    return answer | {
        "snapshot": read.snapshot.snapshot_id,
        "topic_id": target.topic_id,
        "window": days,
        "against": against,
        "by": names,
    }


def _segment(given: SegmentIn) -> Segment:
    strange = sorted(set(given.fields) - set(FILTER_FIELDS))
    if strange:
        raise BadQueryError(
            say("Records have no field {name!r} to filter by.", name=strange[0]),
            say("There are: {names}.", names=", ".join(FILTER_FIELDS)),
        )
    return Segment(given.topic_id, Filters(given.fields, given.attributes))


def _records_url(topic_id: str | None, attributes: dict[str, str], window: Window) -> str | None:
    pairs = filterable(attributes, FILTER_FIELDS)
    if pairs is None or topic_id is None:
        return None
    days = [("first", window.first.isoformat()), ("last", window.last.isoformat())]
    return f"/v1/topics/{topic_id}/records?{urlencode([*days, *pairs])}"
